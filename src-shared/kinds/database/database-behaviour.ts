import { growthFactor, scaledSampler } from '../growth';
import type { LoweringContext } from '../lowering';
import { samplerOf } from '../lowering';
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

/** A database becomes one station whose servers are its connections, or the cores of its machine that its connections share. */
export function lowerDatabase(values: DatabaseValues, context: LoweringContext): void {
  const machine = context.machine(values.machine);
  const { cores, speed } = capacityOf(values, values.connections, machine);
  const { contention, coherency } = values;
  if (machine !== null) context.describe({ pricePerHour: machine.pricePerHour });
  const factor = growthFactor(values) / speed;
  const plain = machine === null && contention === 0 && coherency === 0;
  context.addStation({
    instance: 0,
    servers: cores,
    machineSpeed: speed,
    discipline: 'fifo',
    queueLimit: values.queueLimit ?? Infinity,
    demands: [values.readTime, values.writeTime].map((time) => scaledSampler(samplerOf(time), factor)),
    demandOf: context.operations.map((operation) => (operation.write ? 1 : 0)),
    calls: [],
    forwards: [],
    parallel: false,
    waitFor: Infinity,
    holdsServer: false,
    failureShare: values.failureShare,
    ...(values.patience === null ? {} : { patience: samplerOf(values.patience) }),
    ...(plain ? {} : { elastic: { threads: values.connections, speed: 1, contention, coherency } }),
    ...limiterOf(values),
  });
}
