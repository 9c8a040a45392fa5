import type { Core } from './core';
import * as L from './layout';
import { INBOX_LIMIT, type Message } from './mailbox';
import type { Replication } from './plan';
import type { ReplicaLog } from './replica-log';

// Messages about who is the primary; those of the log follow (log-shipping.ts).
export const HEARTBEAT = 0;
export const PONG = 1; // answers a heartbeat (value: length of the log that the follower has of this primary's), or says that a term is over
export const VOTE_REQUEST = 2; // value: term of the last write in the candidate's log; more: its length
export const VOTE = 3; // value: 1 granted, 0 refused
export const FIRST_OF_THE_LOG = 4;

/** What a copy is. */
const FOLLOWER = 0;
const CANDIDATE = 1;
const PRIMARY = 2;

/**
 * Who is the primary of a database with copies: heartbeats, suspicion, terms, votes (D. Ongaro, J. Ousterhout, "In Search of an
 * Understandable Consensus Algorithm", 2014, section 5.2). Copies know of each other what messages have told them. Rules: SPEC.md, "Copies".
 */
export interface Elections {
  /** Whether a copy believes that it is the primary. */
  isPrimary(copy: number): boolean;
  /** Whether it is, and has applied all that it had logged when it was elected: it takes requests. */
  leads(copy: number): boolean;
  term(copy: number): number;
  /** How often a copy has crashed. */
  epoch(copy: number): number;
  /** The copy that leads by the highest term and is not down; -1: there is none. */
  leader(): number;
  /** The same among the copies that are not parted from the others. */
  leaderTogether(): number;
  /** The copy that was promoted last. */
  lastLeader(): number;
  /** When a copy last heard from another one, ns. */
  heardAt(copy: number, from: number): number;
  /** Handles a message; what is of the log is left to others, once the term has been looked at. False: it is of a term that is over. */
  receive(message: Message): boolean;
  /** A copy has applied all that it had logged. */
  caughtUp(copy: number): void;
  /** A copy is parted from all others from now on, or not any more. */
  part(copy: number, isParted: boolean): void;
  isParted(copy: number): boolean;
  /** An instance has gone from one state (INSTANCE_*) to another. */
  changed(copy: number, from: number, to: number): void;
  start(): void;
}

/** What elections need of the rest of the database. */
export interface ElectionSteps {
  /** Sends a message that no connection carries. */
  post(kind: number, from: number, to: number, term: number, value: number, more: number): void;
  /** A copy has heard from its primary. Returns how much of its log it has. */
  followed(copy: number, primary: number, epoch: number): number;
  /** A follower has told its primary how much of the log it has. */
  confirmed(copy: number, from: number, length: number): void;
  /** A copy has been elected. */
  elected(copy: number): void;
  /** A primary has learned that it is none any more. */
  deposed(copy: number): void;
  /** A primary sends its heartbeats: whoever waits for followers may wait for fewer now. */
  ticked(copy: number): void;
}

/** Builds the elections of one component. */
export function createElections(core: Core, component: number, spec: Replication, log: ReplicaLog, steps: ElectionSteps): Elections {
  const { plan, nodes, controls, journal, copies: stats } = core;
  const { clock } = core.list;
  const { add, draw } = core.variates;
  const { id, firstNode, nodeCount: count } = plan.components[component];
  const y = component * L.COPY_STATS;
  const majority = (count >> 1) + 1;
  const all = Array.from({ length: count }, (_, copy) => copy);
  const role = new Int32Array(count);
  const ready = new Uint8Array(count);
  const terms = new Int32Array(count);
  const votedFor = new Int32Array(count);
  const votes = new Int32Array(count);
  const epochs = new Int32Array(count);
  /** 1: the time ran out while the copy was paused. */
  const due = new Uint8Array(count);
  const parted = new Uint8Array(count);
  const heard = new Float64Array(count * count);
  const inbox: Message[][] = all.map(() => []);
  const timeoutStream = all.map((copy) => add(`${id}#${copy}/election`, { type: 'unit' }));
  let last = 0;
  // The latest term in which somebody stood: by how many, and whether anybody won.
  let contestedTerm = 0;
  let candidates = 0;
  let won = false;
  /** Highest term that a primary was elected in. */
  let electedTerm = 1;
  /** When the primary failed, ns; -1: none has, or it was noticed. */
  let failedAt = -1;
  /** And when the one that was noticed last had failed. */
  let lostAt = -1;
  let lost = 0;

  const state = (copy: number): number => nodes[(firstNode + copy) * L.NODE + L.N_STATE];
  const isUp = (copy: number): boolean => state(copy) === L.INSTANCE_UP || state(copy) === L.INSTANCE_DRAINING;
  const isPaused = (copy: number): boolean => state(copy) === L.INSTANCE_PAUSED;

  const timers = all.map((copy) =>
    controls.add(() => {
      if (isPaused(copy)) due[copy] = 1;
      else expire(copy);
    }),
  );
  const beats = all.map((copy) =>
    controls.add(() => {
      controls.at(beats[copy], clock[0] + spec.heartbeat);
      if (isUp(copy)) beat(copy);
    }),
  );

  const beat = (copy: number): void => {
    for (const other of all) if (other !== copy) steps.post(HEARTBEAT, copy, other, terms[copy], 0, 0);
    steps.ticked(copy);
  };

  const wait = (copy: number): void => {
    due[copy] = 0;
    controls.at(timers[copy], clock[0] + Math.max(1, Math.floor(spec.timeout + spec.timeoutSpread * draw(timeoutStream[copy]) + 0.5)));
  };

  const leads = (copy: number): boolean => role[copy] === PRIMARY && ready[copy] === 1;

  /** Of the copies that lead and can be asked that with the highest term; -1: there is none. */
  const leaderOf = (among: (copy: number) => boolean): number => {
    let best = -1;
    for (const copy of all) if (leads(copy) && among(copy) && (isUp(copy) || isPaused(copy)) && (best < 0 || terms[copy] > terms[best])) best = copy;
    return best;
  };

  /** Counts the time without a primary. */
  const settle = (): void => {
    const without = all.some((copy) => leads(copy) && isUp(copy) && parted[copy] === 0) ? 0 : 1;
    if (without === stats[y + L.Y_WITHOUT]) return;
    stats[y + L.Y_WITHOUT] = without;
    stats[y + L.Y_WITHOUT_AREA] += without === 1 ? -clock[0] : clock[0];
  };

  const suspect = (copy: number): void => {
    if (failedAt < 0) return;
    stats[y + L.Y_DETECTION] += clock[0] - failedAt;
    stats[y + L.Y_DETECTED]++;
    journal.note('suspicion', { component, instance: copy });
    lostAt = failedAt;
    failedAt = -1;
  };

  const closeTerm = (): void => {
    if (candidates > 1 && !won) stats[y + L.Y_SPLIT]++;
  };

  /** A copy has not heard from a primary for too long. */
  const expire = (copy: number): void => {
    suspect(copy);
    if (!spec.elects) return;
    role[copy] = CANDIDATE;
    terms[copy]++;
    votedFor[copy] = copy;
    votes[copy] = 1 << copy;
    stats[y + L.Y_ELECTIONS]++;
    if (terms[copy] > contestedTerm) {
      closeTerm();
      contestedTerm = terms[copy];
      candidates = 1;
      won = false;
    } else if (terms[copy] === contestedTerm) candidates++;
    journal.note('election', { component, instance: copy, value: terms[copy] });
    wait(copy);
    for (const other of all) if (other !== copy) steps.post(VOTE_REQUEST, copy, other, terms[copy], log.lastTerm(copy), log.length(copy));
  };

  /** What others have and a new primary has not is lost. */
  const loseOthers = (copy: number): void => {
    lost = 0;
    log.elect(terms[copy]);
    let oldest = Infinity;
    for (const other of all)
      if (other !== copy)
        log.lose(copy, other, (acknowledgedAt) => {
          lost++;
          if (acknowledgedAt < oldest) oldest = acknowledgedAt;
        });
    stats[y + L.Y_LOST] += lost;
    const until = failedAt >= 0 ? failedAt : lostAt >= 0 ? lostAt : clock[0];
    if (lost > 0) stats[y + L.Y_RECOVERY_POINT] = Math.max(stats[y + L.Y_RECOVERY_POINT], until - oldest);
  };

  const promote = (copy: number): void => {
    if (terms[copy] === contestedTerm) won = true;
    role[copy] = PRIMARY;
    ready[copy] = 0;
    controls.cancel(timers[copy]);
    if (terms[copy] > electedTerm) {
      electedTerm = terms[copy];
      loseOthers(copy);
    }
    steps.elected(copy);
    controls.at(beats[copy], clock[0] + spec.heartbeat);
    beat(copy);
    if (log.backlog(copy) === 0) lead(copy);
  };

  /** A primary leads, unless its votes came only after another one had been elected with a higher term: it will hear of that. */
  const lead = (copy: number): void => {
    if (terms[copy] < electedTerm) return;
    ready[copy] = 1;
    last = copy;
    failedAt = -1;
    lostAt = -1;
    stats[y + L.Y_PROMOTIONS]++;
    journal.note('promotion', { component, instance: copy, value: terms[copy], lost });
    settle();
  };

  const adopt = (copy: number, term: number): void => {
    terms[copy] = term;
    votedFor[copy] = -1;
    const was = role[copy];
    role[copy] = FOLLOWER;
    if (was !== PRIMARY) return;
    ready[copy] = 0;
    controls.cancel(beats[copy]);
    wait(copy);
    steps.deposed(copy);
    settle();
  };

  const handle = (message: Message): void => {
    const { kind, from, to, term, value, more, epoch } = message;
    heard[to * count + from] = clock[0];
    if (term > terms[to]) adopt(to, term);
    if (term < terms[to]) {
      if (kind === HEARTBEAT) steps.post(PONG, to, from, terms[to], 0, 0);
      else if (kind === VOTE_REQUEST) steps.post(VOTE, to, from, terms[to], 0, 0);
      return;
    }
    switch (kind) {
      case HEARTBEAT:
        role[to] = FOLLOWER;
        wait(to);
        steps.post(PONG, to, from, term, steps.followed(to, from, epoch), 0);
        return;
      case PONG:
        if (role[to] === PRIMARY) steps.confirmed(to, from, value);
        return;
      case VOTE_REQUEST: {
        // The log of the candidate must be no older than that of the voter (Ongaro and Ousterhout, section 5.4.1).
        const current = value > log.lastTerm(to) || (value === log.lastTerm(to) && more >= log.length(to));
        const granted = role[to] !== PRIMARY && current && (votedFor[to] < 0 || votedFor[to] === from);
        if (granted) {
          votedFor[to] = from;
          wait(to);
        }
        steps.post(VOTE, to, from, term, granted ? 1 : 0, 0);
        return;
      }
      case VOTE:
        if (role[to] !== CANDIDATE || value === 0) return;
        votes[to] |= 1 << from;
        if (bitCount(votes[to]) >= majority) promote(to);
        return;
      default:
        return;
    }
  };

  return {
    isPrimary: (copy) => role[copy] === PRIMARY,
    leads,
    term: (copy) => terms[copy],
    epoch: (copy) => epochs[copy],
    leader: () => leaderOf(() => true),
    leaderTogether: () => leaderOf((copy) => parted[copy] === 0),
    lastLeader: () => last,
    heardAt: (copy, from) => heard[copy * count + from],
    receive(message) {
      const { to, kind, from, term } = message;
      if (isPaused(to)) {
        if (kind >= FIRST_OF_THE_LOG) return false;
        if (inbox[to].length >= INBOX_LIMIT) inbox[to].shift();
        inbox[to].push({ ...message });
        return false;
      }
      if (!isUp(to)) return false;
      if (kind < FIRST_OF_THE_LOG) {
        handle(message);
        return false;
      }
      heard[to * count + from] = clock[0];
      if (term > terms[to]) adopt(to, term);
      if (term === terms[to]) return true;
      steps.post(PONG, to, from, terms[to], 0, 0);
      return false;
    },
    caughtUp(copy) {
      if (role[copy] === PRIMARY && ready[copy] === 0) lead(copy);
    },
    isParted: (copy) => parted[copy] === 1,
    part(copy, isParted) {
      parted[copy] = isParted ? 1 : 0;
      if (role[copy] === PRIMARY && isUp(copy)) {
        if (isParted) failedAt = clock[0];
        else if (copy === last) failedAt = -1;
      }
      settle();
    },
    changed(copy, from, to) {
      const failing = to === L.INSTANCE_DOWN || to === L.INSTANCE_PAUSED;
      if (failing && role[copy] === PRIMARY && from === L.INSTANCE_UP) failedAt = clock[0];
      if (to === L.INSTANCE_DOWN) {
        epochs[copy]++;
        inbox[copy].length = 0;
        due[copy] = 0;
        controls.cancel(timers[copy]);
        controls.cancel(beats[copy]);
        if (spec.elects) {
          role[copy] = FOLLOWER;
          ready[copy] = 0;
        }
      } else if (to === L.INSTANCE_UP && from === L.INSTANCE_PAUSED) {
        if (role[copy] === PRIMARY && failedAt >= 0 && copy === last) failedAt = -1;
        // What came in meanwhile is read before anything else is done.
        for (const message of inbox[copy].splice(0)) handle(message);
        if (due[copy] === 1) expire(copy);
      } else if (from !== L.INSTANCE_UP && (to === L.INSTANCE_UP || to === L.INSTANCE_PAUSED)) {
        // It starts again; it may have to stand still first.
        if (role[copy] === PRIMARY) {
          if (to === L.INSTANCE_UP) failedAt = -1;
          steps.elected(copy);
          controls.at(beats[copy], clock[0] + spec.heartbeat);
          if (to === L.INSTANCE_UP) beat(copy);
        } else wait(copy);
      }
      settle();
    },
    start() {
      for (const array of [votes, epochs, due, heard, ready, parted]) array.fill(0);
      role.fill(FOLLOWER);
      terms.fill(1);
      votedFor.fill(0);
      for (const waiting of inbox) waiting.length = 0;
      role[0] = PRIMARY;
      ready[0] = 1;
      last = 0;
      contestedTerm = 1;
      electedTerm = 1;
      candidates = 0;
      won = true;
      failedAt = -1;
      lostAt = -1;
      lost = 0;
      for (const copy of all) if (copy > 0) wait(copy);
      controls.at(beats[0], spec.heartbeat);
      beat(0);
    },
  };
}

function bitCount(bits: number): number {
  let sum = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) sum++;
  return sum;
}
