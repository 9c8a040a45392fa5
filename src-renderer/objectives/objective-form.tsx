import { Button, Group, SegmentedControl, Select, Switch } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { demandValue } from '../../src-shared/analysis/objective-text';
import { allowedShare, type Demand, isAboutReads, OBJECTIVE_PERCENTILES, type Objective, STALENESS_PERCENTILES } from '../../src-shared/project/objective';
import { objectiveProblems } from '../../src-shared/project/objective-problems';
import type { Design } from '../../src-shared/project/project';
import { deleteObjective, duplicateObjective, updateObjective } from '../document/commands/objectives';
import { documentStore, sealHistory, useDocument } from '../document/document-store';
import { freshName } from '../document/ids';
import { FieldRow } from '../inspector/field-row';
import type { QuantitySpec } from '../inspector/field-text';
import { QuantityField } from '../inspector/fields/quantity-field';
import { NameField } from '../inspector/name-field';
import { RecordProblems } from '../inspector/record-problems';
import {
  alertHelp,
  DEMAND_HELP,
  DEMAND_TYPES,
  demandTypeTitle,
  designsOf,
  fitted,
  freshDemand,
  freshWindowMs,
  renamed,
  scopeChoices,
  scopeKey,
  whyNot,
  whyNoWindows,
} from './objective-choices';
import classes from './objectives.module.css';
import { openObjectives } from './objectives-store';

const DURATION: QuantitySpec = { dimension: 'duration', unit: 'ms', min: 0.000001, max: 8.64e9 };
const SHARE: QuantitySpec = { dimension: 'share', unit: '%', min: 0, max: 1 };
const DOLLARS: QuantitySpec = { dimension: 'number', unit: 'USD', min: 0, max: 1e12 };
const WRITES: QuantitySpec = { dimension: 'number', unit: 'writes', min: 0, max: 1e12 };
const EVERY_DESIGN = '';

interface FormProps {
  readonly objective: Objective;
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className="tl-heading">{title}</h3>
      {children}
    </section>
  );
}

interface NumberProps {
  readonly title: string;
  readonly help: string;
  readonly spec: QuantitySpec;
  readonly value: number | null;
  readonly nullMeans?: string;
  readonly onChange: (value: number | null) => void;
}

function NumberRow({ title, help, spec, value, nullMeans, onChange }: NumberProps) {
  return (
    <FieldRow title={title} help={help}>
      <QuantityField
        spec={spec}
        value={value}
        label={title}
        {...(nullMeans !== undefined && { nullMeans })}
        onChange={(next) => (next !== null || nullMeans !== undefined) && onChange(next)}
        onSeal={sealHistory}
      />
    </FieldRow>
  );
}

/** The bound of a demand, and what else it needs. */
function Bound({ objective }: FormProps) {
  const { id, demand, scope } = objective;
  const set = (field: string, next: Demand): void => updateObjective(id, field, (before) => ({ ...before, demand: next }));
  switch (demand.type) {
    case 'latency':
      return (
        <>
          <FieldRow title="Percentile" help="So many of 100 requests must be at least this fast. Only requests that ended well count.">
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="Percentile"
              data={OBJECTIVE_PERCENTILES.map((percentile) => ({ value: String(percentile), label: `p${percentile}` }))}
              value={String(demand.percentile)}
              onChange={(value) => {
                const percentile = OBJECTIVE_PERCENTILES.find((candidate) => String(candidate) === value);
                if (percentile !== undefined) set('percentile', { ...demand, percentile });
                sealHistory();
              }}
            />
          </FieldRow>
          <NumberRow
            title="At most"
            help="The latency that the percentile may have."
            spec={DURATION}
            value={demand.atMostMs}
            onChange={(atMostMs) => atMostMs !== null && set('bound', { ...demand, atMostMs })}
          />
        </>
      );
    case 'availability':
      return (
        <NumberRow
          title="At least"
          help="The availability that is promised, such as 99.9 %. What is missing to 100 % is the error budget."
          spec={SHARE}
          value={demand.atLeast}
          onChange={(atLeast) => atLeast !== null && set('bound', { ...demand, atLeast })}
        />
      );
    case 'recovery-time':
      return (
        <>
          <NumberRow
            title="At most"
            help="The recovery time objective (RTO): the longest time from the beginning of a fault to the beginning of the first good window after it."
            spec={DURATION}
            value={demand.atMostMs}
            onChange={(atMostMs) => atMostMs !== null && set('bound', { ...demand, atMostMs })}
          />
          <NumberRow
            title="Good: errors up to"
            help="A window is good if at most this share of the requests that ended in it failed."
            spec={SHARE}
            value={demand.errorShare}
            onChange={(errorShare) => errorShare !== null && set('errors', { ...demand, errorShare })}
          />
          {scope.type === 'end-to-end' && (
            <NumberRow
              title="Good: p95 up to"
              help="A window is good only if its 95th percentile, taken as the largest of its points, is at most this."
              spec={DURATION}
              value={demand.p95Ms ?? null}
              nullMeans="any latency"
              onChange={(p95Ms) => {
                const { p95Ms: _before, ...rest } = demand;
                set('p95', p95Ms === null ? rest : { ...rest, p95Ms });
              }}
            />
          )}
        </>
      );
    case 'staleness':
      return (
        <>
          <FieldRow title="Percentile" help="So many of 100 stale reads must have missed a write for at most this time.">
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="Percentile"
              data={STALENESS_PERCENTILES.map((percentile) => ({ value: String(percentile), label: `p${percentile}` }))}
              value={String(demand.percentile)}
              onChange={(value) => {
                const percentile = STALENESS_PERCENTILES.find((candidate) => String(candidate) === value);
                if (percentile !== undefined) set('percentile', { ...demand, percentile });
                sealHistory();
              }}
            />
          </FieldRow>
          <NumberRow
            title="At most"
            help="How long before the read the first write that it did not show may have been acknowledged."
            spec={DURATION}
            value={demand.atMostMs}
            onChange={(atMostMs) => atMostMs !== null && set('bound', { ...demand, atMostMs })}
          />
        </>
      );
    case 'recovery-point':
      return (
        <NumberRow
          title="At most"
          help="The recovery point objective (RPO): the longest time before the failure of a primary of which acknowledged writes may be lost."
          spec={{ ...DURATION, min: 0 }}
          value={demand.atMostMs}
          onChange={(atMostMs) => atMostMs !== null && set('bound', { ...demand, atMostMs })}
        />
      );
    default:
      return (
        <NumberRow
          title="At most"
          help={DEMAND_HELP[demand.type]}
          spec={demand.type === 'error-share' || demand.type === 'stale-share' ? SHARE : demand.type === 'lost-writes' ? WRITES : DOLLARS}
          value={demand.atMost}
          onChange={(atMost) => atMost !== null && set('bound', { ...demand, atMost })}
        />
      );
  }
}

/** Over which time it is judged. */
function Windows({ objective, designs }: FormProps & { readonly designs: readonly Design[] }) {
  const project = useDocument((state) => state.project);
  const { id, demand, windowMs, windowShare } = objective;
  const why = whyNoWindows(objective, designs);
  const isRecovery = demand.type === 'recovery-time';
  const allowed = allowedShare(demand);
  return (
    <Section title="Judged">
      <Switch
        label={isRecovery ? 'In windows of a length of their own' : 'Over windows'}
        description={why ?? (isRecovery ? 'Off: a window is one point of the charts.' : 'Off: over the whole run after the warm-up.')}
        disabled={why !== null && windowMs === undefined}
        checked={windowMs !== undefined}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          updateObjective(id, 'windows', ({ windowMs: _length, windowShare: _share, ...rest }) => (on ? { ...rest, windowMs: freshWindowMs(project) } : rest));
          sealHistory();
        }}
      />
      {windowMs !== undefined && (
        <NumberRow
          title="Length of a window"
          help="Simulated time of a window, at least that of one point of the charts."
          spec={DURATION}
          value={windowMs}
          onChange={(length) => length !== null && updateObjective(id, 'windowMs', (before) => ({ ...before, windowMs: length }))}
        />
      )}
      {windowMs !== undefined && !isRecovery && (
        <NumberRow
          title="Windows that must meet it"
          help="The share of the windows in which the bound must hold. Windows in which no request ended, or none that it counts, are left out."
          spec={SHARE}
          value={windowShare ?? null}
          nullMeans="all of them"
          onChange={(share) =>
            updateObjective(id, 'windowShare', ({ windowShare: _before, ...rest }) => (share === null ? rest : { ...rest, windowShare: share }))
          }
        />
      )}
      {allowed !== null && (
        <p className={classes.hint}>
          {isAboutReads(demand)
            ? `Error budget: ${demandValue(demand, allowed)} of the reads of a run may be stale.`
            : `Error budget: ${demandValue({ type: 'error-share', atMost: allowed }, allowed)} of the requests of a run may fail.`}
        </p>
      )}
      <p className={classes.hint}>{alertHelp(objective, designs)}</p>
    </Section>
  );
}

/** The name of an objective after its demand is of another type, which no other one has. */
function freeName({ id, name }: Objective, type: Demand['type']): string {
  const others = documentStore.getState().project.objectives.filter((objective) => objective.id !== id);
  return freshName(renamed(name, type), new Set(others.map((objective) => objective.name)));
}

/** The form of one objective. Every change takes effect at once and can be undone. */
export function ObjectiveForm({ objective }: FormProps) {
  const project = useDocument((state) => state.project);
  const { id, scope, demand } = objective;
  const designs = useMemo(() => designsOf(project, objective), [project, objective]);
  const scopes = useMemo(() => scopeChoices(project, designs, scope), [project, designs, scope]);
  const problems = useMemo(() => objectiveProblems(project).filter(({ recordId }) => recordId === id), [project, id]);
  const change = (field: string, update: (before: Objective) => Objective): void => {
    updateObjective(id, field, (before) => fitted(update(before), designsOf(project, update(before))));
    sealHistory();
  };
  const groups = (['Requests', 'Operations', 'Parts'] as const).map((group) => ({
    group,
    items: scopes.filter((choice) => choice.group === group).map(({ value, label }) => ({ value, label })),
  }));
  return (
    <div className={classes.form} data-testid="objective-form">
      <RecordProblems problems={problems} />
      <NameField
        label="Name"
        name={objective.name}
        onName={(name) => updateObjective(id, 'name', (before) => ({ ...before, name: name.trim() || before.name }))}
      />
      <Section title="What">
        <FieldRow title="About" help="All requests as clients see them, one operation of a client, or one part.">
          <Select
            aria-label="About"
            data={groups.filter(({ items }) => items.length > 0)}
            value={scopeKey(scope)}
            searchable={scopes.length > 12}
            allowDeselect={false}
            maxDropdownHeight={320}
            onChange={(value) => {
              const choice = scopes.find((candidate) => candidate.value === value);
              if (choice !== undefined) change('scope', (before) => ({ ...before, scope: choice.scope }));
            }}
          />
        </FieldRow>
        <FieldRow title="Measure" help={DEMAND_HELP[demand.type]}>
          <Select
            aria-label="Measure"
            data={DEMAND_TYPES.map((type) => ({ value: type, label: demandTypeTitle(type), disabled: whyNot(type, scope) !== null }))}
            value={demand.type}
            allowDeselect={false}
            maxDropdownHeight={360}
            renderOption={({ option }) => (
              <span>
                {option.label}
                <span className={classes.help}>{whyNot(option.value as Demand['type'], scope) ?? DEMAND_HELP[option.value as Demand['type']]}</span>
              </span>
            )}
            onChange={(type) =>
              type !== null &&
              type !== demand.type &&
              change('demand', (before) => ({ ...before, name: freeName(before, type as Demand['type']), demand: freshDemand(type as Demand['type']) }))
            }
          />
        </FieldRow>
        <Bound objective={objective} />
        {project.designs.length > 1 && (
          <FieldRow title="Design" help="The design that must meet it; by default every design that has what it is about.">
            <Select
              aria-label="Design"
              data={[{ value: EVERY_DESIGN, label: 'Every design' }, ...project.designs.map((design) => ({ value: design.id, label: design.name }))]}
              value={objective.design ?? EVERY_DESIGN}
              allowDeselect={false}
              onChange={(value) =>
                change('design', ({ design: _design, ...rest }) => (value === null || value === EVERY_DESIGN ? rest : { ...rest, design: value }))
              }
            />
          </FieldRow>
        )}
      </Section>
      <Windows objective={objective} designs={designs} />
      <Group gap="xs" mt="md">
        <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => deleteObjective(id)}>
          Delete
        </Button>
        <Button
          variant="default"
          leftSection={<IconCopy size={14} />}
          onClick={() => {
            const copy = duplicateObjective(id);
            if (copy !== undefined) openObjectives(copy);
          }}
        >
          Duplicate
        </Button>
      </Group>
    </div>
  );
}
