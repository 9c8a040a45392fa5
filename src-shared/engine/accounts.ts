import type { Core } from './core';
import * as M from './kernel/memory-map';
import * as L from './layout';
import type { Observer } from './observer';

/** Counts how requests and calls end: at instances, on links and end to end. */
export interface Accounts {
  /** The request is no longer at the node: counts how it ended there. */
  leave(frame: number, node: number, reason: number): void;
  /** A call has ended on its link. */
  countCall(link: number, reason: number): void;
  /** A request of a source has ended, well or with a reason. */
  endRequest(frame: number, reason: number): void;
}

/** Builds the accounts of an engine. They are kept by the kernel, which asks for what is rare. */
export function createAccounts(core: Core, observer: Observer): Accounts {
  const { plan, times, nodes, kernel } = core;
  const { clock } = core.list;
  /** Whether instances drain, so that somebody waits for their last request to leave. */
  kernel.words[M.DRAINS >> 2] = plan.components.some((component) => component.scaling !== undefined) ? 1 : 0;
  kernel.outside.emptied = (node) => core.controls.at((nodes[node * L.NODE + L.N_EMPTIED] as number) - 1, clock[0]);
  kernel.outside.log = (frame, operation, reason) => {
    const t = frame >> 1;
    observer.log(operation, times[t + L.T_SENT], clock[0], reason, times[t + L.T_ROOT_WAIT], times[t + L.T_ROOT_SERVICE]);
  };
  /** Source node of each operation. */
  kernel.int32From(
    M.P_SOURCE_OF,
    plan.operations.map(({ component }) => plan.components[component]?.firstNode ?? -1),
  );
  const { countLeave, countCall, countRequest } = kernel.call;
  return { leave: countLeave, countCall, endRequest: countRequest };
}
