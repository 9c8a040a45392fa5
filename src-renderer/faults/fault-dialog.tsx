import { Button, Group, Modal, SegmentedControl, Select, Switch, Text } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { distribution, duration } from '../../src-shared/kinds/params';
import type { Fault } from '../../src-shared/project/fault';
import type { Design } from '../../src-shared/project/project';
import { uiStore, useActiveDesign, useUi } from '../app/ui-store';
import { deleteFault, duplicateFault, updateFault } from '../document/commands/faults';
import { sealHistory, useDocument } from '../document/document-store';
import { FieldRow } from '../inspector/field-row';
import { ParamField } from '../inspector/fields/param-field';
import { QuantityField } from '../inspector/fields/quantity-field';
import { NameField } from '../inspector/name-field';
import { RecordProblems } from '../inspector/record-problems';
import { useRecordProblems } from '../problems/problems-store';
import { componentEffects, EFFECTS, type EffectType, effectsFor, freshEffect } from './effects';
import classes from './fault-dialog.module.css';

const words = { group: '', provenance: '' } as const;
const AT = duration({ ...words, title: 'Begins at', default: 0, help: 'Simulated time at which it begins.' });
const LASTS = duration({ ...words, title: 'Lasts', default: 0, help: 'How long it lasts.' });
const BETWEEN = distribution({
  ...words,
  title: 'Time between failures',
  default: { type: 'exponential', meanMs: 60_000 },
  help: 'From a repair to the next failure (its mean is the MTBF). Each instance fails by itself.',
});
const REPAIR = distribution({
  ...words,
  title: 'Time to repair',
  default: { type: 'exponential', meanMs: 10_000 },
  help: 'From a failure to its repair (its mean is the MTTR).',
});

interface FormProps {
  readonly design: Design;
  readonly fault: Fault;
}

/** Changes a fault as one step for each field. */
function updater({ design, fault }: FormProps) {
  return (label: string, field: string, update: (fault: Fault) => Fault): void => {
    updateFault(design.id, fault.id, label, update, field);
  };
}

/** A fault with another effect: a resize happens at a time and stays, everything else passes. */
function withEffect(fault: Fault, effect: Fault['effect']): Fault {
  const { timing } = fault;
  if (effect.type === fault.effect.type || (effect.type === 'resize') === (fault.effect.type === 'resize')) return { ...fault, effect };
  const atMs = timing.type === 'once' ? timing.atMs : 20_000;
  return { ...fault, effect, timing: { type: 'once', atMs, lastsMs: effect.type === 'resize' ? 0 : 10_000 } };
}

/** The component or link that a fault is on, and which instance of it. */
function Target({ design, fault }: FormProps) {
  const project = useDocument((state) => state.project);
  const change = updater({ design, fault });
  const names = new Map(design.components.map(({ id, name }) => [id, name]));
  const parts = design.components.filter((component) => componentEffects(component).length > 0).map(({ id, name }) => ({ value: id, label: name }));
  const links = design.links.map(({ id, from, to }) => ({ value: id, label: `${names.get(from) ?? from} → ${names.get(to) ?? to}` }));
  const gone = ![...design.components, ...design.links].some((record) => record.id === fault.target);
  const onComponent = design.components.some((component) => component.id === fault.target);
  const choose = (target: string): void => {
    const fitting = effectsFor(design, target);
    const effect = fitting.includes(fault.effect.type) ? fault.effect : freshEffect(fitting[0] ?? fault.effect.type, project);
    change('Change target of fault', 'target', ({ instance: _instance, ...rest }) => withEffect({ ...rest, target }, effect));
    sealHistory();
  };
  return (
    <>
      <FieldRow title="On" help="The part or link that it happens to.">
        <Select
          aria-label="On"
          data={[
            ...(gone ? [{ value: fault.target, label: `${fault.target} (deleted)` }] : []),
            { group: 'Parts', items: parts },
            { group: 'Links', items: links },
          ]}
          value={fault.target}
          maxDropdownHeight={320}
          searchable={design.components.length > 12}
          limit={200}
          onChange={(target) => target !== null && choose(target)}
        />
      </FieldRow>
      {onComponent && fault.effect.type !== 'surge' && (
        <FieldRow title="Instance" help="Which instance of the part, counted from 1; without a number all of them.">
          <QuantityField
            spec={{ dimension: 'count', unit: '', min: 1, max: 10_000, integer: true }}
            label="Instance"
            value={fault.instance === undefined ? null : fault.instance + 1}
            nullMeans="all instances"
            onChange={(number) =>
              change('Change instance of fault', 'instance', ({ instance: _instance, ...rest }) => (number === null ? rest : { ...rest, instance: number - 1 }))
            }
            onSeal={sealHistory}
          />
        </FieldRow>
      )}
    </>
  );
}

/** What happens, with its values. */
function Effect({ design, fault }: FormProps) {
  const project = useDocument((state) => state.project);
  const change = updater({ design, fault });
  const { effect } = fault;
  const offered = effectsFor(design, fault.target);
  const types = offered.includes(effect.type) ? offered : [effect.type, ...offered];
  const values = effect as Readonly<Record<string, unknown>>;
  return (
    <>
      <FieldRow title="What happens" help="The effect on the part or link while the fault lasts.">
        <Select
          aria-label="What happens"
          data={types.map((type) => ({ value: type, label: EFFECTS[type].title }))}
          value={effect.type}
          maxDropdownHeight={320}
          renderOption={({ option }) => (
            <span>
              {option.label}
              <span className={classes.help}>{EFFECTS[option.value as EffectType].help}</span>
            </span>
          )}
          onChange={(type) => {
            if (type !== null) change('Change effect of fault', 'effect', (before) => withEffect(before, freshEffect(type as EffectType, project)));
            sealHistory();
          }}
        />
      </FieldRow>
      <p className={classes.effect}>{EFFECTS[effect.type].help}</p>
      {Object.entries(EFFECTS[effect.type].fields).map(([key, field]) => (
        <FieldRow key={`${effect.type}/${key}`} title={field.title} help={field.help} wide={field.type === 'machine'}>
          <ParamField
            param={field}
            value={values[key]}
            label={field.title}
            onChange={(value) =>
              change('Change effect of fault', `effect/${key}`, (before) => ({ ...before, effect: { ...before.effect, [key]: value } as Fault['effect'] }))
            }
            onSeal={sealHistory}
          />
        </FieldRow>
      ))}
    </>
  );
}

/** When it happens: once at a time, or again and again by chance. */
function Timing({ design, fault }: FormProps) {
  const change = updater({ design, fault });
  const { timing } = fault;
  const isResize = fault.effect.type === 'resize';
  const setTiming = (field: string, next: Fault['timing']): void =>
    change('Change time of fault', `timing/${field}`, (before) => ({ ...before, timing: next }));
  return (
    <>
      <FieldRow title="When" help="Once, at a time; or again and again by chance, as machines fail.">
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="When"
          data={[
            { value: 'once', label: 'once' },
            { value: 'random', label: 'at random', disabled: isResize },
          ]}
          value={timing.type}
          onChange={(type) => {
            setTiming(
              'type',
              type === 'once' ? { type: 'once', atMs: 20_000, lastsMs: 10_000 } : { type: 'random', between: BETWEEN.default, lasts: REPAIR.default },
            );
            sealHistory();
          }}
        />
      </FieldRow>
      {timing.type === 'once' ? (
        <>
          <FieldRow title={AT.title} help={AT.help}>
            <ParamField
              param={AT}
              value={timing.atMs}
              label={AT.title}
              onChange={(value) => typeof value === 'number' && setTiming('at', { ...timing, atMs: value })}
              onSeal={sealHistory}
            />
          </FieldRow>
          {isResize ? (
            <FieldRow title={LASTS.title} help="How long it stays on that machine before it goes back; without a time it stays.">
              <QuantityField
                spec={{ dimension: 'duration', unit: 'ms', min: 0, max: 8.64e9 }}
                value={timing.lastsMs === 0 ? null : timing.lastsMs}
                label={LASTS.title}
                nullMeans="for good"
                onChange={(value) => setTiming('lasts', { ...timing, lastsMs: value ?? 0 })}
                onSeal={sealHistory}
              />
            </FieldRow>
          ) : (
            <FieldRow title={LASTS.title} help={LASTS.help}>
              <ParamField
                param={LASTS}
                value={timing.lastsMs}
                label={LASTS.title}
                onChange={(value) => typeof value === 'number' && setTiming('lasts', { ...timing, lastsMs: value })}
                onSeal={sealHistory}
              />
            </FieldRow>
          )}
        </>
      ) : (
        <>
          <FieldRow title={`${BETWEEN.title} (MTBF)`} help={BETWEEN.help} wide>
            <ParamField
              param={BETWEEN}
              value={timing.between}
              label={BETWEEN.title}
              onChange={(value) => setTiming('between', { ...timing, between: value as typeof timing.between })}
              onSeal={sealHistory}
            />
          </FieldRow>
          <FieldRow title={`${REPAIR.title} (MTTR)`} help={REPAIR.help} wide>
            <ParamField
              param={REPAIR}
              value={timing.lasts}
              label={REPAIR.title}
              onChange={(value) => setTiming('lasts', { ...timing, lasts: value as typeof timing.lasts })}
              onSeal={sealHistory}
            />
          </FieldRow>
        </>
      )}
    </>
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

function Form({ design, fault }: FormProps) {
  const problems = useRecordProblems(fault.id);
  const change = updater({ design, fault });
  const close = (): void => uiStore.setState({ editingFaultId: null });
  return (
    <div className={classes.form}>
      <RecordProblems problems={problems} />
      <NameField label="Name" name={fault.name} onName={(name) => change('Rename fault', 'name', (before) => ({ ...before, name: name.trim() }))} />
      <Switch
        label="Happens in runs"
        description="Switched off, it stays on the timeline but does nothing."
        mt="xs"
        checked={fault.disabled !== true}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          change(on ? 'Switch fault on' : 'Switch fault off', 'disabled', ({ disabled: _disabled, ...rest }) => (on ? rest : { ...rest, disabled: true }));
          sealHistory();
        }}
      />
      <Section title="What">
        <Target design={design} fault={fault} />
        <Effect design={design} fault={fault} />
      </Section>
      <Section title="When">
        <Timing design={design} fault={fault} />
      </Section>
      <Group justify="space-between" mt="md">
        <Group gap="xs">
          <Button variant="default" leftSection={<IconTrash size={14} />} onClick={() => deleteFault(design.id, fault.id)}>
            Delete
          </Button>
          <Button
            variant="default"
            leftSection={<IconCopy size={14} />}
            onClick={() => {
              const id = duplicateFault(design.id, fault.id);
              if (id !== undefined) uiStore.setState({ editingFaultId: id });
            }}
          >
            Duplicate
          </Button>
        </Group>
        <Button onClick={close}>Done</Button>
      </Group>
    </div>
  );
}

/** The form of a fault. Every change takes effect at once and can be undone. */
export function FaultDialog() {
  const id = useUi((state) => state.editingFaultId);
  const design = useActiveDesign();
  const fault = design?.faults.find((candidate) => candidate.id === id);
  return (
    <Modal
      opened={fault !== undefined}
      onClose={() => {
        sealHistory();
        uiStore.setState({ editingFaultId: null });
      }}
      title={fault === undefined ? 'Fault' : EFFECTS[fault.effect.type].title}
      size={460}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {design !== undefined && fault !== undefined ? <Form key={fault.id} design={design} fault={fault} /> : <Text size="sm">This fault was deleted.</Text>}
    </Modal>
  );
}
