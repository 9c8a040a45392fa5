import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconServerCog } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { formatQuantity } from '../../src-shared/base/parse-quantity';
import { DEFAULT_SETTINGS, LIMITS, type RunSettings } from '../../src-shared/project/project';
import { describeProject, renameProject, setSetting } from '../document/commands/settings';
import { sealHistory, useDocument } from '../document/document-store';
import { openMachines } from '../machines/machine-dialog';
import { describeMachine, formatPrice } from '../machines/machine-words';
import { ObjectivesSection } from '../objectives/objectives-section';
import { useRecordProblems } from '../problems/problems-store';
import { FieldRow } from './field-row';
import { type QuantitySpec, rangeText } from './field-text';
import { QuantityField } from './fields/quantity-field';
import classes from './inspector.module.css';
import { NameField } from './name-field';
import { RecordProblems } from './record-problems';

type NumericSetting = Exclude<keyof RunSettings, 'warmUpMs'>;

interface SettingRow {
  readonly key: NumericSetting;
  readonly title: string;
  readonly help: string;
  readonly spec: QuantitySpec;
}

const DURATION: SettingRow = {
  key: 'durationMs',
  title: 'Duration',
  help: 'Simulated time of each replication, warm-up included.',
  spec: { dimension: 'duration', unit: 'ms', min: 0.000001, max: 8.64e9 },
};
const WARM_UP: QuantitySpec = { dimension: 'duration', unit: 'ms', min: 0, max: 8.64e9 };
const WARM_UP_HELP =
  'Time at the start that is left out of all summary numbers, because queues begin empty. “auto” finds the end of the transient from the run itself (MSER-5).';

const ROWS: readonly SettingRow[] = [
  {
    key: 'seed',
    title: 'Seed',
    help: 'Start of all random numbers. The same seed and project give the same run, to the last digit.',
    spec: { dimension: 'number', unit: '', min: 0, max: 4_294_967_295, integer: true },
  },
  {
    key: 'replications',
    title: 'Replications',
    help: 'Independent runs with other random numbers. From two on, results have confidence intervals.',
    spec: { dimension: 'count', unit: 'runs', min: 1, max: 1_000_000, integer: true },
  },
  { key: 'confidence', title: 'Confidence', help: 'Level of the intervals of all numbers.', spec: { dimension: 'share', unit: '%', min: 0.5, max: 0.9999 } },
  {
    key: 'seriesPoints',
    title: 'Chart points',
    help: 'Points over simulated time in the charts.',
    spec: { dimension: 'count', unit: 'points', min: 10, max: 5000, integer: true },
  },
  {
    key: 'requestLog',
    title: 'Request log',
    help: 'How many requests of the first replication are listed one by one in the result.',
    spec: { dimension: 'count', unit: 'requests', min: 0, max: 1_000_000, integer: true },
  },
];

function NumberRow({ row }: { readonly row: SettingRow }) {
  const id = useId();
  const value = useDocument((state) => state.project.settings[row.key]);
  const byDefault = DEFAULT_SETTINGS[row.key];
  return (
    <FieldRow
      title={row.title}
      help={row.help}
      htmlFor={id}
      allowed={rangeText(row.spec)}
      defaultText={formatQuantity(byDefault, row.spec.dimension, row.spec.unit)}
      {...(value !== byDefault && {
        onReset: () => {
          sealHistory();
          setSetting(row.key, byDefault);
          sealHistory();
        },
      })}
    >
      <QuantityField
        id={id}
        spec={row.spec}
        value={value}
        label={row.title}
        onChange={(next) => next !== null && setSetting(row.key, next)}
        onSeal={sealHistory}
      />
    </FieldRow>
  );
}

function WarmUp() {
  const id = useId();
  const value = useDocument((state) => state.project.settings.warmUpMs);
  const problem = useRecordProblems('').find((candidate) => candidate.path?.startsWith('settings.warmUpMs'));
  return (
    <FieldRow
      title="Warm-up"
      help={WARM_UP_HELP}
      htmlFor={id}
      defaultText="5 s"
      {...(value !== DEFAULT_SETTINGS.warmUpMs && {
        onReset: () => {
          sealHistory();
          setSetting('warmUpMs', DEFAULT_SETTINGS.warmUpMs);
          sealHistory();
        },
      })}
    >
      <SegmentedControl
        size="xs"
        fullWidth
        mb={value === 'auto' ? 0 : 4}
        aria-label="Warm-up"
        data={[
          { value: 'fixed', label: 'fixed' },
          { value: 'auto', label: 'auto' },
        ]}
        value={value === 'auto' ? 'auto' : 'fixed'}
        onChange={(mode) => {
          setSetting('warmUpMs', mode === 'auto' ? 'auto' : 5000);
          sealHistory();
        }}
      />
      {value !== 'auto' && (
        <QuantityField
          id={id}
          spec={WARM_UP}
          value={value}
          label="Warm-up time"
          {...(problem !== undefined && { problem: `${problem.message} ${problem.remedy}` })}
          onChange={(next) => next !== null && setSetting('warmUpMs', next)}
          onSeal={sealHistory}
        />
      )}
    </FieldRow>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className="tl-heading">{title}</h3>
      {children}
    </section>
  );
}

/** Machines that the panel lists; the editor has all of them. */
const LISTED_MACHINES = 8;

/** The ladder of machines in short, and the way to its editor. */
function Machines() {
  const machines = useDocument((state) => state.project.machines);
  return (
    <Section title="Machines">
      <p className={classes.description}>
        {machines.length === 0
          ? 'No machines.'
          : `${machines.length} ${machines.length === 1 ? 'size' : 'sizes'} that parts can run on, up to ${machines.at(-1)?.name ?? ''}.`}
      </p>
      {machines.length > 0 && (
        <ul className={classes.ladder}>
          {machines.slice(0, LISTED_MACHINES).map((machine) => (
            <li key={machine.id} title={`${describeMachine(machine)}. ${machine.provenance}`}>
              <span>{machine.name}</span>
              <span className="tl-number">{machine.pricePerHour === 0 ? 'free' : `${formatPrice(machine.pricePerHour)}/h`}</span>
            </li>
          ))}
          {machines.length > LISTED_MACHINES && <li>{`and ${machines.length - LISTED_MACHINES} more`}</li>}
        </ul>
      )}
      <Button variant="default" size="compact-xs" mt={6} leftSection={<IconServerCog size={13} />} onClick={openMachines}>
        Edit machines …
      </Button>
    </Section>
  );
}

/** Nothing is selected: the project and how it is run. */
export function ProjectPanel() {
  const name = useDocument((state) => state.project.name);
  const description = useDocument((state) => state.project.description);
  const problems = useRecordProblems('');
  return (
    <div className={classes.body}>
      <h2 className={classes.title}>Project</h2>
      <RecordProblems problems={problems} />
      <Section title="Run">
        <NumberRow row={DURATION} />
        <WarmUp />
        {ROWS.map((row) => (
          <NumberRow key={row.key} row={row} />
        ))}
      </Section>
      <ObjectivesSection />
      <Machines />
      <Section title="About">
        <NameField label="Name" mt={6} name={name} onName={renameProject} />
        <Textarea
          label="Description"
          mt={6}
          autosize
          minRows={3}
          maxRows={14}
          maxLength={LIMITS.noteLength}
          value={description}
          onChange={(event) => describeProject(event.currentTarget.value)}
          onBlur={sealHistory}
        />
      </Section>
    </div>
  );
}
