import type { Arrivals, RatePiece } from '../../engine/plan';
import type { LoweringContext } from '../lowering';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import type { clientParams } from './client-params';

type ClientValues = ParamValues<typeof clientParams>;

const NS_PER_S = 1e9;

/** Pieces of constant or straight rate (per ns), from time 0 on, for the shapes that are made of them. */
function ratePieces(values: ClientValues): RatePiece[] {
  const base = values.ratePerS / NS_PER_S;
  const flat = (from: number, to: number, rate: number): RatePiece => ({ from, to, startRate: rate, endRate: rate });
  if (values.shape === 'ramp') {
    const start = values.rampStartMs * NS_PER_MS;
    const end = start + values.rampDurationMs * NS_PER_MS;
    const top = values.rampToPerS / NS_PER_S;
    return [flat(0, start, base), { from: start, to: end, startRate: base, endRate: top }, flat(end, Infinity, top)];
  }
  const start = values.spikeStartMs * NS_PER_MS;
  const end = start + values.spikeDurationMs * NS_PER_MS;
  return [flat(0, start, base), flat(start, end, values.spikePerS / NS_PER_S), flat(end, Infinity, base)];
}

function arrivalsOf(values: ClientValues): Arrivals {
  switch (values.arrivals) {
    case 'closed':
      return { type: 'closed', users: values.users, think: samplerOf(values.thinkTime) };
    case 'renewal':
      return { type: 'renewal', gap: samplerOf(values.interarrival) };
    case 'trace':
      return {
        type: 'trace',
        at: Float64Array.from(values.trace, (row) => Math.floor(row.atMs * NS_PER_MS + 0.5)),
        work: Float64Array.from(values.trace, (row) => Math.floor(row.workMs * NS_PER_MS + 0.5)),
        priority: Int32Array.from(values.trace, (row) => row.priority),
      };
    default: {
      const poisson = values.arrivals === 'poisson';
      if (values.shape === 'wave')
        return { type: 'wave', poisson, rate: values.ratePerS / NS_PER_S, amplitude: values.waveAmplitude, period: values.wavePeriodMs * NS_PER_MS };
      if (values.shape !== 'constant') return { type: 'pieces', poisson, pieces: ratePieces(values) };
      const interval = NS_PER_S / values.ratePerS;
      return poisson ? { type: 'renewal', gap: { type: 'exponential', mean: interval } } : { type: 'even', interval };
    }
  }
}

/** A population becomes one source and its operations. */
export function lowerClient(values: ClientValues, context: LoweringContext): void {
  const operations = values.operations.map((operation) =>
    context.addOperation({
      name: operation.name,
      write: operation.type === 'write',
      requestBytes: operation.requestBytes,
      responseBytes: operation.responseBytes,
      priority: operation.priority,
      items: operation.items,
      itemSkew: operation.itemSkew,
    }),
  );
  // A trace says what each request is; every row takes the first operation.
  const weights = values.operations.map((operation, index) => (values.arrivals === 'trace' ? (index === 0 ? 1 : 0) : operation.weight));
  const used = operations.map((operation, index) => ({ operation, weight: weights[index] ?? 0 })).filter(({ weight }) => weight > 0);
  const single = context.outgoing.length === 1;
  const ways = context.outgoing.map(({ link, values: { weight } }) => ({ link, weight: single ? 1 : weight })).filter(({ weight }) => weight > 0);
  if (values.sessions !== null) context.describe({ sessions: values.sessions });
  context.addSource({
    arrivals: arrivalsOf(values),
    start: values.startMs * NS_PER_MS,
    stop: values.stopMs === null ? Infinity : values.stopMs * NS_PER_MS,
    operations: used.map(({ operation }) => operation),
    weights: used.map(({ weight }) => weight),
    links: ways.map(({ link }) => link),
    linkWeights: ways.map(({ weight }) => weight),
  });
}
