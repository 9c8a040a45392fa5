import type { Core } from './core';
import * as M from './kernel/memory-map';
import type { Plan, Sampler, Stage, StationCall } from './plan';

/** What stations do after service, flattened: calls of node n stand at callBase[n] .. callBase[n + 1], forwards and stages likewise. */
export interface Programs {
  readonly callBase: Int32Array;
  readonly callLinks: Int32Array;
  readonly callShares: Float64Array;
  /** Stream that decides whether a call is made; -1: always. */
  readonly callStreams: Int32Array;
  /** Stream of the work that each copy of a call carries; -1: what its caller carries. */
  readonly callWork: Int32Array;
  readonly forwardBase: Int32Array;
  readonly forwardLinks: Int32Array;
  readonly forwardShares: Float64Array;
  /** Stream of each node that decides between its forwards; -1: it has none. */
  readonly forwardStream: Int32Array;
  /** Replies that each node waits for when it calls in parallel. */
  readonly waitFor: Float64Array;
  readonly stageBase: Int32Array;
  /** Copies of the calls of stage s in the order in which they are sent: indices of calls at orderBase[s] .. orderBase[s + 1]. */
  readonly orderBase: Int32Array;
  readonly order: Int32Array;
  readonly stageWaitFor: Float64Array;
  readonly stageAtOnce: Float64Array;
  /** ns */
  readonly stageDispatch: Float64Array;
  /** Stream of the pause after a stage; -1: none. */
  readonly stagePause: Int32Array;
  readonly stageRounds: Int32Array;
}

/** Whether requests must count the service that they receive, calls included: for the log of requests, and for jobs, which tell what was done for them. */
export function countsService(plan: Plan): boolean {
  return plan.requestLog > 0 || plan.nodes.some((node) => node.role === 'station' && node.stages !== undefined);
}

/** Reads the programs of all stations of a plan and names their streams. */
export function createPrograms(core: Core): Programs {
  const { plan, kernel } = core;
  const callBase = kernel.int32(M.P_CALL_BASE, plan.nodes.length + 1);
  const forwardBase = kernel.int32(M.P_FORWARD_BASE, plan.nodes.length + 1);
  const stageBase = new Int32Array(plan.nodes.length + 1);
  const forwardStream = kernel.int32(M.P_FORWARD_STREAM, plan.nodes.length).fill(-1);
  const waitFor = kernel.float64(M.P_WAIT_FOR, plan.nodes.length);
  const calls: { link: number; probability: number; stream: number; work: number }[] = [];
  const forwards: { link: number; probability: number }[] = [];
  const stages: { stage: Stage; pause: number; order: readonly number[] }[] = [];
  const add = (name: string, sampler: Sampler): number => core.variates.add(name, sampler);
  for (const [index, node] of plan.nodes.entries()) {
    if (node.role === 'station') {
      const name = `${plan.components[node.component]?.id}#${node.instance}`;
      const first = calls.length;
      waitFor[index] = node.waitFor;
      for (const [place, { link, probability, work }] of node.calls.entries())
        calls.push({
          link,
          probability,
          stream: probability < 1 ? add(`${name}/call-${plan.links[link]?.id}`, { type: 'unit' }) : -1,
          work: work === undefined ? -1 : add(`${name}/work-${place}`, work),
        });
      for (const [number, stage] of (node.stages ?? []).entries()) {
        const order = orderOf(node.calls, number, first);
        stages.push({ stage, pause: stage.pause === null ? -1 : add(`${name}/pause-${number}`, stage.pause), order });
      }
      if (node.forwards.length > 0) forwardStream[index] = add(`${name}/forward`, { type: 'unit' });
      forwards.push(...node.forwards);
    }
    callBase[index + 1] = calls.length;
    forwardBase[index + 1] = forwards.length;
    stageBase[index + 1] = stages.length;
  }
  let sum = 0;
  return {
    callBase,
    callLinks: kernel.int32From(
      M.P_CALL_LINKS,
      calls.map(({ link }) => link),
    ),
    callShares: kernel.float64From(
      M.P_CALL_SHARES,
      calls.map(({ probability }) => probability),
    ),
    callStreams: kernel.int32From(
      M.P_CALL_STREAMS,
      calls.map(({ stream }) => stream),
    ),
    callWork: Int32Array.from(calls, ({ work }) => work),
    forwardBase,
    forwardLinks: kernel.int32From(
      M.P_FORWARD_LINKS,
      forwards.map(({ link }) => link),
    ),
    forwardShares: kernel.float64From(
      M.P_FORWARD_SHARES,
      forwards.map(({ probability }) => probability),
    ),
    forwardStream,
    waitFor,
    stageBase,
    orderBase: Int32Array.from([0, ...stages.map(({ order }) => (sum += order.length))]),
    order: Int32Array.from(stages.flatMap(({ order }) => order)),
    stageWaitFor: Float64Array.from(stages, ({ stage }) => stage.waitFor),
    stageAtOnce: Float64Array.from(stages, ({ stage }) => Math.max(1, stage.atOnce)),
    stageDispatch: Float64Array.from(stages, ({ stage }) => stage.dispatch),
    stagePause: Int32Array.from(stages, ({ pause }) => pause),
    stageRounds: Int32Array.from(stages, ({ stage }) => stage.rounds),
  };
}

/** The copies of the calls of one stage by turns: the first of each call, then the second, so that all links get work from the start. */
function orderOf(calls: readonly StationCall[], stage: number, first: number): number[] {
  const order: number[] = [];
  const members = calls.flatMap((call, place) => ((call.stage ?? 0) === stage ? [{ call: first + place, copies: call.copies ?? 1 }] : []));
  const most = members.reduce((max, { copies }) => Math.max(max, copies), 0);
  for (let turn = 0; turn < most; turn++) for (const { call, copies } of members) if (copies > turn) order.push(call);
  return order;
}
