import type { LoweringContext } from '../lowering';
import { samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import { mostReplicas, scalingOf } from './scaling-behaviour';
import type { serviceParams } from './service-params';

/** Disciplines that interrupt service or share servers cannot keep a server for a request that is calling. */
const HOLDING = ['fifo', 'lifo', 'priority', 'shortest-job'];

/** Each replica becomes a station with a queue of its own. */
export function lowerService(values: ParamValues<typeof serviceParams>, context: LoweringContext): void {
  context.setSpread(values.spread);
  context.describe(scalingOf(values));
  const outgoing = context.outgoing.map(({ link, values: { mode, probability } }) => ({ link, mode, probability }));
  const rows = new Map(values.perOperation.map((row, index) => [row.operation, index + 1]));
  const station = {
    servers: values.servers,
    discipline: values.discipline,
    queueLimit: values.queueLimit ?? Infinity,
    demands: [samplerOf(values.serviceTime), ...values.perOperation.map((row) => samplerOf(row.serviceTime))],
    demandOf: context.operations.map((operation) => rows.get(operation.name) ?? 0),
    calls: outgoing.filter(({ mode, probability }) => mode === 'call' && probability > 0),
    forwards: outgoing.filter(({ mode, probability }) => mode === 'forward' && probability > 0),
    parallel: values.calls === 'parallel',
    waitFor: values.waitFor ?? Infinity,
    holdsServer: values.whileCalling === 'hold' && HOLDING.includes(values.discipline),
  };
  for (let instance = 0; instance < mostReplicas(values); instance++) context.addStation({ ...station, instance });
}
