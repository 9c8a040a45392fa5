import type { Core } from './core';

/** Rate limits of stations. */
export interface Limiter {
  /** ns until a request that arrives now may go on, and takes its place; Infinity: it is refused. */
  delay(node: number): number;
  reset(): void;
}

/** Rounding of instants that are sums of many doubles, ns. */
const SLACK = 1e-6;

/** Builds the rate limits of a plan. */
export function createLimiter(core: Core): Limiter {
  const { plan } = core;
  const { clock } = core.list;
  const count = plan.nodes.length;
  const specs = plan.nodes.map((node) => (node.role === 'station' ? (node.limiter ?? null) : null));
  /**
   * A token bucket by its theoretical arrival time: the instant at which the bucket will be full again. A request may go on as soon
   * as that is at most (depth - 1) tokens away, and moves it by one (the generic cell rate algorithm of ITU-T I.371: the same as
   * counting tokens that accrue without a break).
   */
  const token = Float64Array.from(specs, (spec) => (spec?.type === 'token-bucket' ? 1 / spec.ratePerNs : 0));
  const tolerance = Float64Array.from(specs, (spec) => (spec?.type === 'token-bucket' ? (spec.burst - 1) / spec.ratePerNs : 0));
  const delays = Uint8Array.from(specs, (spec) => (spec?.type === 'token-bucket' && spec.excess === 'delay' ? 1 : 0));
  const full = new Float64Array(count);
  /** A sliding window by the instants of the requests that it let in and that are still in it: rings that grow when they are full. */
  const window = Float64Array.from(specs, (spec) => (spec?.type === 'sliding-window' ? spec.windowNs : 0));
  const most = Int32Array.from(specs, (spec) => (spec?.type === 'sliding-window' ? spec.limit : 0));
  const rings: Float64Array[] = specs.map(() => new Float64Array(0));
  const first = new Int32Array(count);
  const held = new Int32Array(count);

  /** Twice the room, the instants in order from its beginning. */
  const grow = (node: number): Float64Array => {
    const ring = rings[node];
    const larger = new Float64Array(Math.max(16, 2 * ring.length));
    for (let i = 0; i < ring.length; i++) larger[i] = ring[(first[node] + i) % ring.length];
    first[node] = 0;
    rings[node] = larger;
    return larger;
  };
  const fits = (node: number): boolean => {
    const now = clock[0];
    let ring = rings[node];
    while (held[node] > 0 && ring[first[node]] + window[node] <= now) {
      first[node] = first[node] + 1 === ring.length ? 0 : first[node] + 1;
      held[node]--;
    }
    if (held[node] >= most[node]) return false;
    if (held[node] === ring.length) ring = grow(node);
    ring[(first[node] + held[node]) % ring.length] = now;
    held[node]++;
    return true;
  };

  return {
    delay(node) {
      const now = clock[0];
      if (most[node] > 0) return fits(node) ? 0 : Infinity;
      if (token[node] === 0) return 0;
      const wait = Math.max(0, Math.ceil(full[node] - tolerance[node] - now - SLACK));
      if (wait > 0 && delays[node] === 0) return Infinity;
      full[node] = Math.max(full[node], now + wait) + token[node];
      return wait;
    },
    reset() {
      full.fill(0);
      first.fill(0);
      held.fill(0);
    },
  };
}
