import type { Distribution } from '../kinds/distribution';
import type { Param, ParamCondition, ParamSet } from '../kinds/params';
import { defaultsOf } from '../kinds/params';

/** Rows given to a list that shall have some. */
const ROWS = 8;

type Values = Readonly<Record<string, unknown>>;

/** Values beside which a parameter shows that would not beside the defaults. */
const BESIDE: Readonly<Record<string, Values>> = {
  // Replicas that are required show when one of them is missing.
  required: { replicas: 3, autoscaler: 'schedule', minimumReplicas: 1, maximumReplicas: 4, schedule: [{ atMs: 8000, instances: 1 }] },
  // Shedding needs a line that does not go away.
  shedding: { serviceTime: { type: 'exponential', meanMs: 14 }, servers: 1 },
  shedFrom: { serviceTime: { type: 'exponential', meanMs: 14 }, servers: 1 },
  shedLevel: { serviceTime: { type: 'exponential', meanMs: 14 }, servers: 1 },
  codelTargetMs: { serviceTime: { type: 'exponential', meanMs: 14 }, servers: 1, codelTargetMs: 200 },
  codelIntervalMs: { serviceTime: { type: 'exponential', meanMs: 14 }, servers: 1 },
  // Times far longer than the run show when they are shorter.
  keepAliveMs: { keepAliveMs: 40 },
  ejectBaseMs: { ejectBaseMs: 700 },
  failoverMs: { failoverMs: 700 },
  // Work that grows shows at another size than the reference.
  growth: { dataSize: 50_000 },
  // Cores cost each other something only where several are busy.
  contention: { servers: 4, connections: 8 },
  coherency: { servers: 4, connections: 8 },
};

/** Values of a parameter that differ clearly from `current`, likeliest to show first; each satisfies the parameter's own schema. */
export function perturbations(param: Param, current: unknown): readonly unknown[] {
  return candidates(param, current).filter((value) => param.schema.safeParse(value).success && JSON.stringify(value) !== JSON.stringify(current));
}

function candidates(param: Param, current: unknown): readonly unknown[] {
  switch (param.type) {
    case 'choice':
      return (param.choices ?? []).map(({ value }) => value);
    case 'flag':
      return [current !== true];
    case 'text':
      return [`${String(current)} renamed`, 'renamed'];
    case 'distribution':
      return distributions();
    case 'list':
      return Array.isArray(current) && current.length > 0 ? [[], current.slice(1), current.slice(0, 1)] : [rowsOf(param, 1)];
    case 'machine':
      return ['vcpu-2', 'vcpu-8', 'vcpu-1'];
    default:
      return numbers(param, typeof current === 'number' ? current : null);
  }
}

function numbers(param: Param, current: number | null): readonly number[] {
  const start = current ?? 2;
  const least = param.min ?? 0;
  const most = param.max ?? Number.MAX_VALUE;
  const spread = [start * 2, start / 2, start / 50, start + 1, start - 1, start + 0.3, start * 20 + 5, start + 500, 1, 40, 500, 0];
  return spread.map((value) => Math.min(most, Math.max(least, value)));
}

function distributions(): readonly Distribution[] {
  return [
    { type: 'constant', valueMs: 7 },
    { type: 'exponential', meanMs: 31 },
    { type: 'constant', valueMs: 0.5 },
  ];
}

/**
 * Rows for a list that shall have some: each at the defaults of its fields, made different from one another, because a list of equal
 * rows hides what a field does.
 */
export function rowsOf(param: Param, count: number): readonly Values[] {
  const fields: ParamSet = param.fields ?? {};
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, row === 0 ? field.default : varied(field, row)])),
  );
}

function varied(field: Param, row: number): unknown {
  switch (field.type) {
    case 'text':
      return `${String(field.default)} ${row + 1}`;
    case 'choice':
      return field.choices?.[row % field.choices.length]?.value ?? field.default;
    case 'duration':
    case 'count':
    case 'size':
      return Math.min(field.max ?? Number.MAX_VALUE, Number(field.default) + row);
    default:
      return field.default;
  }
}

/**
 * Values with which a parameter matters: whatever its conditions name is set so. `variant` 1 also raises counts and moves chances off
 * 0 and 1, for parameters that show only beside others (a spread over replicas, what a loss costs); 2 lowers counts to their least, for
 * those that show only where there is little of something (a queue limit).
 */
export function mattering(params: ParamSet, key: string, variant: 0 | 1 | 2): Values {
  const values: Record<string, unknown> = { ...defaultsOf(params) };
  for (const [name, param] of Object.entries(params)) {
    if (param.type === 'list' && Array.isArray(param.default)) values[name] = rowsOf(param, Math.min(param.maxRows ?? ROWS, ROWS));
    if (variant === 2 && param.type === 'count' && typeof param.default === 'number') values[name] = param.min ?? param.default;
    if (variant === 1 && param.type === 'count' && typeof param.default === 'number') values[name] = Math.min(param.max ?? 3, param.default + 2);
    if (variant === 1 && param.type === 'probability' && (param.default === 0 || param.default === 1)) values[name] = param.default === 0 ? 0.3 : 0.6;
  }
  const conditions = params[key]?.when;
  const list: readonly ParamCondition[] = conditions === undefined ? [] : Array.isArray(conditions) ? conditions : [conditions as ParamCondition];
  for (const condition of list) {
    if (condition.param === undefined) continue;
    const wanted = condition.is?.[0];
    values[condition.param] = wanted === 'set' ? 1 : wanted;
  }
  for (const [name, value] of Object.entries(BESIDE[key] ?? {})) if (name in params) values[name] = value;
  return values;
}
