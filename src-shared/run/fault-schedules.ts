import type { Fault } from '../project/fault';
import { emptyProject, type Project } from '../project/project';
import type { MetricValues, RunResult } from './result';
import { simulate } from './simulate';

/** Small designs with faults for schedules that tests work out on paper; times in ms. */
type Params = Record<string, unknown>;
type Design = Project['designs'][number];
/** A duration that is always the same. */
export const constant = (valueMs: number): { type: 'constant'; valueMs: number } => ({ type: 'constant', valueMs });
/** A link without delay, with what the test adds. */
export const wire = (id: string, from: string, to: string, params: Params = {}): Design['links'][number] => ({
  id,
  from,
  to,
  params: { latency: constant(0), ...params },
});
/** A service with one server that works as long as the request says, with what the test adds. */
export const service = (id: string, params: Params = {}): Design['components'][number] => ({
  id,
  kind: 'service',
  name: id,
  params: { serviceTime: { type: 'request' }, ...params },
});
/** At a time and for a time. */
export const once = (atMs: number, lastsMs: number): Fault['timing'] => ({ type: 'once', atMs, lastsMs });
/** A crash with so long a restart. */
export const crash = (restartMs = 0, silent = false): Fault['effect'] => ({ type: 'crash', silent, restartMs });

let number = 0;
/** A fault with an id of its own. */
export const fault = (target: string, effect: Fault['effect'], timing: Fault['timing'], instance?: number): Fault => ({
  id: `fault-${++number}`,
  name: 'Fault',
  target,
  ...(instance === undefined ? {} : { instance }),
  effect,
  timing,
});

/** A request at an instant that brings so much work. */
export type Arrival = readonly [atMs: number, workMs: number];

/** Runs clients `c` with these parts and faults; the self-checks must hold. Besides the usual machines there is `fast`, one core of twice the speed. */
export function run(
  arrivals: readonly Arrival[] | Params,
  parts: Design['components'],
  links: Design['links'],
  faults: readonly Fault[],
  durationMs = 1000,
  warmUpMs = 0,
): RunResult {
  const empty = emptyProject('Hand-worked');
  const load = Array.isArray(arrivals)
    ? { arrivals: 'trace', trace: (arrivals as readonly Arrival[]).map(([atMs, workMs]) => ({ atMs, workMs, priority: 1 })) }
    : (arrivals as Params);
  const client = { id: 'c', kind: 'client', name: 'c', workload: 'load', params: {} };
  const project: Project = {
    ...empty,
    settings: { ...empty.settings, durationMs, warmUpMs, requestLog: 1000, seriesPoints: 10 },
    machines: [...empty.machines, { id: 'fast', name: 'Fast', vcpus: 1, speed: 2, memoryGb: 4, pricePerHour: 0.1, provenance: 'Invented.' }],
    workloads: [{ id: 'load', name: 'Load', params: load }],
    designs: [{ id: 'd', name: 'D', components: [client, ...parts], links, faults: [...faults], notes: [] }],
  };
  const result = simulate(project, 'd');
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const { conservation, little } = result.value.checks;
  if (!conservation.holds || !little.holds) throw new Error(`The self-checks do not hold: ${JSON.stringify(result.value.checks)}`);
  return result.value;
}

/** Arrival, end and outcome of each request, in the order of arrival. */
export function log(result: RunResult): (readonly [number, number, string])[] {
  return [...result.requests]
    .sort((a, b) => a.arrivalMs - b.arrivalMs)
    .map((row) => [row.arrivalMs, row.endMs, row.outcome === 'completed' ? 'ok' : row.outcome] as const);
}

/** Metrics of a part. */
export const metrics = (result: RunResult, id: string): MetricValues => result.components.find((part) => part.id === id)?.metrics ?? {};
