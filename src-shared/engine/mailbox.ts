/** Most messages of other kinds than the log's that wait for a paused copy; older ones are forgotten. */
export const INBOX_LIMIT = 64;

/** A message between two copies of a database. */
export interface Message {
  kind: number;
  from: number;
  to: number;
  term: number;
  /** What the kind says. */
  value: number;
  more: number;
  /** How often the sender had crashed when it sent this. */
  epoch: number;
}

/** Messages on their way, in the order in which they arrive; of those that arrive at the same instant, in the order in which they were sent. */
export interface Mailbox {
  post(at: number, kind: number, from: number, to: number, term: number, value: number, more: number, epoch: number): void;
  /** Arrival of the next message, ns; Infinity: there is none. */
  nextAt(): number;
  /** Takes the next message; it stays readable until the next one is taken. */
  take(): Message;
  /** Messages on their way. */
  count(): number;
  reset(): void;
}

const ROOM = 64;

/** Makes an empty mailbox: a binary heap over rows that are used again. Memory is in proportion to the messages under way. */
export function createMailbox(): Mailbox {
  let at = new Float64Array(ROOM);
  let order = new Float64Array(ROOM);
  let heap = new Int32Array(ROOM);
  const rows: Message[] = [];
  const free: number[] = [];
  const taken: Message = { kind: 0, from: 0, to: 0, term: 0, value: 0, more: 0, epoch: 0 };
  let size = 0;
  let sent = 0;
  const before = (one: number, other: number): boolean => at[one] < at[other] || (at[one] === at[other] && order[one] < order[other]);
  const grow = (): void => {
    const larger = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const copy = new Float64Array(old.length * 2);
      copy.set(old);
      return copy;
    };
    at = larger(at);
    order = larger(order);
    const more = new Int32Array(heap.length * 2);
    more.set(heap);
    heap = more;
  };
  return {
    post(instant, kind, from, to, term, value, more, epoch) {
      let row = free.pop();
      if (row === undefined) {
        row = rows.push({ kind, from, to, term, value, more, epoch }) - 1;
        if (row >= at.length) grow();
      } else {
        const message = rows[row];
        message.kind = kind;
        message.from = from;
        message.to = to;
        message.term = term;
        message.value = value;
        message.more = more;
        message.epoch = epoch;
      }
      at[row] = instant;
      order[row] = sent++;
      let place = size++;
      while (place > 0) {
        const above = (place - 1) >> 1;
        if (!before(row, heap[above])) break;
        heap[place] = heap[above];
        place = above;
      }
      heap[place] = row;
    },
    nextAt: () => (size === 0 ? Infinity : at[heap[0]]),
    take() {
      const row = heap[0];
      const last = heap[--size];
      let place = 0;
      for (let below = 1; below < size; below = 2 * place + 1) {
        if (below + 1 < size && before(heap[below + 1], heap[below])) below++;
        if (!before(heap[below], last)) break;
        heap[place] = heap[below];
        place = below;
      }
      heap[place] = last;
      free.push(row);
      return Object.assign(taken, rows[row]);
    },
    count: () => size,
    reset() {
      free.length = 0;
      for (let row = 0; row < rows.length; row++) free.push(row);
      size = 0;
      sent = 0;
    },
  };
}
