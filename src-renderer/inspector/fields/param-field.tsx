import { Select, Slider, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Distribution } from '../../../src-shared/kinds/distribution';
import type { Param } from '../../../src-shared/kinds/params';
import { quantitySpec } from '../field-text';
import { DistributionField } from './distribution-field';
import classes from './fields.module.css';
import { ListField } from './list-field';
import { MachineField } from './machine-field';
import { QuantityField } from './quantity-field';

export interface ParamFieldProps {
  readonly param: Param;
  readonly value: unknown;
  readonly label: string;
  readonly id?: string;
  readonly problem?: string;
  /** Leaves out what needs more room than a cell of a table. */
  readonly inCell?: boolean;
  readonly onChange: (value: unknown) => void;
  readonly onSeal: () => void;
}

/** Options of a choice, each with what it means. */
function ChoiceField({ param, value, label, id, problem, onChange, onSeal }: ParamFieldProps) {
  const choices = param.choices ?? [];
  return (
    <Select
      {...(id !== undefined && { id })}
      aria-label={label}
      data={choices.map((choice) => ({ value: choice.value, label: choice.title }))}
      value={typeof value === 'string' ? value : null}
      error={problem}
      comboboxProps={{ width: 'max-content', position: 'bottom-end', shadow: 'md' }}
      styles={{ dropdown: { maxWidth: 300 } }}
      maxDropdownHeight={340}
      onChange={(next) => {
        if (next !== null) onChange(next);
        onSeal();
      }}
      renderOption={({ option }) => (
        <span className={classes.choice}>
          {option.label}
          <span className={classes.choiceHelp}>{choices.find((choice) => choice.value === option.value)?.help}</span>
        </span>
      )}
    />
  );
}

/** A text; what is not allowed stays in the field only, with the reason. */
function TextField({ param, value, label, id, problem, onChange, onSeal }: ParamFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const invalid = typed !== null && !param.schema.safeParse(typed).success;
  return (
    <TextInput
      {...(id !== undefined && { id })}
      aria-label={label}
      value={invalid ? typed : typeof value === 'string' ? value : ''}
      error={invalid ? (typed === '' ? 'Write at least one character.' : 'This text is too long.') : problem}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        if (param.schema.safeParse(event.currentTarget.value).success) onChange(event.currentTarget.value);
      }}
      onBlur={onSeal}
    />
  );
}

/** The field for a parameter, chosen by its declaration alone. */
export function ParamField(props: ParamFieldProps) {
  const { param, value, label, id, problem, inCell = false, onChange, onSeal } = props;
  const spec = quantitySpec(param);
  if (spec !== undefined) {
    const number = typeof value === 'number' ? value : null;
    return (
      <>
        <QuantityField
          spec={spec}
          value={number}
          label={label}
          {...(id !== undefined && { id })}
          {...(problem !== undefined && { problem })}
          {...(param.nullMeans !== undefined && { nullMeans: param.nullMeans })}
          onChange={(next) => (next !== null || param.nullMeans !== undefined) && onChange(next)}
          onSeal={onSeal}
        />
        {param.type === 'probability' && number !== null && !inCell && (
          <Slider
            size="xs"
            mt={7}
            mb={3}
            min={0}
            max={100}
            step={1}
            label={null}
            value={Math.round(number * 100)}
            thumbLabel={label}
            onChange={(percent) => onChange(percent / 100)}
            onChangeEnd={onSeal}
          />
        )}
      </>
    );
  }
  switch (param.type) {
    case 'choice':
      return <ChoiceField {...props} />;
    case 'flag':
      return (
        <Switch
          {...(id !== undefined && { id })}
          checked={value === true}
          aria-label={label}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
            onSeal();
          }}
        />
      );
    case 'distribution':
      return (
        <DistributionField
          value={(value ?? null) as Distribution | null}
          label={label}
          {...(id !== undefined && { id })}
          {...(problem !== undefined && { problem })}
          {...(param.nullMeans !== undefined && { nullMeans: param.nullMeans })}
          onChange={onChange}
          onSeal={onSeal}
        />
      );
    case 'list':
      return <ListField {...props} />;
    case 'machine':
      return <MachineField {...props} />;
    default:
      return <TextField {...props} />;
  }
}
