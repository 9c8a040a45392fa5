import { ActionIcon, Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { NamedVariant } from '../../src-shared/project/named-variant';
import { type SweepableParameter, sweepableAt, sweepableParameters } from '../../src-shared/project/sweepable';
import { deleteVariant, updateVariant } from '../document/commands/variants';
import { sealHistory, useDocument } from '../document/document-store';
import { NameField } from '../inspector/name-field';
import { ParameterSelect } from '../sweep/parameter-select';
import { changeError, joinChange, presentValue, splitChange } from './variant-change';
import classes from './variant-dialog.module.css';
import { useEditedVariant, variantStore } from './variant-store';

function setChanges(id: string, field: string, update: (changes: readonly string[]) => readonly string[]): void {
  updateVariant(id, field, (before) => ({ ...before, changes: [...update(before.changes)] }));
}

interface ValueProps {
  readonly parameter: SweepableParameter | undefined;
  readonly label: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}

/** The new value of a parameter: one of its choices, or a number with its unit. */
function Value({ parameter, label, value, error, onChange }: ValueProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  if (parameter !== undefined && parameter.choices.length > 0)
    return (
      <Select
        aria-label={label}
        data-change-value
        data={parameter.choices.map((choice) => ({ value: choice.value, label: choice.title }))}
        value={value}
        allowDeselect={false}
        error={error}
        onChange={(next) => next !== null && onChange(next)}
      />
    );
  const commit = (): void => {
    if (typed.trim() !== value) onChange(typed.trim());
    sealHistory();
  };
  return (
    <TextInput
      aria-label={label}
      data-change-value
      placeholder="New value, with its unit"
      value={typed}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}

function Changes({ variant }: { readonly variant: NamedVariant }) {
  const project = useDocument((state) => state.project);
  const design = project.designs.find(({ id }) => id === variant.design);
  const parameters = useMemo(() => (design === undefined ? [] : sweepableParameters(project, design)), [project, design]);
  const { id, changes } = variant;
  const list = useRef<HTMLUListElement>(null);
  const add = useRef<HTMLDivElement>(null);
  const toFocus = useRef<number | 'add' | null>(null);
  // The field that was used goes with the change it made: without a next one the keyboard would fall out of the form, and Escape with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new field is there once the changes are
  useEffect(() => {
    const place = toFocus.current;
    toFocus.current = null;
    if (place === 'add') add.current?.querySelector<HTMLElement>('input')?.focus();
    else if (place !== null) list.current?.children[place]?.querySelector<HTMLElement>('[data-change-value]')?.focus();
  }, [changes.length]);
  const replace = (place: number, next: string): void => {
    setChanges(id, `change/${place}`, (before) => before.map((change, index) => (index === place ? next : change)));
    sealHistory();
  };
  if (design === undefined) return null;
  return (
    <>
      <ul ref={list} className={classes.changes} aria-label="Changes">
        {changes.map((change, place) => {
          const { path, value } = splitChange(change);
          const parameter = sweepableAt(project, design, parameters, path);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: changes are made in this order and have no other name
            <li key={place}>
              <ParameterSelect
                label={`Parameter of change ${place + 1}`}
                parameters={parameters}
                value={parameter?.path ?? path}
                disabled={false}
                onChoose={(next) => replace(place, joinChange({ path: next.path, value: presentValue(next) }))}
              />
              <Value
                parameter={parameter}
                label={`Value of change ${place + 1}`}
                value={value}
                error={changeError(project, design.id, changes, place)}
                onChange={(next) => replace(place, joinChange({ path, value: next }))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove change ${place + 1}`}
                onClick={() => {
                  toFocus.current = 'add';
                  setChanges(id, 'changes', (before) => before.filter((_, index) => index !== place));
                  sealHistory();
                }}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <div ref={add} className={classes.add}>
        <IconPlus size={15} aria-hidden="true" />
        <ParameterSelect
          key={changes.length}
          label="Change a parameter"
          parameters={parameters}
          value={null}
          disabled={changes.length >= 100}
          onChoose={(next) => {
            toFocus.current = changes.length;
            setChanges(id, 'changes', (before) => [...before, joinChange({ path: next.path, value: presentValue(next) })]);
            sealHistory();
          }}
        />
      </div>
    </>
  );
}

/** The form of a variant: a design with parameters changed, under a name. Every change takes effect at once and can be undone. */
export function VariantDialog() {
  const editingId = useEditedVariant();
  const project = useDocument((state) => state.project);
  const variant = project.variants?.find(({ id }) => id === editingId);
  const close = (): void => {
    sealHistory();
    variantStore.setState({ editingId: null });
  };
  return (
    <Modal stackId="variant" opened={variant !== undefined} onClose={close} title="Variant" size={620} closeButtonProps={{ 'aria-label': 'Close' }}>
      {variant !== undefined && (
        <div className={classes.form}>
          <NameField
            label="Name"
            data-autofocus
            name={variant.name}
            onName={(name) => updateVariant(variant.id, 'name', (before) => ({ ...before, name: name.trim() || before.name }))}
          />
          {project.designs.length > 1 && (
            <Select
              label="Design"
              data={project.designs.map(({ id, name }) => ({ value: id, label: name }))}
              value={variant.design}
              allowDeselect={false}
              onChange={(design) => {
                if (design !== null) updateVariant(variant.id, 'design', (before) => ({ ...before, design }));
                sealHistory();
              }}
            />
          )}
          <h3 className="tl-heading">Changed parameters</h3>
          <p className={classes.hint}>
            {variant.changes.length === 0
              ? 'Nothing is changed yet: choose a parameter of any part or link. The design itself stays as it is.'
              : 'The design itself stays as it is; the variant runs with these values. Parameters of clients are those of their workload.'}
          </p>
          <Changes variant={variant} />
          <Group justify="space-between" mt="md">
            <Button
              variant="default"
              leftSection={<IconTrash size={14} />}
              onClick={() => {
                variantStore.setState({ editingId: null });
                deleteVariant(variant.id);
              }}
            >
              Delete
            </Button>
            <Button onClick={close}>Done</Button>
          </Group>
        </div>
      )}
    </Modal>
  );
}
