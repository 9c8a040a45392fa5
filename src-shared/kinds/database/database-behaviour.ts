import type { LoweringContext } from '../lowering';
import { samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import type { databaseParams } from './database-params';

/** A database becomes one station whose servers are its connections. */
export function lowerDatabase(values: ParamValues<typeof databaseParams>, context: LoweringContext): void {
  context.addStation({
    instance: 0,
    servers: values.connections,
    discipline: 'fifo',
    queueLimit: values.queueLimit ?? Infinity,
    demands: [samplerOf(values.readTime), samplerOf(values.writeTime)],
    demandOf: context.operations.map((operation) => (operation.write ? 1 : 0)),
    calls: [],
    forwards: [],
    parallel: false,
    waitFor: Infinity,
    holdsServer: false,
  });
}
