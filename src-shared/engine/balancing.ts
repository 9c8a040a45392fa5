import { exp } from '../base/transcendental';
import { createSessions, LOST } from './affinity';
import type { Core } from './core';
import { addRingShares, createRing, fillRing, hashToUnit, type Ring, successor } from './hashing';
import { createHealth, type ExtraTime } from './health';
import { createKnowledge } from './knowledge';
import { C_KEY, N_CURSOR, NODE, REASON_CANCELLED } from './layout';
import type { RouterNode } from './plan';
import { createTargetPool, type TargetPool, type TargetTable } from './targets';

/** Answers of `choose` that are no target. */
export const NO_TARGET = -1;
export const SESSION_LOST = -2;

/** Balancers that do more than their algorithm, or whose targets come and go. */
export interface Balancers {
  readonly pool: TargetPool;
  /** Index of the target that router `node` takes for a request now; NO_TARGET or SESSION_LOST: it must fail. */
  choose(node: number, frame: number): number;
  /** A target has answered, or failed with a reason, a request that was sent to it at `since` ns. */
  answered(node: number, target: number, reason: number, since: number): void;
  reset(): void;
}

const IN_TURN = 0;
const AT_RANDOM = 1;
const LEAST = 2;
const BEST_OF = 3;
const WEIGHTED_RANDOM = 4;
const WEIGHTED_IN_TURN = 5;
const LEAST_TIME = 6;
const RING = 7;
const RENDEZVOUS = 8;
const MODULO = 9;

const MODES: Readonly<Record<RouterNode['balancing'], number>> = {
  random: AT_RANDOM,
  'round-robin': IN_TURN,
  'least-connections': LEAST,
  'power-of-d': BEST_OF,
  'weighted-random': WEIGHTED_RANDOM,
  'weighted-round-robin': WEIGHTED_IN_TURN,
  'weighted-least-connections': LEAST,
  'least-response-time': LEAST_TIME,
  'ring-hash': RING,
  'rendezvous-hash': RENDEZVOUS,
  'ip-hash': MODULO,
};

/** Whether a router does more than an algorithm over targets that are all alike. */
export function isPlain(node: RouterNode): boolean {
  const { balancing, reports, health, ejection, slowStart = 0, affinity } = node;
  const own = balancing === 'random' || balancing === 'round-robin' || balancing === 'least-connections' || balancing === 'power-of-d';
  return own && reports === undefined && health === undefined && ejection === undefined && slowStart === 0 && affinity === undefined;
}

/** Builds the balancers of a plan. `stream`: of each router, uniforms for its choices. */
export function createBalancers(core: Core, table: TargetTable, stream: Int32Array, extraOf: ExtraTime): Balancers {
  const { plan, nodes, records } = core;
  const { clock } = core.list;
  const { draw, add } = core.variates;
  const { base, size, nodeOf, underWay } = table;
  const nodeCount = plan.nodes.length;
  const targetCount = nodeOf.length;
  const pool = createTargetPool(core, table);
  const { list, count, used } = pool;
  const knowledge = createKnowledge(core, table);
  const health = createHealth(core, table, pool, extraOf);
  const sessions = createSessions(core, table, pool);
  const { load } = knowledge;

  const mode = new Int32Array(nodeCount);
  const choices = new Int32Array(nodeCount);
  const averaging = new Float64Array(nodeCount);
  const bound = new Float64Array(nodeCount).fill(Infinity);
  const points = new Int32Array(nodeCount);
  /** Weight of each target where its router weighs, else 1. */
  const weight = new Float64Array(targetCount).fill(1);
  /** What smooth weighted round robin owes each target. */
  const credit = new Float64Array(targetCount);
  /** Moving averages of response times and the instants of their latest change; -1: no answer seen yet. */
  const average = new Float64Array(targetCount);
  const averagedAt = new Float64Array(targetCount);
  const rings: (Ring | null)[] = plan.nodes.map(() => null);
  const saltStream = new Int32Array(nodeCount).fill(-1);
  const salts = new Int32Array(2 * nodeCount);
  const targetStream = new Int32Array(targetCount).fill(-1);
  const targetSalts = new Int32Array(2 * targetCount);
  const shares = new Float64Array(targetCount);
  const hashing: number[] = [];

  for (const [router, node] of plan.nodes.entries()) {
    if (node.role !== 'router') continue;
    const first = base[router];
    mode[router] = MODES[node.balancing];
    choices[router] = node.choices;
    averaging[router] = node.balancing === 'least-response-time' ? Math.max(1, node.averaging ?? 1) : 0;
    bound[router] = node.boundFactor ?? Infinity;
    if (node.balancing.startsWith('weighted-')) for (let i = 0; i < size[router]; i++) weight[first + i] = table.weight[first + i];
    // Targets that start slowly are targets of changing weight.
    if ((node.slowStart ?? 0) > 0) mode[router] = mode[router] === AT_RANDOM ? WEIGHTED_RANDOM : mode[router] === IN_TURN ? WEIGHTED_IN_TURN : mode[router];
    if (mode[router] < RING) continue;
    hashing.push(router);
    const id = plan.components[node.component]?.id;
    saltStream[router] = add(`${id}/hash`, { type: 'unit' });
    if (mode[router] === MODULO) continue;
    if (mode[router] === RING) {
      points[router] = Math.max(1, node.virtualNodes ?? 1);
      // Balancers side by side have the same targets and agree on the places of their points: they share a ring.
      const other = router - (node.instance ?? 0);
      rings[router] = other < router ? (rings[other] as Ring) : createRing(size[router], points[router]);
      if (other < router) continue;
    }
    // Named by link and instance: the points of a target stay where they are when others come or go.
    for (let i = 0; i < size[router]; i++) {
      const firstNode = plan.components[plan.nodes[nodeOf[first + i]]?.component ?? 0]?.firstNode ?? 0;
      targetStream[first + i] = add(`${id}/point-${plan.links[table.linkOf[first + i]]?.id}#${nodeOf[first + i] - firstNode}`, { type: 'unit' });
    }
  }

  const chance = (router: number): number => draw(stream[router]);

  const inTurn = (router: number): number => {
    const n = router * NODE;
    const first = base[router];
    let target = nodes[n + N_CURSOR];
    while (used[first + target] === 0) target = target + 1 === size[router] ? 0 : target + 1;
    nodes[n + N_CURSOR] = target + 1 === size[router] ? 0 : target + 1;
    return target;
  };

  const weightedRandom = (router: number): number => {
    const first = base[router];
    let total = 0;
    for (let i = 0; i < count[router]; i++) total += weight[first + list[first + i]] * pool.factor(first + list[first + i]);
    let u = chance(router) * total;
    for (let i = 0; i < count[router] - 1; i++) {
      u -= weight[first + list[first + i]] * pool.factor(first + list[first + i]);
      if (u < 0) return list[first + i];
    }
    return list[first + count[router] - 1];
  };

  /** Every target earns its weight; the one with the most is taken and pays for all. */
  const weightedInTurn = (router: number): number => {
    const first = base[router];
    let total = 0;
    let best = -1;
    for (let i = 0; i < count[router]; i++) {
      const target = list[first + i];
      const earned = weight[first + target] * pool.factor(first + target);
      total += earned;
      credit[first + target] += earned;
      if (best < 0 || credit[first + target] > credit[first + best]) best = target;
    }
    credit[first + best] -= total;
    return best;
  };

  /** What a request would add itself to, per weight. */
  const burden = (router: number, target: number): number => (load(router, target) + 1) / (weight[target] * pool.factor(target));

  /** Fastest average that a router has seen; what it has not seen it takes to be as fast. */
  const fastest = (router: number): number => {
    const first = base[router];
    let least = Infinity;
    for (let i = 0; i < count[router]; i++) {
      const target = first + list[first + i];
      if (averagedAt[target] >= 0 && average[target] < least) least = average[target];
    }
    return least === Infinity ? 1 : Math.max(1, least);
  };

  /** Burden of a target, times its response time where `unseen` (that of a target not seen yet) is above 0. */
  const score = (router: number, target: number, unseen: number): number => {
    const its = burden(router, target);
    return unseen === 0 ? its : its * (averagedAt[target] >= 0 ? Math.max(1, average[target]) : unseen);
  };

  /** The target of the lowest score; ties at random. */
  const least = (router: number, unseen: number): number => {
    const first = base[router];
    let best = -1;
    let ties = 0;
    let lowest = Infinity;
    for (let i = 0; i < count[router]; i++) {
      const its = score(router, first + list[first + i], unseen);
      if (its < lowest) {
        lowest = its;
        best = list[first + i];
        ties = 1;
      } else if (its === lowest) ties++;
    }
    if (ties === 1) return best;
    let which = Math.floor(chance(router) * ties);
    for (let i = 0; ; i++) if (score(router, first + list[first + i], unseen) === lowest && which-- === 0) return list[first + i];
  };

  const drawn = new Int32Array(64);
  const bestOf = (router: number): number => {
    const first = base[router];
    const wanted = Math.min(choices[router], count[router]);
    let best = -1;
    let most = 0;
    for (let k = 0; k < wanted; k++) {
      // Distinct targets: draw the rank among those not drawn yet (drawn[] is kept sorted).
      let rank = Math.floor(chance(router) * (count[router] - k));
      let place = 0;
      while (place < k && drawn[place] <= rank) {
        rank++;
        place++;
      }
      for (let i = k; i > place; i--) drawn[i] = drawn[i - 1];
      drawn[place] = rank;
      const its = burden(router, first + list[first + rank]);
      if (best < 0 || its < most) {
        best = list[first + rank];
        most = its;
      }
    }
    return best;
  };

  const onRing = (router: number, place: number): number => {
    const ring = rings[router] as Ring;
    const first = base[router];
    let room = Infinity;
    if (bound[router] < Infinity) {
      let all = 1;
      for (let i = 0; i < count[router]; i++) all += underWay[first + list[first + i]];
      room = Math.ceil((bound[router] * all) / count[router] - 1e-9);
    }
    for (let i = successor(ring, place); ; i = i + 1 === ring.places.length ? 0 : i + 1) {
      const target = ring.owners[i];
      if (used[first + target] === 1 && underWay[first + target] < room) return target;
    }
  };

  const rendezvous = (router: number, key: number): number => {
    const first = base[router];
    let best = -1;
    let most = -1;
    for (let i = 0; i < count[router]; i++) {
      const target = first + list[first + i];
      const its = hashToUnit(key, targetSalts[2 * target], targetSalts[2 * target + 1]);
      if (its > most) {
        most = its;
        best = list[first + i];
      }
    }
    return best;
  };

  const pick = (router: number, frame: number): number => {
    switch (mode[router]) {
      case IN_TURN:
        return inTurn(router);
      case LEAST:
        return least(router, 0);
      case BEST_OF:
        return bestOf(router);
      case WEIGHTED_RANDOM:
        return weightedRandom(router);
      case WEIGHTED_IN_TURN:
        return weightedInTurn(router);
      case LEAST_TIME:
        return least(router, fastest(router));
    }
    const key = mode[router] === AT_RANDOM ? -1 : records[frame + C_KEY];
    // A request of no session could come from anybody.
    if (key < 0) return list[base[router] + Math.floor(chance(router) * count[router])];
    if (mode[router] === RENDEZVOUS) return rendezvous(router, key);
    const place = hashToUnit(key, salts[2 * router], salts[2 * router + 1]);
    if (mode[router] === RING) return onRing(router, place);
    return list[base[router] + (Math.floor(place * 4294967296) % count[router])];
  };

  /** Works out which share of all sessions each target of a router has. */
  const measureShares = (router: number): void => {
    const first = base[router];
    shares.fill(0, first, first + size[router]);
    const ring = rings[router];
    const part = shares.subarray(first, first + size[router]);
    if (ring !== null) addRingShares(ring, (target) => used[first + target] === 1, part);
    else for (let i = 0; i < count[router]; i++) part[list[first + i]] = 1 / count[router];
    // An instance behind several such routers shows what the last of them gives it.
    for (let i = 0; i < size[router]; i++) core.keyShare[nodeOf[first + i]] = part[i];
  };
  let started = false;
  pool.listen((router) => {
    if (started && saltStream[router] >= 0) measureShares(router);
  });
  pool.listenFresh((target) => {
    credit[target] = 0;
    averagedAt[target] = -1;
  });

  const word = (stream: number): number => Math.floor(draw(stream) * 4294967296) | 0;

  return {
    pool,
    choose(router, frame) {
      const remembers = sessions.remembers[router] === 1;
      let target = remembers ? sessions.bound(router, frame) : NO_TARGET;
      if (target === LOST) return SESSION_LOST;
      if (target < 0) {
        if (count[router] === 0) return NO_TARGET;
        target = pick(router, frame);
      }
      if (remembers) sessions.goes(router, frame, target);
      return target;
    },
    answered(router, number, reason, since) {
      const target = base[router] + number;
      if (averaging[router] > 0 && reason !== REASON_CANCELLED) {
        const now = clock[0];
        const seen = averagedAt[target];
        // Answers far apart weigh more than those in quick succession: an average over time, not over answers.
        const share = seen < 0 ? 1 : 1 - exp(-Math.max(1, now - seen) / averaging[router]);
        average[target] += share * (now - since - average[target]);
        averagedAt[target] = now;
      }
      health.answered(target, reason);
    },
    reset() {
      started = false;
      credit.fill(0);
      average.fill(0);
      averagedAt.fill(-1);
      core.keyShare.fill(NaN);
      for (const router of hashing) {
        salts[2 * router] = word(saltStream[router]);
        salts[2 * router + 1] = word(saltStream[router]);
        const first = base[router];
        const ring = rings[router];
        if (ring !== null && targetStream[first] < 0) continue;
        if (ring !== null) fillRing(ring, size[router], points[router], (target) => draw(targetStream[first + target]));
        else if (mode[router] === RENDEZVOUS) for (let i = 2 * first; i < 2 * (first + size[router]); i++) targetSalts[i] = word(targetStream[i >> 1]);
      }
      pool.reset();
      started = true;
      for (const router of hashing) measureShares(router);
      health.reset();
      knowledge.reset();
      sessions.reset();
    },
  };
}
