import type { Replication, Sampler } from '../../engine/plan';
import { growthFactor, scaledSampler } from '../growth';
import type { LoweringContext } from '../lowering';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { Machine } from '../machine';
import { capacityOf, effectiveServers, machineOf } from '../machine-params';
import type { ParamValues } from '../params';
import { limiterOf } from '../service/service-behaviour';
import type { databaseParams } from './database-params';

type DatabaseValues = ParamValues<typeof databaseParams>;

/** Statements that are worked on at once without slowing each other down: what the check for overload counts with. */
export function usableConnections(values: DatabaseValues, ladder: readonly Machine[]): number {
  return effectiveServers(values, Math.min(values.connections, capacityOf(values, values.connections, machineOf(values, ladder)).cores));
}

/** What statement times are multiplied by on the machine and with the data that there are. */
export function timeFactor(values: DatabaseValues, ladder: readonly Machine[]): number {
  return growthFactor(values) / capacityOf(values, values.connections, machineOf(values, ladder)).speed;
}

/** How the copies of a database go together; null where there is one. */
export function replicationOf(values: DatabaseValues): Replication | null {
  if (values.copies < 2) return null;
  const ns = (ms: number): number => Math.floor(ms * NS_PER_MS + 0.5);
  return {
    acknowledge: values.replication,
    readFrom: values.readFrom,
    delay: samplerOf(values.copyDelay),
    applyShare: values.applyShare,
    elects: values.failover === 'automatic',
    heartbeat: Math.max(1, ns(values.heartbeatMs)),
    timeout: Math.max(1, ns(values.failureTimeoutMs)),
    timeoutSpread: ns(values.timeoutSpreadMs),
    failureShare: values.failureShare,
  };
}

/** A copy of a database becomes a station whose servers are its connections, or the cores of its machine that its connections share. */
export function lowerDatabase(values: DatabaseValues, context: LoweringContext): void {
  const machine = context.machine(values.machine);
  const { cores, speed } = capacityOf(values, values.connections, machine);
  const { contention, coherency } = values;
  const replication = replicationOf(values);
  if (machine !== null) context.describe({ pricePerHour: machine.pricePerHour });
  if (replication !== null) context.describe({ replication });
  const factor = growthFactor(values) / speed;
  const plain = machine === null && contention === 0 && coherency === 0;
  const demands: Sampler[] = [values.readTime, values.writeTime].map((time) => scaledSampler(samplerOf(time), factor));
  const demandOf = context.operations.map((operation) => (operation.write ? 1 : 0));
  const station = {
    servers: cores,
    machineSpeed: speed,
    discipline: 'fifo' as const,
    queueLimit: values.queueLimit ?? Infinity,
    demands: replication === null ? demands : [...demands, { type: 'work' as const }],
    demandOf: replication === null ? demandOf : [...demandOf, 2],
    calls: [],
    forwards: [],
    parallel: false,
    waitFor: Infinity,
    // A write that waits for other copies keeps its connection.
    holdsServer: replication !== null && replication.acknowledge !== 'asynchronous',
    failureShare: replication === null ? values.failureShare : 0,
    ...(values.patience === null ? {} : { patience: samplerOf(values.patience) }),
    ...(plain ? {} : { elastic: { threads: values.connections, speed: 1, contention, coherency } }),
    ...limiterOf(values),
    ...(replication === null ? {} : { copy: true as const }),
  };
  for (let instance = 0; instance < values.copies; instance++) context.addStation({ ...station, instance });
}
