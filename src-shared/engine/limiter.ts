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
  /** A sliding window by the instants of the latest requests that it let in, in a ring. */
  const window = Float64Array.from(specs, (spec) => (spec?.type === 'sliding-window' ? spec.windowNs : 0));
  const rings = specs.map((spec) => (spec?.type === 'sliding-window' ? new Float64Array(spec.limit) : null));
  const cursor = new Int32Array(count);

  return {
    delay(node) {
      const now = clock[0];
      const ring = rings[node];
      if (ring !== null) {
        const oldest = ring[cursor[node]];
        if (oldest + window[node] > now) return Infinity;
        ring[cursor[node]] = now;
        cursor[node] = cursor[node] + 1 === ring.length ? 0 : cursor[node] + 1;
        return 0;
      }
      if (token[node] === 0) return 0;
      const wait = Math.max(0, Math.ceil(full[node] - tolerance[node] - now - SLACK));
      if (wait > 0 && delays[node] === 0) return Infinity;
      full[node] = Math.max(full[node], now + wait) + token[node];
      return wait;
    },
    reset() {
      full.fill(0);
      cursor.fill(0);
      for (const ring of rings) ring?.fill(-Infinity);
    },
  };
}
