import type { Core } from './core';
import * as M from './kernel/memory-map';
import { createPrograms } from './programs';
import { createStages, type StageSteps } from './stages';

/** What a request does at a station after service: calls to other parts, then a hand-over or a reply. The kernel does it, but for calls by stages. */
export interface Calls {
  /** OP_GUARD of a request that calls by stages: it may send the next call, or a pause is over. */
  due(frame: number): void;
  reset(): void;
}

/** Builds the programs of all stations. */
export function createCalls(core: Core, { prepare, send, letGo }: Omit<StageSteps, 'done'>): Calls {
  const { plan, kernel } = core;
  const { complete } = kernel.call;
  const stages = createStages(core, createPrograms(core), {
    prepare,
    send,
    letGo,
    done: complete,
  });
  const failureShare = kernel.float64From(
    M.P_FAILURE_SHARE,
    plan.nodes.map((node) => (node.role === 'station' ? (node.failureShare ?? 0) : 0)),
  );
  kernel.int32From(
    M.P_FAILURE_STREAM,
    plan.nodes.map((node, index) =>
      node.role === 'station' && failureShare[index] > 0
        ? core.variates.add(`${plan.components[node.component]?.id}#${node.instance}/failure`, { type: 'unit' })
        : -1,
    ),
  );
  kernel.outside.stageBegin = stages.begin;
  kernel.outside.stageAnswered = stages.answered;
  kernel.outside.letGo = letGo;
  return { due: stages.due, reset: stages.reset };
}
