import { createBackoffs } from './backoff';
import { createBreakers, PROBE, REFUSED } from './breaker';
import type { Core } from './core';
import { createHedgeDelays } from './hedge-delay';
import * as L from './layout';
import { createRetryBudgets } from './retry-budget';
import type { Routers } from './routers';

/**
 * Guarded calls: what a caller does about a call that fails or is slow. The call frame itself becomes the guard (STATE_GUARD, at
 * the pseudo-node `plan.nodes.length`); its attempts are calls of which it is the parent. Rules: SPEC.md, "Guarded calls".
 */
export interface Guards {
  /** A call is about to be put on a link with a policy. */
  start(frame: number, link: number): void;
  /** An attempt of a guarded call is settled; `tag` is the attempt's, `sent` when it was made (ns). */
  settled(guard: number, reason: number, tag: number, sent: number): void;
  /** OP_GUARD: the wait before a retry, or before a hedge, is over. */
  due(guard: number): void;
  /** OP_TIMEOUT of a guard: the deadline of the whole call has come. */
  expire(guard: number): void;
  /** The caller has gone: drops what the guard was waiting for. Its attempts are called back by others. */
  forget(guard: number): void;
  reset(): void;
}

/** What guards need of the life of requests. */
export interface GuardSteps {
  /** Prepares an attempt whose parent is the guard. */
  prepare(parent: number, link: number, target: number, tag: number): number;
  /** Puts an attempt on its link, whatever the policy of the link. */
  dispatch(frame: number, link: number): void;
  /** Tells the caller of a guarded call its outcome, and gives the guard's frame back. */
  conclude(frame: number, reason: number): void;
  /** Counts an attempt that is under way as ended with a reason and cuts it loose; its work goes on. Returns its link. */
  giveUp(frame: number, reason: number): number;
  /** Calls back an attempt that was given up, with everything that is under way for it. */
  cancel(frame: number): void;
}

// Fields of a guard's record: a guard is at no station, so that those of a station's program are free.
const G_TRIES = L.C_STEP; // attempts so far, the first included, copies not counted
const G_UNDER_WAY = L.C_PENDING; // attempts, copies included, not yet settled
const G_WAITS = L.C_NEED; // what the guard's own event is: one of the three below
const G_COPIES = L.C_HOPS; // attempts sent since the last failure
const G_HEDGED = L.C_NEXT; // 1: a further copy has been sent
const G_ROUTER = L.C_PREVIOUS; // router whose request the call is; -1: none
const T_BACKOFF = L.T_DEMAND; // undisturbed wait before the next retry, ns
const T_TRIED = L.T_ARRIVED; // instant of the latest attempt that was not a copy
const WAITS_NOT = 0;
const WAITS_TO_RETRY = 1;
const WAITS_TO_HEDGE = 2;

// An attempt's tag: whether it is a further copy, whether it is a probe, and the router's target, if there is one.
const TAG_COPY = 1;
const TAG_PROBE = 2;
const TAG_TARGET = 2; // bits below the target
const NO_TARGET = -1;

/** Choices of a router that a retry asks for, to get another target than the one that failed, as Envoy's retry host predicate does. */
const CHOICES = 4;

/** Builds the guards of a plan. */
export function createGuards(core: Core, routers: Routers, { prepare, dispatch, conclude, giveUp, cancel }: GuardSteps): Guards {
  const { plan, records, times, nodes, links } = core;
  const { clock, insert, remove } = core.list;
  const policies = plan.links.map((link) => link.policy);
  const pseudoNode = plan.nodes.length;
  const deadline = Float64Array.from(policies, (policy) => policy?.deadline ?? Infinity);
  const maxTries = Float64Array.from(policies, (policy) => policy?.maxAttempts ?? 1);
  const maxCopies = Int32Array.from(policies, (policy) => policy?.hedge?.maxCopies ?? 1);
  const cancelsLosers = Uint8Array.from(plan.links, (link) => (link.cancels === true || link.policy?.hedge?.cancel === true ? 1 : 0));
  const cancels = Uint8Array.from(plan.links, (link) => (link.cancels === true ? 1 : 0));
  const propagates = Uint8Array.from(plan.links, (link) => (link.propagatesDeadline === true ? 1 : 0));
  const bulkhead = Float64Array.from(policies, (policy) => policy?.bulkhead ?? Infinity);
  const fallback = Uint8Array.from(policies, (policy) => (policy?.fallback === true ? 1 : 0));
  /** Whether a link retries after a reason: index link * REASONS + reason. */
  const retries = new Uint8Array(plan.links.length * L.REASONS);
  for (const [link, policy] of policies.entries()) for (const reason of policy?.retryOn ?? []) retries[link * L.REASONS + reason] = 1;
  const breakers = createBreakers(core);
  const budgets = createRetryBudgets(plan);
  const backoffs = createBackoffs(core);
  const hedgeDelays = createHedgeDelays(plan);
  /** Guarded calls of each link that have not ended. */
  const underWay = new Int32Array(plan.links.length);

  /** Link that an attempt took. */
  const linkOf = (guard: number, tag: number): number => {
    const target = tag >> TAG_TARGET;
    return target === NO_TARGET ? records[guard + L.C_LINK] : routers.targetLink(records[guard + G_ROUTER], target);
  };

  /** Tells the router and the breaker how an attempt has ended. */
  const account = (guard: number, tag: number, reason: number, sent: number): void => {
    const target = tag >> TAG_TARGET;
    if (breakers !== null) breakers.record(linkOf(guard, tag), (tag & TAG_PROBE) !== 0, reason, sent);
    if (target !== NO_TARGET) routers.answered(records[guard + G_ROUTER], target, reason, sent);
  };

  /** Takes back the guard's own event. */
  const dropWait = (guard: number): void => {
    if (records[guard + G_WAITS] === WAITS_NOT) return;
    if (records[guard + G_WAITS] === WAITS_TO_RETRY) countBackoff(guard, -1);
    records[guard + G_WAITS] = WAITS_NOT;
    remove(guard);
  };

  const countBackoff = (guard: number, change: number): void => {
    const l = records[guard + L.C_LINK] * L.LINK_STATS;
    links[l + L.L_BACKING_OFF] += change;
    links[l + L.L_BACKOFF_AREA] -= change * clock[0];
  };

  /** Makes the guard's own event pending `delay` ns from now. */
  const schedule = (guard: number, delay: number, what: number): void => {
    records[guard + G_WAITS] = what;
    times[(guard >> 1) + L.T_TIME] = clock[0] + delay;
    insert(guard, L.OP_GUARD);
  };

  /** Whether the guard's caller still waits for it. */
  const isAwaited = (guard: number): boolean => {
    const parent = records[guard + L.C_PARENT];
    return parent === L.PARENT_SOURCE || (parent >= 0 && records[parent + L.C_AGE] === records[guard + L.C_PARENT_AGE]);
  };

  /** Sends an attempt over a link that has let it pass. The last step of whoever calls it: it may come back, and end the guard, at once. */
  const sendAttempt = (guard: number, link: number, instance: number, tag: number): void => {
    const own = records[guard + L.C_LINK];
    links[own * L.LINK_STATS + L.L_ATTEMPTS]++;
    records[guard + G_UNDER_WAY]++;
    if (++records[guard + G_COPIES] < maxCopies[own]) schedule(guard, hedgeDelays.delay(own), WAITS_TO_HEDGE);
    dispatch(prepare(guard, link, instance, tag), link);
  };

  /** Makes an attempt, the first or a further one, at a target that the router (if any) has been told of. */
  const attempt = (guard: number, link: number, instance: number, target: number): void => {
    const own = records[guard + L.C_LINK] * L.LINK_STATS;
    const first = records[guard + G_TRIES]++ === 0;
    records[guard + G_COPIES] = 0;
    times[(guard >> 1) + T_TRIED] = clock[0];
    const permit = breakers === null ? 1 : breakers.permit(link);
    if (permit === REFUSED) {
      if (target !== NO_TARGET) routers.answered(records[guard + G_ROUTER], target, L.REASON_CANCELLED, clock[0]);
      if (first) links[own + L.L_REJECTED]++;
      // An open breaker ends retries as well.
      end(guard, L.REASON_BREAKER_OPEN);
      return;
    }
    if (!first) links[own + L.L_RETRIES]++;
    sendAttempt(guard, link, instance, (target << TAG_TARGET) | (permit === PROBE ? TAG_PROBE : 0));
  };

  /** Target of a router for a further attempt, another than `not` if the router names one within a few choices. */
  const chooseAnother = (guard: number, not: number): number => {
    const router = records[guard + G_ROUTER];
    let target = NO_TARGET;
    for (let choice = 0; choice < CHOICES; choice++) {
      target = routers.choose(router, records[guard + L.C_PARENT]);
      if (target !== not) return target;
    }
    return target;
  };

  const retry = (guard: number): void => {
    if (records[guard + G_ROUTER] < 0) {
      attempt(guard, records[guard + L.C_LINK], -1, NO_TARGET);
      return;
    }
    const target = chooseAnother(guard, records[guard + L.C_TAG]);
    if (target < 0) {
      end(guard, records[guard + L.C_REASON]);
      return;
    }
    const router = records[guard + G_ROUTER];
    records[guard + L.C_TAG] = target;
    routers.sent(router, target);
    attempt(guard, routers.targetLink(router, target), routers.targetNode(router, target), target);
  };

  /** Sends a further copy beside those under way. */
  const hedge = (guard: number): void => {
    const own = records[guard + L.C_LINK];
    const router = records[guard + G_ROUTER];
    const target = router < 0 ? NO_TARGET : chooseAnother(guard, records[guard + L.C_TAG]);
    // A router without a target for it: the copies under way are all that there will be.
    if (router >= 0 && target < 0) return;
    const link = router < 0 ? own : routers.targetLink(router, target);
    const permit = breakers === null ? 1 : breakers.permit(link);
    if (permit === REFUSED) return;
    if (router >= 0) routers.sent(router, target);
    const l = own * L.LINK_STATS;
    links[l + L.L_HEDGES]++;
    if (records[guard + G_HEDGED] === 0) links[l + L.L_HEDGED]++;
    records[guard + G_HEDGED] = 1;
    const instance = router < 0 ? -1 : routers.targetNode(router, target);
    sendAttempt(guard, link, instance, (target << TAG_TARGET) | TAG_COPY | (permit === PROBE ? TAG_PROBE : 0));
  };

  /** All attempts under way have failed: waits and tries again, or gives the call up. */
  const failed = (guard: number, reason: number): void => {
    const link = records[guard + L.C_LINK];
    if (records[guard + G_TRIES] >= maxTries[link] || retries[link * L.REASONS + reason] === 0 || !isAwaited(guard)) {
      end(guard, reason);
      return;
    }
    const g = guard >> 1;
    const grown = times[g + T_BACKOFF];
    const delay = backoffs.wait(link, grown);
    const at = clock[0] + delay;
    if (at >= times[g + L.T_SENT] + deadline[link] || (core.dated && at >= times[g + L.T_DEADLINE]) || !budgets.spend(link)) {
      end(guard, reason);
      return;
    }
    times[g + T_BACKOFF] = backoffs.next(link, grown);
    if (delay === 0) retry(guard);
    else {
      countBackoff(guard, 1);
      schedule(guard, delay, WAITS_TO_RETRY);
    }
  };

  /** The call is over: lets go of the copies that are still under way, counts, and tells the caller. */
  const settle = (guard: number, reason: number): void => {
    const link = records[guard + L.C_LINK];
    const l = link * L.LINK_STATS;
    dropWait(guard);
    if (records[guard + G_UNDER_WAY] > 0) {
      settleChildren(guard, L.REASON_CANCELLED);
      if (cancelsLosers[link] === 1)
        for (let child = records[guard + L.C_CHILD]; child >= 0; child = records[guard + L.C_CHILD]) {
          giveUp(child, L.REASON_CANCELLED);
          cancel(child);
        }
    }
    underWay[link]--;
    const covered = reason !== L.REASON_OK && fallback[link] === 1;
    if (covered) links[l + L.L_FALLBACKS]++;
    if (reason === L.REASON_OK || covered) {
      links[l + L.L_CALLS_COMPLETED]++;
      links[l + L.L_CALL_TIME] += clock[0] - times[(guard >> 1) + L.T_SENT];
    } else links[l + L.L_CALLS_FAILED]++;
    conclude(guard, covered ? L.REASON_OK : reason);
  };

  const end = core.tracer === null ? settle : core.tracer.guardEnd(settle);

  /** Tells routers and breakers of all attempts under way that they have ended, as far as the caller is concerned. */
  const settleChildren = (guard: number, reason: number): void => {
    for (let child = records[guard + L.C_CHILD]; child >= 0; child = records[child + L.C_SIBLING])
      account(guard, records[child + L.C_TAG], reason, times[(child >> 1) + L.T_SENT]);
    records[guard + G_UNDER_WAY] = 0;
  };

  return {
    start(frame, link) {
      const l = link * L.LINK_STATS;
      const instance = records[frame + L.C_NODE];
      const parent = records[frame + L.C_PARENT];
      const from = parent < 0 ? -1 : records[parent + L.C_NODE];
      const routed = from >= 0 && (nodes[from * L.NODE + L.N_FLAGS] & L.FLAG_ROUTES) !== 0;
      records[frame + L.C_STATE] = L.STATE_GUARD;
      records[frame + L.C_NODE] = pseudoNode;
      records[frame + G_TRIES] = 0;
      records[frame + G_UNDER_WAY] = 0;
      records[frame + G_WAITS] = WAITS_NOT;
      records[frame + G_HEDGED] = 0;
      records[frame + G_ROUTER] = routed ? from : -1;
      records[frame + L.C_REASON] = L.REASON_OK;
      times[(frame >> 1) + T_BACKOFF] = backoffs.first(link);
      if (core.dated) {
        const parents = parent < 0 ? Infinity : times[(parent >> 1) + L.T_DEADLINE];
        times[(frame >> 1) + L.T_DEADLINE] = propagates[link] === 1 ? Math.min(parents, clock[0] + deadline[link]) : parents;
      }
      links[l + L.L_CALLS]++;
      budgets.earn(link);
      if (++underWay[link] > bulkhead[link]) {
        links[l + L.L_REJECTED]++;
        if (routed) routers.answered(from, records[frame + L.C_TAG], L.REASON_CANCELLED, clock[0]);
        end(frame, L.REASON_BULKHEAD_FULL);
        return;
      }
      if (deadline[link] < Infinity) {
        records[frame + L.C_TIMER] = 1;
        times[((core.timeoutBase + frame) >> 1) + L.T_TIME] = clock[0] + deadline[link];
        insert(core.timeoutBase + frame, L.OP_TIMEOUT | (frame << L.OP_BITS));
      }
      attempt(frame, link, instance, routed ? records[frame + L.C_TAG] : NO_TARGET);
    },
    settled(guard, reason, tag, sent) {
      records[guard + G_UNDER_WAY]--;
      account(guard, tag, reason, sent);
      if (reason === L.REASON_OK) {
        const link = records[guard + L.C_LINK];
        if (maxCopies[link] > 1) {
          // Where a copy has won, the first attempt would have taken longer still: that it was slow must not be forgotten.
          hedgeDelays.answered(link, clock[0] - times[(guard >> 1) + T_TRIED]);
          if ((tag & TAG_COPY) !== 0) links[link * L.LINK_STATS + L.L_HEDGE_WINS]++;
        }
        end(guard, reason);
        return;
      }
      records[guard + L.C_REASON] = reason;
      // Another copy may still answer.
      if (records[guard + G_UNDER_WAY] > 0) return;
      dropWait(guard);
      failed(guard, reason);
    },
    due(guard) {
      const waited = records[guard + G_WAITS];
      records[guard + G_WAITS] = WAITS_NOT;
      if (waited === WAITS_TO_HEDGE) {
        hedge(guard);
        return;
      }
      countBackoff(guard, -1);
      if (isAwaited(guard)) retry(guard);
      else end(guard, records[guard + L.C_REASON]);
    },
    expire(guard) {
      records[guard + L.C_TIMER] = 0;
      settleChildren(guard, L.REASON_TIMEOUT);
      for (let child = records[guard + L.C_CHILD]; child >= 0; child = records[guard + L.C_CHILD]) {
        const link = giveUp(child, L.REASON_TIMEOUT);
        if (cancels[link] === 1) cancel(child);
      }
      end(guard, L.REASON_TIMEOUT);
    },
    forget(guard) {
      const link = records[guard + L.C_LINK];
      dropWait(guard);
      settleChildren(guard, L.REASON_CANCELLED);
      underWay[link]--;
      links[link * L.LINK_STATS + L.L_CALLS_FAILED]++;
    },
    reset() {
      breakers?.reset();
      budgets.reset();
      hedgeDelays.reset();
      underWay.fill(0);
    },
  };
}
