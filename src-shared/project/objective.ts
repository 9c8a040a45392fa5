import { z } from 'zod';

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens, 1 to 64 of them');
const share = z.number().min(0).max(1);
const dollars = z.number().min(0).max(1e12);

/** Percentiles that a run measures, and so an objective can be about. */
export const OBJECTIVE_PERCENTILES = [50, 95, 99, 99.9] as const;

/** Percentiles of the age of stale reads that a run measures. */
export const STALENESS_PERCENTILES = [50, 99] as const;

/** Demands about copies of data: where nothing has any they cannot be judged. */
export const isAboutCopies = (demand: Demand): boolean => isAboutReads(demand) || isAboutLoss(demand.type);
/** Demands about what reads of copies show: what they count are reads, or requests that make some. */
export const isAboutReads = ({ type }: Demand): boolean => type === 'stale-share' || type === 'staleness';
/** Demands about what failovers lose: of databases, not of single operations. */
export const isAboutLoss = (type: Demand['type']): boolean => type === 'recovery-point' || type === 'lost-writes';

/** What an objective is about: the requests as clients see them, one operation of one client, or one component. */
export const objectiveScopeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('end-to-end') }),
  /** `component` is the client that asks for the operation. */
  z.strictObject({ type: z.literal('operation'), component: idSchema, operation: z.string().min(1).max(120) }),
  z.strictObject({ type: z.literal('component'), component: idSchema }),
]);
export type ObjectiveScope = z.infer<typeof objectiveScopeSchema>;

/** What is demanded. Shares are 0..1, prices in USD, latencies in ms. */
export const demandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('latency'),
    percentile: z.union(OBJECTIVE_PERCENTILES.map((value) => z.literal(value))),
    atMostMs: z.number().positive().max(8.64e9),
  }),
  /** Of requests: the share that ended well. Of a component that serves: the share of the time in which it could. */
  z.strictObject({ type: z.literal('availability'), atLeast: share }),
  z.strictObject({ type: z.literal('error-share'), atMost: share }),
  z.strictObject({ type: z.literal('cost-per-hour'), atMost: dollars }),
  z.strictObject({ type: z.literal('cost-per-million'), atMost: dollars }),
  /**
   * From the beginning of a fault to the first window in which the service is good again: at most `errorShare` of the requests that ended
   * in it failed and, where `p95Ms` is given, 95 of 100 took at most that long. Windows are as long as `windowMs`, else as a point of the run.
   */
  z.strictObject({
    type: z.literal('recovery-time'),
    atMostMs: z.number().positive().max(8.64e9),
    errorShare: share,
    p95Ms: z.number().positive().max(8.64e9).optional(),
  }),
  /** Of reads of databases with copies, or of requests that make some: the share that was stale. */
  z.strictObject({ type: z.literal('stale-share'), atMost: share }),
  /** Of stale reads: how long before the first write that they did not show had been acknowledged. */
  z.strictObject({
    type: z.literal('staleness'),
    percentile: z.union(STALENESS_PERCENTILES.map((value) => z.literal(value))),
    atMostMs: z.number().positive().max(8.64e9),
  }),
  /** RPO: the longest stretch of acknowledged writes that a failover lost. */
  z.strictObject({ type: z.literal('recovery-point'), atMostMs: z.number().min(0).max(8.64e9) }),
  /** Acknowledged writes that failovers lost. */
  z.strictObject({ type: z.literal('lost-writes'), atMost: z.number().min(0).max(1e12) }),
]);
export type Demand = z.infer<typeof demandSchema>;

/** A service level objective: judged after every run, in the summary and by `simulate --check`. */
export const objectiveSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  /** Id of the design that it is about; absent: every design that has what it is about. */
  design: idSchema.optional(),
  scope: objectiveScopeSchema,
  demand: demandSchema,
  /** Length of the windows that it is judged over, in ms of simulated time; absent: over the whole measured run. */
  windowMs: z.number().positive().max(8.64e9).optional(),
  /** Share of the windows that must meet it; absent: all of them. */
  windowShare: share.optional(),
});
export type Objective = z.infer<typeof objectiveSchema>;
export const OBJECTIVE_LIMIT = 200;

/** Whether the points of the series are enough to judge an objective over windows: error shares of requests, latency and staleness end to end, staleness of databases. */
export function hasWindows({ scope, demand }: Pick<Objective, 'scope' | 'demand'>, isClient: (component: string) => boolean): boolean {
  if (scope.type === 'operation') return false;
  switch (demand.type) {
    case 'latency':
      return scope.type === 'end-to-end' && demand.percentile !== 99.9;
    case 'error-share':
    case 'recovery-time':
      return true;
    case 'availability':
    case 'stale-share':
    case 'staleness':
      return scope.type === 'end-to-end' || isClient(scope.component) === (demand.type === 'availability');
    default:
      return false;
  }
}

/** The error budget of a demand about a share of requests or reads: the share of them that may go wrong; null for other demands, and where nothing may. */
export function allowedShare(demand: Demand): number | null {
  const allowed = demand.type === 'availability' ? 1 - demand.atLeast : demand.type === 'error-share' || demand.type === 'stale-share' ? demand.atMost : 0;
  return allowed > 0 ? allowed : null;
}

/** The bound of a demand in its own unit (ms, share or USD), and whether values must stay above it. */
export function boundOf(demand: Demand): { readonly atLeast: boolean; readonly limit: number } {
  if (demand.type === 'availability') return { atLeast: true, limit: demand.atLeast };
  return { atLeast: false, limit: 'atMostMs' in demand ? demand.atMostMs : demand.atMost };
}
