import { createStore } from 'zustand/vanilla';

/** A request that somebody has asked to see: the slowest that ended about an instant, the one with about a latency, or one that failed for a reason. */
export type TraceWish =
  | { readonly type: 'at'; readonly simulatedMs: number }
  | { readonly type: 'near'; readonly latencyMs: number }
  | { readonly type: 'failed'; readonly reason: string };

/** The latest wish that has not been met; the page of traces meets it, tracing first where need be. */
export const wishStore = createStore<{ readonly wish: TraceWish | null }>()(() => ({ wish: null }));
