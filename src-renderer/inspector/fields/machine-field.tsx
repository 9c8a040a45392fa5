import { Button, Select } from '@mantine/core';
import { IconServerCog } from '@tabler/icons-react';
import { useDocument } from '../../document/document-store';
import { openMachines } from '../../machines/machine-dialog';
import { describeMachine } from '../../machines/machine-words';
import classes from './fields.module.css';
import type { ParamFieldProps } from './param-field';

/** Stands for null in the list, which knows only texts; no id looks like it. */
const NONE = '-';

/** A machine of the project's ladder, with what it can do and costs. */
export function MachineField({ param, value, label, id, problem, inCell = false, onChange, onSeal }: ParamFieldProps) {
  const machines = useDocument((state) => state.project.machines);
  const chosen = value === null ? NONE : typeof value === 'string' ? value : '';
  const gone = chosen !== NONE && chosen !== '' && !machines.some((machine) => machine.id === chosen);
  const data = [
    ...(param.nullMeans !== undefined ? [{ value: NONE, label: param.nullMeans }] : []),
    ...(gone ? [{ value: chosen, label: `${chosen} (deleted)` }] : []),
    ...machines.map((machine) => ({ value: machine.id, label: machine.name })),
  ];
  const machine = machines.find((candidate) => candidate.id === chosen);
  return (
    <div>
      <Select
        {...(id !== undefined && { id })}
        aria-label={label}
        data={data}
        value={chosen}
        error={problem ?? (gone ? 'The ladder has no such machine any more. Choose another.' : undefined)}
        maxDropdownHeight={340}
        onChange={(next) => {
          if (next !== null) onChange(next === NONE ? null : next);
          onSeal();
        }}
        renderOption={({ option }) => {
          const offered = machines.find((candidate) => candidate.id === option.value);
          return (
            <span className={classes.choice}>
              {option.label}
              {offered !== undefined && <span className={classes.choiceHelp}>{describeMachine(offered)}</span>}
            </span>
          );
        }}
      />
      {!inCell && (
        <div className={classes.machine}>
          <span>{machine === undefined ? '' : describeMachine(machine)}</span>
          <Button variant="subtle" size="compact-xs" leftSection={<IconServerCog size={13} />} onClick={openMachines}>
            Edit machines …
          </Button>
        </div>
      )}
    </div>
  );
}
