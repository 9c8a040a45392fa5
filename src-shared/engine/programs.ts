import type { Core } from './core';

/** What stations do after service, flattened: calls of node n stand at callBase[n] .. callBase[n + 1], forwards likewise. */
export interface Programs {
  readonly callBase: Int32Array;
  readonly callLinks: Int32Array;
  readonly callShares: Float64Array;
  /** Stream that decides whether a call is made; -1: always. */
  readonly callStreams: Int32Array;
  readonly forwardBase: Int32Array;
  readonly forwardLinks: Int32Array;
  readonly forwardShares: Float64Array;
  /** Stream of each node that decides between its forwards; -1: it has none. */
  readonly forwardStream: Int32Array;
  /** Replies that each node waits for when it calls in parallel. */
  readonly waitFor: Float64Array;
}

/** Reads the programs of all stations of a plan and names their streams. */
export function createPrograms(core: Core): Programs {
  const { plan } = core;
  const callBase = new Int32Array(plan.nodes.length + 1);
  const forwardBase = new Int32Array(plan.nodes.length + 1);
  const forwardStream = new Int32Array(plan.nodes.length).fill(-1);
  const waitFor = new Float64Array(plan.nodes.length);
  const calls: { link: number; probability: number; stream: number }[] = [];
  const forwards: { link: number; probability: number }[] = [];
  for (const [index, node] of plan.nodes.entries()) {
    if (node.role === 'station') {
      const name = `${plan.components[node.component]?.id}#${node.instance}`;
      waitFor[index] = node.waitFor;
      for (const { link, probability } of node.calls)
        calls.push({ link, probability, stream: probability < 1 ? core.variates.add(`${name}/call-${plan.links[link]?.id}`, { type: 'unit' }) : -1 });
      if (node.forwards.length > 0) forwardStream[index] = core.variates.add(`${name}/forward`, { type: 'unit' });
      forwards.push(...node.forwards);
    }
    callBase[index + 1] = calls.length;
    forwardBase[index + 1] = forwards.length;
  }
  return {
    callBase,
    callLinks: Int32Array.from(calls, ({ link }) => link),
    callShares: Float64Array.from(calls, ({ probability }) => probability),
    callStreams: Int32Array.from(calls, ({ stream }) => stream),
    forwardBase,
    forwardLinks: Int32Array.from(forwards, ({ link }) => link),
    forwardShares: Float64Array.from(forwards, ({ probability }) => probability),
    forwardStream,
    waitFor,
  };
}
