/** Writes that the logs of a database's copies keep; a copy that is further behind gets a full copy instead. A power of two. */
export const LOG_LIMIT = 65_536;
const MASK = LOG_LIMIT - 1;

/** What becomes of a write: nothing bad so far; its primary is not that of the latest term, so that it will be lost; it was acknowledged, and is lost. */
const FINE = 0;
const DOOMED = 1;
const LOST = 2;

/** What the copies of one database have logged and applied. Copies are numbered from 0; writes by the order in which they were appended anywhere, from 1; 0: none. */
export interface ReplicaLog {
  /** A primary has been elected: what is appended in an earlier term from now on will be lost, and makes nobody stale. */
  elect(term: number): void;
  /** A primary appends a write, which takes effect at itself at once. Returns its number. */
  append(copy: number, item: number, term: number, work: number): number;
  /** Whether a write comes right after the last one that a copy has logged. */
  follows(copy: number, write: number): boolean;
  /** A copy logs the write that follows. */
  log(copy: number, write: number): void;
  /** A copy applies the next of its logged writes. Returns its number. */
  apply(copy: number): number;
  /** The next write that a copy has logged and not applied; 0: none. */
  next(copy: number): number;
  /** Writes logged and not applied. */
  backlog(copy: number): number;
  /** Writes in the log of a copy, and the term of the last of them. */
  length(copy: number): number;
  lastTerm(copy: number): number;
  /** Place of a write in its log, from 1, and its service demand at the primary, ns. */
  positionOf(write: number): number;
  workOf(write: number): number;
  /** Instant of the acknowledgement, ns; Infinity: there was none. */
  acknowledgedAt(write: number): number;
  /** A write is acknowledged to whoever asked for it. */
  acknowledge(write: number, now: number): void;
  /**
   * Which version of an item a copy shows to a read that was sent at `sentAt`: true if it is older than one whose write had been
   * acknowledged by then. `found` says since when and how many versions.
   */
  isStale(copy: number, item: number, sentAt: number): boolean;
  /** Of the latest stale read: when the first write that it did not show was acknowledged, and how many acknowledged versions it was behind. */
  readonly found: { since: number; behind: number };
  /** Writes that some copy has and the primary has not are lost: calls back for each that had been acknowledged and was not lost before. */
  lose(primary: number, copy: number, lost: (acknowledgedAt: number) => void): void;
  /** Makes the log of a copy that of the primary up to a place. Returns the number of writes that were cut off; -1: it got a full copy. */
  catchUp(copy: number, primary: number, upTo: number): number;
  /** Whether there is room in the log of a copy for the write at a place. */
  hasRoom(copy: number, position: number): boolean;
  reset(): void;
}

/** Lays out the logs of so many copies of so many items. */
export function createReplicaLog(copies: number, items: number): ReplicaLog {
  // By write, at number & MASK.
  const itemOf = new Int32Array(LOG_LIMIT);
  const termOf = new Int32Array(LOG_LIMIT);
  const versionOf = new Int32Array(LOG_LIMIT);
  const before = new Int32Array(LOG_LIMIT); // in the log
  const previous = new Int32Array(LOG_LIMIT); // of the same item
  const following = new Int32Array(LOG_LIMIT);
  const position = new Int32Array(LOG_LIMIT);
  const work = new Float64Array(LOG_LIMIT);
  const acknowledged = new Float64Array(LOG_LIMIT);
  const fate = new Uint8Array(LOG_LIMIT);
  let appended = 0;
  let latestTerm = 1;
  // By copy: its log by place, at copy * LOG_LIMIT + (place & MASK).
  const logs = new Int32Array(copies * LOG_LIMIT);
  const lengths = new Int32Array(copies);
  const appliedTo = new Int32Array(copies);
  // By copy and item: the write that the copy shows, its version, and the first later write that it does not show.
  const shown = new Int32Array(copies * items);
  const version = new Int32Array(copies * items);
  const unseen = new Int32Array(copies * items);
  // By item: the latest acknowledged write and its version.
  const latest = new Int32Array(items);
  const latestVersion = new Int32Array(items);
  const found = { since: 0, behind: 0 };

  const isKept = (write: number): boolean => write > 0 && write > appended - LOG_LIMIT;
  const at = (copy: number, place: number): number => (place > 0 ? logs[copy * LOG_LIMIT + (place & MASK)] : 0);
  const lastOf = (copy: number): number => at(copy, lengths[copy]);

  /** Places up to which two logs are the same. */
  const commonLength = (one: number, other: number): number => {
    let place = Math.min(lengths[one], lengths[other]);
    const least = Math.max(lengths[one], lengths[other]) - LOG_LIMIT;
    while (place > 0 && place > least && at(one, place) !== at(other, place)) place--;
    return place;
  };

  /** A write is in no log that counts any more. */
  const forget = (write: number): void => {
    const w = write & MASK;
    const item = itemOf[w];
    fate[w] = acknowledged[w] < Infinity ? LOST : DOOMED;
    for (let copy = 0; copy < copies; copy++) if (unseen[copy * items + item] === write) unseen[copy * items + item] = 0;
    if (isKept(previous[w]) && following[previous[w] & MASK] === write) following[previous[w] & MASK] = 0;
    if (latest[item] !== write) return;
    let back = previous[w];
    let number = versionOf[w] - 1;
    while (isKept(back) && acknowledged[back & MASK] === Infinity) {
      back = previous[back & MASK];
      number--;
    }
    latest[item] = back;
    latestVersion[item] = Math.max(0, number);
  };

  const lose: ReplicaLog['lose'] = (primary, copy, lost) => {
    const from = commonLength(primary, copy);
    for (let place = lengths[copy]; place > from; place--) {
      const write = at(copy, place);
      if (!isKept(write) || fate[write & MASK] === LOST) continue;
      if (acknowledged[write & MASK] < Infinity) lost(acknowledged[write & MASK]);
      forget(write);
    }
  };

  /** Takes the end off the log of a copy, with what it has made of its items. */
  const cut = (copy: number, length: number): number => {
    const cutOff = lengths[copy] - length;
    for (let place = lengths[copy]; place > length; place--) {
      const w = at(copy, place) & MASK;
      const i = copy * items + itemOf[w];
      if (place > appliedTo[copy]) continue;
      shown[i] = previous[w];
      version[i] = versionOf[w] - 1;
      unseen[i] = 0;
    }
    lengths[copy] = length;
    appliedTo[copy] = Math.min(appliedTo[copy], length);
    return cutOff;
  };

  return {
    found,
    elect(term) {
      latestTerm = term;
    },
    append(copy, item, term, demand) {
      const write = ++appended;
      const w = write & MASK;
      const i = copy * items + item;
      itemOf[w] = item;
      termOf[w] = term;
      work[w] = demand;
      acknowledged[w] = Infinity;
      const isDoomed = term < latestTerm;
      fate[w] = isDoomed ? DOOMED : FINE;
      before[w] = lastOf(copy);
      previous[w] = shown[i];
      following[w] = 0;
      versionOf[w] = version[i] + 1;
      position[w] = ++lengths[copy];
      appliedTo[copy] = lengths[copy];
      logs[copy * LOG_LIMIT + (lengths[copy] & MASK)] = write;
      if (isKept(shown[i]) && !isDoomed) following[shown[i] & MASK] = write;
      shown[i] = write;
      version[i] = versionOf[w];
      if (isDoomed) return write;
      unseen[i] = 0;
      for (let other = 0; other < copies; other++) if (other !== copy && unseen[other * items + item] === 0) unseen[other * items + item] = write;
      return write;
    },
    follows: (copy, write) => before[write & MASK] === lastOf(copy),
    log(copy, write) {
      lengths[copy] = position[write & MASK];
      logs[copy * LOG_LIMIT + (lengths[copy] & MASK)] = write;
    },
    apply(copy) {
      const write = at(copy, ++appliedTo[copy]);
      const w = write & MASK;
      const i = copy * items + itemOf[w];
      shown[i] = write;
      version[i] = versionOf[w];
      unseen[i] = following[w];
      return write;
    },
    next: (copy) => (appliedTo[copy] < lengths[copy] ? at(copy, appliedTo[copy] + 1) : 0),
    backlog: (copy) => lengths[copy] - appliedTo[copy],
    length: (copy) => lengths[copy],
    lastTerm: (copy) => (lengths[copy] === 0 ? 0 : termOf[lastOf(copy) & MASK]),
    positionOf: (write) => position[write & MASK],
    workOf: (write) => work[write & MASK],
    acknowledgedAt: (write) => acknowledged[write & MASK],
    acknowledge(write, now) {
      const w = write & MASK;
      acknowledged[w] = now;
      if (fate[w] === DOOMED) return;
      if (versionOf[w] <= latestVersion[itemOf[w]]) return;
      latest[itemOf[w]] = write;
      latestVersion[itemOf[w]] = versionOf[w];
    },
    isStale(copy, item, sentAt) {
      const i = copy * items + item;
      let first = unseen[i];
      // A write whose primary failed before it could acknowledge it was promised to nobody.
      while (isKept(first) && acknowledged[first & MASK] === Infinity) first = following[first & MASK];
      if (first === 0 || (isKept(first) && acknowledged[first & MASK] > sentAt)) return false;
      let last = latest[item];
      let number = latestVersion[item];
      while (isKept(last) && acknowledged[last & MASK] > sentAt) {
        last = previous[last & MASK];
        number--;
      }
      // Of a write that is not kept any more it is only known that it is older than those that are.
      found.since = isKept(first) ? acknowledged[first & MASK] : Math.min(sentAt, acknowledged[(appended + 1) & MASK]);
      found.behind = Math.max(1, number - version[i]);
      return true;
    },
    lose,
    catchUp(copy, primary, upTo) {
      const common = commonLength(copy, primary);
      if (lengths[primary] - Math.min(common, appliedTo[copy]) >= LOG_LIMIT) {
        shown.copyWithin(copy * items, primary * items, (primary + 1) * items);
        version.copyWithin(copy * items, primary * items, (primary + 1) * items);
        unseen.copyWithin(copy * items, primary * items, (primary + 1) * items);
        logs.copyWithin(copy * LOG_LIMIT, primary * LOG_LIMIT, (primary + 1) * LOG_LIMIT);
        lengths[copy] = lengths[primary];
        appliedTo[copy] = appliedTo[primary];
        return -1;
      }
      const cutOff = cut(copy, common);
      for (let place = common + 1; place <= upTo; place++) logs[copy * LOG_LIMIT + (place & MASK)] = at(primary, place);
      lengths[copy] = Math.max(common, upTo);
      for (let place = appliedTo[copy] + 1; place <= lengths[primary]; place++) {
        const write = at(primary, place);
        const i = copy * items + itemOf[write & MASK];
        if (unseen[i] === 0) unseen[i] = write;
      }
      return cutOff;
    },
    hasRoom: (copy, place) => place - appliedTo[copy] < LOG_LIMIT,
    reset() {
      appended = 0;
      latestTerm = 1;
      for (const array of [logs, lengths, appliedTo, shown, version, unseen, latest, latestVersion]) array.fill(0);
    },
  };
}
