import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { formatDuration } from '../../../src-shared/base/format';
import { type Distribution, type DistributionType, distributionSchema } from '../../../src-shared/kinds/distribution';
import { meanMs, quantileMs, shareBelow, withType } from '../distribution-numbers';
import type { QuantitySpec } from '../field-text';
import classes from './fields.module.css';
import { QuantityField } from './quantity-field';

interface FieldOf {
  readonly key: string;
  readonly title: string;
  readonly spec: QuantitySpec;
}

const time = (key: string, title: string, min = 0): FieldOf => ({ key, title, spec: { dimension: 'duration', unit: 'ms', min, max: 8.64e9 } });
const pure = (key: string, title: string, min: number, max: number): FieldOf => ({ key, title, spec: { dimension: 'number', unit: '', min, max } });
/** Means have to be above zero: the least that a field takes. */
const LEAST = 1e-6;

const TYPES: Readonly<Record<DistributionType, { readonly title: string; readonly help: string; readonly fields: readonly FieldOf[] }>> = {
  fit: {
    title: 'fit from p50 and p99',
    help: 'Log-normal through a median and a 99th percentile: what monitoring tells you.',
    fields: [time('p50Ms', 'p50', LEAST), time('p99Ms', 'p99', LEAST)],
  },
  constant: { title: 'constant', help: 'Always the same.', fields: [time('valueMs', 'Value')] },
  exponential: { title: 'exponential', help: 'Memoryless: the M of M/M/1.', fields: [time('meanMs', 'Mean', LEAST)] },
  uniform: { title: 'uniform', help: 'Anything between two bounds, equally likely.', fields: [time('minMs', 'From'), time('maxMs', 'To')] },
  normal: { title: 'normal, truncated', help: 'Around a mean, cut off at zero.', fields: [time('meanMs', 'Mean'), time('sdMs', 'Std. deviation')] },
  lognormal: {
    title: 'log-normal',
    help: 'A long right tail; sigma is the standard deviation of the logarithm.',
    fields: [time('meanMs', 'Mean', LEAST), pure('sigma', 'Sigma', 0, 5)],
  },
  erlang: {
    title: 'Erlang',
    help: 'The sum of exponential stages: less variable than one of them.',
    fields: [time('meanMs', 'Mean', LEAST), { key: 'stages', title: 'Stages', spec: { dimension: 'count', unit: 'stages', min: 1, max: 100, integer: true } }],
  },
  gamma: {
    title: 'gamma',
    help: 'Erlang with any shape; below 1 it is more variable than exponential.',
    fields: [time('meanMs', 'Mean', LEAST), pure('shape', 'Shape', LEAST, 1e4)],
  },
  weibull: { title: 'Weibull', help: 'Times to failure; shape 1 is exponential.', fields: [time('scaleMs', 'Scale', LEAST), pure('shape', 'Shape', 0.1, 100)] },
  pareto: {
    title: 'Pareto',
    help: 'Heavy tail: few very large values. Without a mean for alpha up to 1.',
    fields: [time('minMs', 'Least', LEAST), pure('alpha', 'Alpha', 0.1, 100)],
  },
  hyperexponential: { title: 'hyper-exponential', help: 'One of several exponentials at random: more variable than one alone.', fields: [] },
  empirical: { title: 'empirical', help: 'Measured values, drawn by weight.', fields: [] },
  request: { title: 'as the request says', help: 'The work that each request brings along, as in a trace.', fields: [] },
};
const ORDER: readonly DistributionType[] = [
  'fit',
  'constant',
  'exponential',
  'uniform',
  'normal',
  'lognormal',
  'erlang',
  'gamma',
  'weibull',
  'pareto',
  'hyperexponential',
  'empirical',
  'request',
];

interface DistributionFieldProps {
  readonly value: Distribution | null;
  readonly label: string;
  readonly nullMeans?: string;
  readonly id?: string;
  readonly problem?: string;
  readonly onChange: (value: Distribution | null) => void;
  readonly onSeal: () => void;
}

interface RowsProps {
  readonly rows: readonly Readonly<Record<string, number>>[];
  readonly columns: readonly [FieldOf, FieldOf];
  readonly noun: string;
  readonly most: number;
  readonly label: string;
  readonly onRows: (rows: Readonly<Record<string, number>>[]) => void;
  readonly onSeal: () => void;
}

/** Rows of two numbers: the branches of a hyper-exponential, the values of an empirical distribution. */
function Rows({ rows, columns, noun, most, label, onRows, onSeal }: RowsProps) {
  return (
    <ol className={classes.rows}>
      {rows.map((row, index) => (
        // Rows have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <li key={index} className={classes.pair}>
          {columns.map((column) => (
            <QuantityField
              key={column.key}
              spec={column.spec}
              value={row[column.key] ?? 0}
              label={`${label}, ${noun} ${index + 1}, ${column.title}`}
              onChange={(next) => next !== null && onRows(rows.map((other, place) => (place === index ? { ...other, [column.key]: next } : other)))}
              onSeal={onSeal}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            mt={4}
            aria-label={`Remove ${noun} ${index + 1}`}
            disabled={rows.length < 2}
            onClick={() => {
              onRows(rows.filter((_row, place) => place !== index));
              onSeal();
            }}
          >
            <IconX size={13} />
          </ActionIcon>
        </li>
      ))}
      <li>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          disabled={rows.length >= most}
          onClick={() => {
            onRows([...rows, { ...rows.at(-1) } as Readonly<Record<string, number>>]);
            onSeal();
          }}
        >
          {`Add ${noun}`}
        </Button>
      </li>
    </ol>
  );
}

const WIDTH = 92;
const HEIGHT = 26;

/** The density as a small picture, up to where 99 of 100 values lie. */
function densityPath(distribution: Distribution, highest: number): string {
  const bins = 46;
  const step = highest / bins;
  const shares = Array.from({ length: bins + 1 }, (_unused, index) => shareBelow(distribution, index * step) ?? 0);
  const density = shares.slice(1).map((share, index) => share - (index === 0 ? 0 : (shares[index] ?? 0)));
  const most = Math.max(...density, 1e-12);
  const points = density.map((height, index) => `${((index + 0.5) / bins) * WIDTH},${HEIGHT - 1 - (Math.max(0, height) / most) * (HEIGHT - 3)}`);
  return `M0,${HEIGHT - 1} L${points.join(' L')} L${WIDTH},${HEIGHT - 1}`;
}

function Shape({ distribution }: { readonly distribution: Distribution }) {
  const shown = useMemo(() => {
    const p99 = quantileMs(distribution, 0.99);
    return {
      mean: meanMs(distribution),
      p99,
      path: p99 !== undefined && Number.isFinite(p99) && p99 > 0 ? densityPath(distribution, p99 * 1.12) : '',
    };
  }, [distribution]);
  if (shown.mean === undefined || distribution.type === 'constant') return null;
  const say = (value: number | undefined): string => (value === undefined ? '–' : Number.isFinite(value) ? formatDuration(value) : 'infinite');
  return (
    <div className={classes.shape}>
      <span className={`${classes.numbers} tl-number`}>
        {distribution.type === 'fit' ? `log-normal, mean ${say(shown.mean)}` : `mean ${say(shown.mean)}, p99 ${say(shown.p99)}`}
      </span>
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" role="presentation">
        <path d={shown.path} fill="currentColor" fillOpacity="0.18" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      </svg>
    </div>
  );
}

const NONE = 'none';

/** A distribution of durations: its type, the numbers it takes, and what they come to. */
export function DistributionField({ value, label, nullMeans, id, problem, onChange, onSeal }: DistributionFieldProps) {
  const take = (next: unknown): void => {
    const parsed = distributionSchema.safeParse(next);
    if (parsed.success) onChange(parsed.data);
  };
  const options = [
    ...(nullMeans === undefined ? [] : [{ value: NONE, label: nullMeans }]),
    ...ORDER.map((type) => ({ value: type as string, label: TYPES[type].title })),
  ];
  return (
    <div className={classes.distribution}>
      <Select
        {...(id !== undefined && { id })}
        aria-label={label}
        data={options}
        value={value?.type ?? NONE}
        error={problem}
        maxDropdownHeight={320}
        onChange={(type) => {
          if (type === NONE) onChange(null);
          else if (type !== null) take(withType(type as DistributionType, value ?? { type: 'constant', valueMs: 1 }));
          onSeal();
        }}
        renderOption={({ option }) => (
          <span className={classes.choice}>
            {option.label}
            {option.value !== NONE && <span className={classes.choiceHelp}>{TYPES[option.value as DistributionType].help}</span>}
          </span>
        )}
      />
      {value !== null &&
        TYPES[value.type].fields.map((field) => (
          <div key={field.key} className={classes.sub}>
            <span>{field.title}</span>
            <QuantityField
              spec={field.spec}
              value={(value as unknown as Readonly<Record<string, number>>)[field.key] ?? 0}
              label={`${label}, ${field.title}`}
              onChange={(next) => take({ ...value, [field.key]: next })}
              onSeal={onSeal}
            />
          </div>
        ))}
      {value?.type === 'hyperexponential' && (
        <Rows
          rows={value.branches}
          columns={[{ key: 'probability', title: 'probability', spec: { dimension: 'share', unit: '%', min: 0, max: 1 } }, time('meanMs', 'mean', LEAST)]}
          noun="branch"
          most={16}
          label={label}
          onRows={(branches) => take({ type: 'hyperexponential', branches })}
          onSeal={onSeal}
        />
      )}
      {value?.type === 'empirical' && (
        <Rows
          rows={value.values}
          columns={[time('valueMs', 'value'), { key: 'weight', title: 'weight', spec: { dimension: 'number', unit: 'parts', min: 0, max: 1e12 } }]}
          noun="value"
          most={1000}
          label={label}
          onRows={(values) => take({ type: 'empirical', values })}
          onSeal={onSeal}
        />
      )}
      {value !== null && <Shape distribution={value} />}
    </div>
  );
}
