import type { StationNode } from '../../engine/plan';
import { growthFactor, scaledSampler } from '../growth';
import type { LoweringContext } from '../lowering';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { Machine } from '../machine';
import { capacityOf, effectiveServers, machineOf } from '../machine-params';
import type { ParamValues } from '../params';
import { LINE_DISCIPLINES, type limiterParams } from './protection-params';
import { mostReplicas, scalingOf } from './scaling-behaviour';
import type { serviceParams } from './service-params';

type ServiceValues = ParamValues<typeof serviceParams>;

/** Disciplines that interrupt service or share servers cannot keep a server for a request that is calling, or let servers go off. */
function hasLine({ discipline }: ServiceValues): boolean {
  return (LINE_DISCIPLINES as readonly string[]).includes(discipline);
}

/** How a replica works on several requests at once: its own way only where there is a line. */
export function concurrencyOf(values: ServiceValues): ServiceValues['concurrency'] {
  return hasLine(values) ? values.concurrency : 'servers';
}

/** Cores that a replica can use of those it has. */
export function usableCores(values: ServiceValues, cores: number): number {
  const model = concurrencyOf(values);
  return model === 'event-loop' || model === 'actor' ? 1 : cores;
}

/** Servers of one replica, as many as do its work without contention: what the check for overload counts with. */
export function usableServers(values: ServiceValues, ladder: readonly Machine[]): number {
  const { cores } = capacityOf(values, values.servers, machineOf(values, ladder));
  const used = usableCores(values, cores);
  return effectiveServers(values, concurrencyOf(values) === 'threads' ? Math.min(used, values.threads) : used);
}

/** What service times are multiplied by on the machine and with the data that there are. */
export function timeFactor(values: ServiceValues, ladder: readonly Machine[]): number {
  return growthFactor(values) / capacityOf(values, values.servers, machineOf(values, ladder)).speed;
}

const ns = (ms: number): number => Math.floor(ms * NS_PER_MS + 0.5);

/** The rate limiter of a station, where there is one. */
export function limiterOf(values: ParamValues<typeof limiterParams>): Pick<StationNode, 'limiter'> {
  switch (values.limiter) {
    case 'off':
      return {};
    case 'token-bucket':
      return { limiter: { type: 'token-bucket', ratePerNs: values.limitPerS / 1e9, burst: values.limitBurst, excess: values.limitExcess } };
    case 'sliding-window':
      return { limiter: { type: 'sliding-window', limit: values.windowRequests, windowNs: ns(values.windowMs) } };
  }
}

function sheddingOf(values: ServiceValues): Pick<StationNode, 'shedding'> {
  if (values.shedding === 'priority') return { shedding: { type: 'priority', queue: values.shedFrom, level: values.shedLevel } };
  if (values.shedding === 'codel' && hasLine(values))
    return { shedding: { type: 'codel', target: ns(values.codelTargetMs), interval: ns(values.codelIntervalMs) } };
  return {};
}

function elasticityOf(values: ServiceValues): Pick<StationNode, 'elastic'> {
  const { contention, coherency, threads } = values;
  const model = concurrencyOf(values);
  if (model === 'threads') return { elastic: { threads, speed: 1, contention, coherency } };
  if (contention === 0 && coherency === 0) return {};
  return { elastic: { threads: values.discipline === 'processor-sharing' ? Infinity : null, speed: 1, contention, coherency } };
}

/** Each replica becomes a station with a queue of its own. */
export function lowerService(values: ServiceValues, context: LoweringContext): void {
  context.setSpread(values.spread);
  const machine = context.machine(values.machine);
  const { cores, speed } = capacityOf(values, values.servers, machine);
  context.describe({ ...scalingOf(values), ...(machine === null ? {} : { pricePerHour: machine.pricePerHour }), required: values.required });
  const factor = growthFactor(values) / speed;
  const model = concurrencyOf(values);
  const outgoing = context.outgoing.map(({ link, values: { mode, probability } }) => ({ link, mode, probability }));
  const rows = new Map(values.perOperation.map((row, index) => [row.operation, index + 1]));
  const station = {
    servers: usableCores(values, cores),
    machineSpeed: speed,
    discipline: values.discipline,
    queueLimit: values.queueLimit ?? Infinity,
    demands: [values.serviceTime, ...values.perOperation.map((row) => row.serviceTime)].map((time) => scaledSampler(samplerOf(time), factor)),
    demandOf: context.operations.map((operation) => rows.get(operation.name) ?? 0),
    calls: outgoing.filter(({ mode, probability }) => mode === 'call' && probability > 0),
    forwards: outgoing.filter(({ mode, probability }) => mode === 'forward' && probability > 0),
    parallel: values.calls === 'parallel',
    waitFor: values.waitFor ?? Infinity,
    holdsServer: model === 'servers' ? values.whileCalling === 'hold' && hasLine(values) : model !== 'event-loop',
    failureShare: values.failureShare,
    ...(values.patience === null || values.discipline === 'processor-sharing' ? {} : { patience: samplerOf(values.patience) }),
    ...elasticityOf(values),
    ...limiterOf(values),
    ...sheddingOf(values),
    ...(values.onDemand && hasLine(values) && model === 'servers'
      ? { onDemand: { startUp: samplerOf(values.coldStart), keepAlive: ns(values.keepAliveMs) } }
      : {}),
  };
  for (let instance = 0; instance < mostReplicas(values); instance++) context.addStation({ ...station, instance });
}
