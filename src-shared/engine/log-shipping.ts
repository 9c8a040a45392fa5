import { BUCKETS, bucketOf } from '../base/histogram';
import type { Core } from './core';
import { type Elections, FIRST_OF_THE_LOG } from './elections';
import * as L from './layout';
import type { Message } from './mailbox';
import type { Replication } from './plan';
import type { ReplicaLog } from './replica-log';
import { DONE, type Stations } from './stations';

export const CONNECT = FIRST_OF_THE_LOG; // a follower asks for what it has not
export const CATCH_UP = FIRST_OF_THE_LOG + 1; // value: length of the log that the follower shall have; more: number of the connection
export const ENTRY = FIRST_OF_THE_LOG + 2; // value: the write; more: number of the connection
export const STORED = FIRST_OF_THE_LOG + 3; // value: length of the follower's log

/** A write at the primary must wait for other copies. */
export const HELD = -1;

/** How the log of a database's primary gets to its followers and is applied there. Rules: SPEC.md, "Copies". */
export interface LogShipping {
  /** A primary has served a write: REASON_OK: it is acknowledged; HELD: it will be; a reason: it fails. */
  write(frame: number, copy: number, item: number): number;
  receive(message: Message): void;
  /** A follower has heard from its primary: it connects where it has not yet. Returns how much of the primary's log it has. */
  followed(copy: number, primary: number, epoch: number): number;
  /** A follower has told its primary how much of the log it has. */
  confirmed(copy: number, from: number, length: number): void;
  /** A copy has become the primary, or is it again: connections are made anew. */
  elected(copy: number): void;
  deposed(copy: number): void;
  /** Writes may have to wait for fewer followers. */
  ticked(copy: number): void;
  /** The server of a copy has applied a write. */
  applied(frame: number, copy: number, vacates: boolean): void;
  changed(copy: number, from: number, to: number): void;
  /** A copy is parted from all others from now on: its connections end. */
  parted(copy: number): void;
  /** Copies that apply a write now. */
  applying(): number;
  start(): void;
}

/** What log shipping needs of the rest of the database. */
export interface ShippingSteps {
  readonly elections: Elections;
  readonly stations: Stations;
  /** Sends a message; `ordered`: after those that were sent before on this way, and lost if the sender crashes meanwhile. */
  post(kind: number, from: number, to: number, term: number, value: number, more: number, ordered: boolean): void;
  /** A write that waited is over. */
  answer(frame: number, node: number, reason: number): void;
}

/** Builds the shipping of the log of one component. */
export function createLogShipping(core: Core, component: number, spec: Replication, log: ReplicaLog, steps: ShippingSteps): LogShipping {
  const { plan, records, times, nodes, journal, copies: stats, lagCounts } = core;
  const { clock } = core.list;
  const { elections, stations, post } = steps;
  const { firstNode, nodeCount: count } = plan.components[component];
  const y = component * L.COPY_STATS;
  const all = Array.from({ length: count }, (_, copy) => copy);
  const waits = spec.acknowledge !== 'asynchronous';
  const quorum = count >> 1;
  /** Number of the connection from one copy to another as the sender knows it; 0: none. */
  const sends = new Int32Array(count * count);
  /** As the follower knows it, and the term and epoch of the primary that it was made to; -1: none. */
  const listens = new Int32Array(count);
  const peer = new Float64Array(count);
  const stored = new Int32Array(count * count);
  const busy = new Int32Array(count).fill(-1);
  /** 1: the copy was away or deposed since it followed last. */
  const away = new Uint8Array(count);
  let connections = 0;
  /** Writes at each copy that wait for others, oldest first: place in the log, frame and its age. */
  const waiting: { place: number; write: number; frame: number; age: number }[][] = all.map(() => []);
  const peerOf = (primary: number, term: number, epoch: number): number => (term * 1e6 + epoch) * 16 + primary;

  const state = (copy: number): number => nodes[(firstNode + copy) * L.NODE + L.N_STATE];

  /** Place in the log up to which enough copies have the writes of a primary. */
  const safeUpTo = (copy: number): number => {
    if (!waits) return Infinity;
    let least = Infinity;
    let most = -1;
    let heard = 0;
    if (spec.acknowledge === 'majority') {
      // The length that `quorum` followers have at least: followers are few.
      let best = 0;
      for (const other of all) {
        const length = other === copy ? -1 : stored[copy * count + other];
        if (length > best && all.filter((one) => one !== copy && stored[copy * count + one] >= length).length >= quorum) best = length;
      }
      return best;
    }
    for (const other of all) {
      if (other === copy || clock[0] - elections.heardAt(copy, other) > spec.timeout) continue;
      heard++;
      least = Math.min(least, stored[copy * count + other]);
      most = Math.max(most, stored[copy * count + other]);
    }
    if (heard === 0) return Infinity;
    return spec.acknowledge === 'synchronous' ? least : most;
  };

  const commit = (copy: number): void => {
    const queue = waiting[copy];
    if (queue.length === 0) return;
    const upTo = safeUpTo(copy);
    let done = 0;
    while (done < queue.length && queue[done].place <= upTo) done++;
    for (const { write, frame, age } of queue.splice(0, done)) {
      log.acknowledge(write, clock[0]);
      if (records[frame + L.C_AGE] === age) steps.answer(frame, firstNode + copy, L.REASON_OK);
    }
  };

  const confirmed = (copy: number, from: number, length: number): void => {
    if (length <= stored[copy * count + from]) return;
    stored[copy * count + from] = length;
    commit(copy);
  };

  /** A follower shows one more write. */
  const settleApplied = (copy: number): void => {
    const write = log.apply(copy);
    const lag = Math.max(0, clock[0] - log.acknowledgedAt(write));
    stats[y + L.Y_APPLIED]++;
    stats[y + L.Y_LAG] += lag;
    if (lag > stats[y + L.Y_LAG_MAX]) stats[y + L.Y_LAG_MAX] = lag;
    lagCounts[component * BUCKETS + bucketOf(lag)]++;
    if (log.backlog(copy) === 0) elections.caughtUp(copy);
  };

  /** A copy applies what it has logged, one write after the other. */
  const work = (copy: number): void => {
    if (busy[copy] >= 0 || state(copy) !== L.INSTANCE_UP) return;
    for (let write = log.next(copy); write > 0; write = log.next(copy)) {
      const demand = Math.floor(log.workOf(write) * spec.applyShare + 0.5);
      if (demand > 0 && admit(copy, demand)) return;
      settleApplied(copy);
    }
  };

  /** The applier takes a server, or its place in the line: the limit of the line is for requests. True: it is not done yet. */
  const admit = (copy: number, demand: number): boolean => {
    const node = firstNode + copy;
    const frame = core.allocate();
    records[frame + L.C_PARENT] = L.PARENT_COPY;
    records[frame + L.C_STATE] = L.STATE_APPLYING;
    records[frame + L.C_NODE] = node;
    records[frame + L.C_OPERATION] = plan.operations.length;
    records[frame + L.C_ROUTER] = -1;
    records[frame + L.C_KEY] = -1;
    if (core.related) records[frame + L.C_CHILD] = -1;
    if (core.traces.length > 0) core.traces[frame / L.RECORD] = Infinity;
    times[(frame >> 1) + L.T_WORK] = demand;
    times[(frame >> 1) + L.T_PRIORITY] = 0;
    times[(frame >> 1) + L.T_DEADLINE] = Infinity;
    times[(frame >> 1) + L.T_ARRIVED] = clock[0];
    const limit = nodes[node * L.NODE + L.N_LIMIT];
    nodes[node * L.NODE + L.N_LIMIT] = 2_000_000_000;
    const outcome = stations.admit(node, frame);
    nodes[node * L.NODE + L.N_LIMIT] = limit;
    if (outcome === DONE) {
      core.release(frame);
      return false;
    }
    busy[copy] = frame;
    return true;
  };

  const store = (copy: number, primary: number): void => {
    if (waits) post(STORED, copy, primary, elections.term(copy), log.length(copy), 0, false);
    work(copy);
  };

  /** A follower gets what it has not, and gives up what its primary has not. */
  const catchUp = (copy: number, primary: number, upTo: number): void => {
    let lost = 0;
    let oldest = Infinity;
    log.lose(primary, copy, (acknowledgedAt) => {
      lost++;
      if (acknowledgedAt < oldest) oldest = acknowledgedAt;
    });
    if (lost > 0) {
      stats[y + L.Y_LOST] += lost;
      stats[y + L.Y_RECOVERY_POINT] = Math.max(stats[y + L.Y_RECOVERY_POINT], clock[0] - oldest);
    }
    const cut = log.catchUp(copy, primary, upTo);
    if (cut < 0) stats[y + L.Y_FULL_COPIES]++;
    if (away[copy] === 1 || cut !== 0) journal.note('rejoin', { component, instance: copy, value: cut });
    away[copy] = 0;
  };

  return {
    write(frame, copy, item) {
      if (!elections.leads(copy)) return L.REASON_NO_PRIMARY;
      const term = elections.term(copy);
      const write = log.append(copy, item, term, times[(frame >> 1) + L.T_DEMAND]);
      for (const other of all) if (sends[copy * count + other] > 0) post(ENTRY, copy, other, term, write, sends[copy * count + other], true);
      const place = log.positionOf(write);
      if (waiting[copy].length > 0 || safeUpTo(copy) < place) {
        waiting[copy].push({ place, write, frame, age: records[frame + L.C_AGE] });
        return HELD;
      }
      log.acknowledge(write, clock[0]);
      return L.REASON_OK;
    },
    receive({ kind, from, to, term, value, more, epoch }) {
      switch (kind) {
        case CONNECT:
          if (!elections.isPrimary(to)) return;
          sends[to * count + from] = ++connections;
          post(CATCH_UP, to, from, term, log.length(to), connections, true);
          return;
        case CATCH_UP:
          // The connection ends where its primary is deposed: what the message stands for is not there any more.
          if (epoch !== elections.epoch(from) || elections.isPrimary(to) || !elections.isPrimary(from) || elections.term(from) !== term) return;
          // Nor is it where a partition ended it meanwhile.
          if (sends[from * count + to] === 0) return;
          listens[to] = more;
          peer[to] = peerOf(from, term, epoch);
          catchUp(to, from, value);
          store(to, from);
          return;
        case ENTRY:
          if (epoch !== elections.epoch(from) || listens[to] !== more) return;
          // A connection that missed something is of no use any more: the next heartbeat leads to a new one.
          if (!log.follows(to, value) || !log.hasRoom(to, log.positionOf(value))) {
            listens[to] = 0;
            peer[to] = -1;
            return;
          }
          log.log(to, value);
          store(to, from);
          return;
        default:
          confirmed(to, from, value);
      }
    },
    followed(copy, primary, epoch) {
      const wanted = peerOf(primary, elections.term(copy), epoch);
      if (peer[copy] === wanted) return log.length(copy);
      post(CONNECT, copy, primary, elections.term(copy), 0, 0, false);
      return 0;
    },
    confirmed,
    elected(copy) {
      sends.fill(0, copy * count, (copy + 1) * count);
      stored.fill(0, copy * count, (copy + 1) * count);
      listens[copy] = 0;
      peer[copy] = -1;
      work(copy);
    },
    deposed(copy) {
      away[copy] = 1;
      peer[copy] = -1;
      for (const { frame, age } of waiting[copy].splice(0)) if (records[frame + L.C_AGE] === age) steps.answer(frame, firstNode + copy, L.REASON_NO_PRIMARY);
    },
    ticked: commit,
    applied(frame, copy, vacates) {
      const node = firstNode + copy;
      busy[copy] = -1;
      if (vacates || (nodes[node * L.NODE + L.N_FLAGS] & L.FLAG_HOLDS) !== 0) stations.vacate(node, frame);
      core.release(frame);
      if (log.next(copy) > 0) settleApplied(copy);
      work(copy);
    },
    changed(copy, _from, to) {
      if (to === L.INSTANCE_DOWN) {
        // Its connections break, and what it was doing is lost; the callers of its writes are told as of any crash.
        waiting[copy].length = 0;
        if (busy[copy] >= 0) {
          stations.withdraw(firstNode + copy, busy[copy]);
          core.release(busy[copy]);
          busy[copy] = -1;
        }
      }
      if (to === L.INSTANCE_DOWN || to === L.INSTANCE_PAUSED) {
        away[copy] = 1;
        listens[copy] = 0;
        peer[copy] = -1;
      }
      if (to === L.INSTANCE_UP) work(copy);
    },
    parted(copy) {
      away[copy] = 1;
      for (const other of all) {
        sends[copy * count + other] = 0;
        sends[other * count + copy] = 0;
        if (other !== copy && (peer[other] < 0 || peer[other] % 16 !== copy)) continue;
        listens[other] = 0;
        peer[other] = -1;
      }
    },
    applying: () => busy.reduce((sum, frame) => sum + (frame >= 0 ? 1 : 0), 0),
    start() {
      connections = 0;
      stored.fill(0);
      sends.fill(0);
      busy.fill(-1);
      away.fill(0);
      peer.fill(-1);
      listens.fill(0);
      for (const queue of waiting) queue.length = 0;
      // At the beginning all have the same, and are connected.
      for (const copy of all) {
        if (copy === 0) continue;
        sends[copy] = ++connections;
        listens[copy] = connections;
        peer[copy] = peerOf(0, 1, 0);
      }
    },
  };
}
