/**
 * The memory of a tracing engine: rows of spans in pools of fixed size, a list of rows for each request under way. What a request
 * has recorded is given back as soon as it is over, so that memory is in proportion to the requests in flight and has a limit.
 */

/** What a span is. Calls and visits contain others; the rest are stretches of time of whatever contains them. */
export const SPAN_KINDS = ['call', 'visit', 'queue', 'held', 'service', 'interrupted', 'passage', 'lost', 'backoff', 'pause', 'dispatch', 'commit'] as const;
export const SPAN_CALL = 0; // from the sending to what the caller learns; place: link
export const SPAN_VISIT = 1; // a request at an instance; place: node
export const SPAN_QUEUE = 2; // waits for a server
export const SPAN_HELD = 3; // kept by a rate limiter
export const SPAN_SERVICE = 4; // a server works on it
export const SPAN_INTERRUPTED = 5; // service has begun, and others are served in between
export const SPAN_PASSAGE = 6; // a message on a link; place: link
export const SPAN_LOST = 7; // until the caller learns that a message was lost; place: link
export const SPAN_BACKOFF = 8; // a caller waits before it tries again; place: link
export const SPAN_PAUSE = 9; // of a job between stages
export const SPAN_DISPATCH = 10; // a job's sender is busy with the call before
export const SPAN_COMMIT = 11; // a write waits until other copies have it

/** Bits of S_NOTE of a call. The number of the attempt stands above them; 0: the call is no attempt of a guarded call. */
export const NOTE_HEDGE = 1;
export const NOTE_PROBE = 2; // of a half-open breaker
export const NOTE_ABANDONED = 4; // its caller gave up or called back
export const NOTE_UNAWAITED = 8; // when it ended its caller waited for it no longer
export const NOTE_FALLBACK = 16; // answered by the substitute
export const NOTE_BITS = 5;
/** S_NOTE of a passage. */
export const WAY_REQUEST = 0;
export const WAY_REPLY = 1;

/** Spans that one request may have; further ones are counted and dropped. */
export const SPANS_PER_REQUEST = 5000;
/** Spans of all requests under way, and requests under way that are recorded at once. */
export const SPAN_LIMIT = 1_500_000;
export const REQUEST_LIMIT = 200_000;

/** One span as it was recorded; times in ns. */
export interface RawSpan {
  readonly kind: number;
  /** Index of the span that contains it; -1: the request itself. */
  readonly parent: number;
  /** Node or link. */
  readonly place: number;
  readonly begin: number;
  /** Infinity: not over yet. */
  readonly end: number;
  /** REASON_*; -1: not over yet. */
  readonly reason: number;
  /** Of a call that the substitute answered: why it failed. */
  readonly cause: number;
  readonly note: number;
  /** Call: when its work was over; service: demand; passage: wait for the transmitter; visit: age of what a stale read did not show. ns */
  readonly more: number;
  /** Of a visit with a stale read: versions behind. */
  readonly behind: number;
}

/** One request with its spans, those that contain others before what they contain. */
export interface RawTrace {
  /** Of the request, in the order in which requests began, from 0. */
  readonly number: number;
  readonly operation: number;
  readonly begin: number;
  readonly end: number;
  readonly reason: number;
  /** Age of its oldest stale read, ns; -1: none was stale. */
  readonly stale: number;
  /** Spans beyond SPANS_PER_REQUEST. */
  readonly dropped: number;
  readonly spans: readonly RawSpan[];
}

/** Pools of spans (rows) and of requests (slots). Rows and slots are known by their index; -1: there is none. */
export interface TraceMemory {
  readonly begin: Float64Array;
  readonly end: Float64Array;
  readonly more: Float64Array;
  readonly place: Int32Array;
  readonly reason: Int8Array;
  readonly cause: Int8Array;
  readonly note: Int32Array;
  readonly behind: Int32Array;
  /** Of slots. */
  readonly numberOf: Float64Array;
  readonly operationOf: Int32Array;
  readonly beginOf: Float64Array;
  readonly endOf: Float64Array;
  readonly reasonOf: Int8Array;
  readonly staleOf: Float64Array;
  /** Frames of the request that are in use. */
  readonly framesOf: Int32Array;
  /** Takes a slot for request `number`; -1: there is none left. */
  open(number: number, operation: number, at: number): number;
  /** Adds a row to a slot; -1: it has too many, or all together have. Its end is open. */
  add(slot: number, kind: number, parent: number, place: number, begin: number): number;
  /** What a slot has recorded. */
  read(slot: number): RawTrace;
  /** Gives a slot and its rows back. */
  close(slot: number): void;
  /** Slots in use, in the order in which their requests began. */
  inUse(): number[];
  reset(): void;
}

/** Lays the memory out. */
export function createTraceMemory(): TraceMemory {
  const begin = new Float64Array(SPAN_LIMIT);
  const end = new Float64Array(SPAN_LIMIT);
  const more = new Float64Array(SPAN_LIMIT);
  const kind = new Int8Array(SPAN_LIMIT);
  const parent = new Int32Array(SPAN_LIMIT);
  const place = new Int32Array(SPAN_LIMIT);
  const reason = new Int8Array(SPAN_LIMIT);
  const cause = new Int8Array(SPAN_LIMIT);
  const note = new Int32Array(SPAN_LIMIT);
  const behind = new Int32Array(SPAN_LIMIT);
  const next = new Int32Array(SPAN_LIMIT);
  /** Place of a row among those of its request, filled when the request is read. */
  const order = new Int32Array(SPAN_LIMIT);
  const operationOf = new Int32Array(REQUEST_LIMIT);
  const beginOf = new Float64Array(REQUEST_LIMIT);
  const endOf = new Float64Array(REQUEST_LIMIT);
  const reasonOf = new Int8Array(REQUEST_LIMIT);
  const staleOf = new Float64Array(REQUEST_LIMIT);
  const framesOf = new Int32Array(REQUEST_LIMIT);
  const numberOf = new Float64Array(REQUEST_LIMIT);
  const head = new Int32Array(REQUEST_LIMIT);
  const tail = new Int32Array(REQUEST_LIMIT);
  const countOf = new Int32Array(REQUEST_LIMIT);
  const droppedOf = new Int32Array(REQUEST_LIMIT);
  const freeSlots = new Int32Array(REQUEST_LIMIT);
  let freeSlotCount = 0;
  let slots = 0;
  /** Rows given back are a list; those from `rows` on were never used. */
  let freeRow = -1;
  let rows = 0;

  return {
    begin,
    end,
    more,
    place,
    reason,
    cause,
    note,
    behind,
    numberOf,
    operationOf,
    beginOf,
    endOf,
    reasonOf,
    staleOf,
    framesOf,
    open(number, operation, at) {
      let slot: number;
      if (freeSlotCount > 0) slot = freeSlots[--freeSlotCount];
      else if (slots < REQUEST_LIMIT) slot = slots++;
      else return -1;
      numberOf[slot] = number;
      operationOf[slot] = operation;
      beginOf[slot] = at;
      endOf[slot] = Infinity;
      reasonOf[slot] = -1;
      staleOf[slot] = -1;
      framesOf[slot] = 0;
      head[slot] = -1;
      tail[slot] = -1;
      countOf[slot] = 0;
      droppedOf[slot] = 0;
      return slot;
    },
    add(slot, its, within, at, since) {
      let row = freeRow;
      if (countOf[slot] >= SPANS_PER_REQUEST || (row < 0 && rows >= SPAN_LIMIT)) {
        droppedOf[slot]++;
        return -1;
      }
      if (row >= 0) freeRow = next[row];
      else row = rows++;
      kind[row] = its;
      parent[row] = within;
      place[row] = at;
      begin[row] = since;
      end[row] = Infinity;
      more[row] = Infinity;
      reason[row] = -1;
      cause[row] = 0;
      note[row] = 0;
      behind[row] = 0;
      next[row] = -1;
      if (tail[slot] >= 0) next[tail[slot]] = row;
      else head[slot] = row;
      tail[slot] = row;
      countOf[slot]++;
      return row;
    },
    read(slot) {
      const spans: RawSpan[] = [];
      for (let row = head[slot]; row >= 0; row = next[row]) {
        order[row] = spans.length;
        spans.push({
          kind: kind[row],
          parent: parent[row] < 0 ? -1 : order[parent[row]],
          place: place[row],
          begin: begin[row],
          end: end[row],
          reason: reason[row],
          cause: cause[row],
          note: note[row],
          more: more[row],
          behind: behind[row],
        });
      }
      return {
        number: numberOf[slot],
        operation: operationOf[slot],
        begin: beginOf[slot],
        end: endOf[slot],
        reason: reasonOf[slot],
        stale: staleOf[slot],
        dropped: droppedOf[slot],
        spans,
      };
    },
    close(slot) {
      if (tail[slot] >= 0) {
        next[tail[slot]] = freeRow;
        freeRow = head[slot];
      }
      head[slot] = -2;
      freeSlots[freeSlotCount++] = slot;
    },
    inUse() {
      const found: number[] = [];
      for (let slot = 0; slot < slots; slot++) if (head[slot] !== -2) found.push(slot);
      return found.sort((one, other) => numberOf[one] - numberOf[other]);
    },
    reset() {
      freeSlotCount = 0;
      slots = 0;
      freeRow = -1;
      rows = 0;
    },
  };
}
