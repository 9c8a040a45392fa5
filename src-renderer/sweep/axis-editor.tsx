import { ActionIcon, Checkbox, SegmentedControl, Select, TextInput, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Design, Project } from '../../src-shared/project/project';
import type { Axis } from '../../src-shared/project/sweep';
import { axisValues } from '../../src-shared/project/sweep-points';
import { type SweepableParameter, sweepableAt } from '../../src-shared/project/sweepable';
import { quantitySpec } from '../inspector/field-text';
import { QuantityField, wholeNumber } from '../run/quantity-field';
import { axisValuesText, axisValueText, presentText, readAxisList, usualAxis } from './axis-text';
import { ParameterSelect } from './parameter-select';
import classes from './sweep.module.css';

type Range = Extract<Axis['values'], { type: 'range' }>;

interface ValuesProps {
  readonly parameter: SweepableParameter;
  readonly axis: Axis;
  readonly onChange: (values: Axis['values']) => void;
  readonly disabled: boolean;
}

function RangeFields({ parameter, range, onChange, disabled }: Omit<ValuesProps, 'axis'> & { readonly range: Range }) {
  const spec = quantitySpec(parameter.param);
  if (spec === undefined) return null;
  const end = (label: string, key: 'from' | 'to') => (
    <QuantityField
      label={label}
      value={range[key]}
      dimension={spec.dimension}
      unit={spec.unit}
      check={() => null}
      onCommit={(value) => onChange({ ...range, [key]: value })}
      disabled={disabled}
    />
  );
  return (
    <div className={classes.range}>
      {end('From', 'from')}
      {end('To', 'to')}
      <QuantityField
        label="Values"
        value={range.steps}
        dimension="count"
        unit=""
        check={wholeNumber(2, 1000)}
        onCommit={(steps) => onChange({ ...range, steps })}
        disabled={disabled}
      />
      <Select
        label="Steps"
        data={[
          { value: 'linear', label: 'even' },
          { value: 'log', label: 'equal factors' },
        ]}
        value={range.scale}
        disabled={disabled}
        onChange={(scale) => onChange({ ...range, scale: scale === 'log' ? 'log' : 'linear' })}
      />
    </div>
  );
}

function ListField({ parameter, axis, onChange, disabled }: ValuesProps) {
  const shown = axis.values.type === 'list' ? axis.values.values.map((value) => axisValueText(parameter, value)).join(', ') : '';
  const [text, setText] = useState(shown);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    setText(shown);
    setError(null);
  }, [shown]);
  const commit = (): void => {
    if (text.trim() === shown) {
      setError(null);
      return;
    }
    const read = readAxisList(parameter, text);
    setError(read.ok ? null : read.error);
    if (read.ok) onChange({ type: 'list', values: [...read.value] });
  };
  return (
    <TextInput
      label="Values, with commas between them"
      value={text}
      error={error}
      disabled={disabled}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}

function Choices({ parameter, axis, onChange, disabled }: ValuesProps) {
  const chosen = axis.values.type === 'list' ? axis.values.values.map(String) : [];
  return (
    <Checkbox.Group
      aria-label={`Values of ${parameter.title}`}
      value={chosen}
      onChange={(next) => {
        const values = parameter.choices.map(({ value }) => value).filter((value) => next.includes(value));
        if (values.length > 0) onChange({ type: 'list', values });
      }}
    >
      <div className={classes.choices}>
        {parameter.choices.map(({ value, title }) => (
          <Checkbox key={value} size="xs" value={value} label={title} disabled={disabled || (chosen.length === 1 && chosen[0] === value)} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function Values(props: ValuesProps) {
  const { parameter, axis, onChange, disabled } = props;
  if (parameter.choices.length > 0) return <Choices {...props} />;
  const { values } = axis;
  const usual = usualAxis(parameter).values;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={`Values of ${parameter.title}`}
        disabled={disabled}
        data={[
          { value: 'range', label: 'Range' },
          { value: 'list', label: 'List' },
        ]}
        value={values.type}
        onChange={(type) => {
          if (type === 'range') onChange(usual.type === 'range' ? usual : values);
          else
            onChange({ type: 'list', values: typeof parameter.value === 'number' ? [parameter.value] : usual.type === 'range' ? [usual.from] : usual.values });
        }}
      />
      {values.type === 'range' ? <RangeFields {...props} range={values} /> : <ListField {...props} />}
    </>
  );
}

/** The values of an axis in one line. */
function Preview({
  project,
  design,
  axis,
  parameter,
}: {
  readonly project: Project;
  readonly design: Design;
  readonly axis: Axis;
  readonly parameter: SweepableParameter;
}) {
  const values = axisValues(project, design, axis);
  if (!values.ok || parameter.choices.length > 0) return null;
  const { length } = values.value;
  const text =
    length <= 12
      ? axisValuesText(parameter, values.value)
      : `${values.value
          .slice(0, 6)
          .map((value) => axisValueText(parameter, value))
          .join(', ')}, … ${axisValueText(parameter, values.value[length - 1])}`;
  return <p className={`${classes.quiet} tl-number`}>{`${length} ${length === 1 ? 'value' : 'values'}: ${text}`}</p>;
}

interface AxisEditorProps {
  readonly label: string;
  readonly project: Project;
  readonly design: Design;
  readonly parameters: readonly SweepableParameter[];
  readonly axis: Axis;
  readonly onChange: (axis: Axis) => void;
  /** Absent: it cannot be removed. */
  readonly onRemove?: (() => void) | undefined;
  readonly disabled: boolean;
}

/** One parameter of an experiment and the values that it takes. */
export function AxisEditor({ label, project, design, parameters, axis, onChange, onRemove, disabled }: AxisEditorProps) {
  const parameter = sweepableAt(project, design, parameters, axis.parameter);
  return (
    <fieldset className={classes.axis}>
      <legend>{label}</legend>
      <div className={classes.axisHead}>
        <ParameterSelect
          label={label}
          parameters={parameters}
          value={parameter?.path ?? axis.parameter}
          onChoose={(next) => onChange(usualAxis(next))}
          disabled={disabled}
        />
        {onRemove !== undefined && (
          <Tooltip label={`Vary ${label.toLowerCase()} no more`}>
            <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${label.toLowerCase()}`} onClick={onRemove} disabled={disabled}>
              <IconX size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {parameter === undefined ? (
        <p className={classes.quiet}>{`${axis.parameter} has no effect at present, or is gone. Its values are kept.`}</p>
      ) : (
        <>
          <p className={classes.quiet} title={parameter.param.help}>{`Now ${presentText(parameter)}. ${parameter.param.help}`}</p>
          <Values parameter={parameter} axis={axis} onChange={(values) => onChange({ ...axis, values })} disabled={disabled} />
          <Preview project={project} design={design} axis={axis} parameter={parameter} />
        </>
      )}
    </fieldset>
  );
}
