/**
 * Memory layout of the hot path: records are rows of typed arrays, fields are offsets within a row.
 * Rows are one or two cache lines, so that touching a request touches little memory.
 */

/** Event opcodes. Their order is the named priority among events of the same instant: a lower one happens first. */
export const OP_COMPLETE = 0; // a server finishes a request; payload: node
export const OP_SHARED = 1; // the next departure under processor sharing; payload: node
export const OP_REPLY = 2; // a reply reaches the caller; the event id is the call
export const OP_DELIVER = 3; // a request reaches the far end; payload: link
export const OP_LOST = 4; // the caller learns that a message was lost
export const OP_THINK = 5; // a user has thought; payload: source node
export const OP_ARRIVAL = 6; // next arrival of an open source; payload: source node
export const OP_TIMEOUT = 7; // a caller gives up; payload: call
export const OP_WARM = 8; // the measured window begins
export const OP_SAMPLE = 9; // a point of the series
export const OP_BREAK = 10; // the host wants control back at this instant
export const OP_END = 11;
/** Bits of the opcode in an event word; the payload stands above them. */
export const OP_BITS = 4;
export const OP_MASK = 15;

/**
 * A record is a row of one buffer that is seen both as RECORD integers and as half as many doubles: three cache lines, of which the
 * first is all that the event list and most of a call's life touch. Call frames are records; so are timers. A record is known by
 * the index of its first integer, a multiple of RECORD: its integers stand at id + field, its doubles at (id >> 1) + field.
 */
export const RECORD = 48;
// First line. The double T_TIME stands where the integers 0 and 1 would.
export const T_TIME = 0; // instant of the pending event
export const R_WORD = 2; // its opcode and payload
export const R_NEXT = 3; // neighbour in the event list, or in a station's line while no event is pending
export const R_BUCKET = 4;
export const C_LINK = 5; // link on which the caller called, hence on which the reply returns
export const C_NODE = 6; // instance where the request is, or the one chosen for it; -1: not chosen
export const C_OPERATION = 7;
export const T_ARRIVED = 4; // at the current node
export const T_DEMAND = 5; // service demand at the current node
export const T_SENT = 6; // by the caller
export const C_PARENT = 14; // index of the calling frame, or one of the two below
export const C_TAG = 15; // of the caller: target index of a router, user of a closed source
// Second line.
export const C_AGE = 16; // how often the frame was reused
export const C_PARENT_AGE = 17; // age of the parent when it called: a reply to a reused frame is dropped
export const C_STEP = 18; // next call to make at a station
export const C_PENDING = 19; // parallel calls not yet answered
export const C_NEED = 20; // replies still needed
export const C_TIMER = 21; // 1 while the timeout of this call is pending
export const C_REASON = 22; // outcome carried by the reply; 0: ok
export const C_HOPS = 23; // hand-overs so far
export const C_PREVIOUS = 24; // neighbours in the list of those in service (preemptive) or child in a pairing heap
export const C_NEXT = 25;
export const C_STATE = 26; // one of STATE_*
export const C_ROUTER = 27; // router that the request has come through and whose reply it owes; -1: none
export const T_ROUTER_ARRIVED = 14; // there
export const C_ROUTER_LINK = 30; // link on which the router was called
export const C_ROUTER_TARGET = 31; // target that the router chose
// Third line: only where a plan needs it.
export const T_REMAINING = 16; // of the demand, for preemptive disciplines; finish in virtual time under sharing
export const T_WORK = 17; // demand that the request carries (trace)
export const T_PRIORITY = 18;
export const T_ROOT_WAIT = 19; // waiting and service so far, kept for the request log
export const T_ROOT_SERVICE = 20;

/** The caller is a source: the request's root. */
export const PARENT_SOURCE = -1;
/** The caller gave up or went away: the reply will be dropped. */
export const PARENT_NONE = -2;

/** Where a frame is; the self-checks walk these. */
export const STATE_FREE = 0;
export const STATE_AWAY = 1; // on a link, or lost
export const STATE_AT_NODE = 2;

/** Node, integers. */
export const NODE = 16;
export const N_ROLE = 0;
export const N_SERVERS = 1;
export const N_BUSY = 2;
export const N_QUEUED = 3;
export const N_LIMIT = 4;
export const N_DISCIPLINE = 5;
export const N_HEAD = 6;
export const N_TAIL = 7;
export const N_PRESENT = 8;
export const N_COMPONENT = 9;
export const N_FLAGS = 10;
export const N_FIRST = 11; // first in service (preemptive) or root of the pairing heap
export const N_EVENT = 12; // event id of a source's next arrival or of a sharing station's next departure
export const N_QUEUE_MAX = 13;
export const N_DEMAND = 14; // variate stream where one serves all operations, else -1
export const N_CURSOR = 15; // round robin position, arrivals so far of a trace

export const ROLE_SOURCE = 0;
export const ROLE_STATION = 1;
export const ROLE_ROUTER = 2;

export const FLAG_CALLS = 1;
export const FLAG_FORWARDS = 2;
export const FLAG_PARALLEL = 4;
export const FLAG_HOLDS = 8;
export const FLAG_SLOWDOWN = 16;

/** Disciplines by number; those from LIFO_PREEMPTIVE on do not take the fast path. */
export const DISCIPLINES = [
  'fifo',
  'lifo',
  'priority',
  'shortest-job',
  'lifo-preemptive',
  'priority-preemptive',
  'shortest-remaining',
  'processor-sharing',
] as const;
export const FIFO = 0;
export const LIFO = 1;
export const PRIORITY = 2;
export const SHORTEST_JOB = 3;
export const LIFO_PREEMPTIVE = 4;
export const PRIORITY_PREEMPTIVE = 5;
export const SHORTEST_REMAINING = 6;
export const SHARING = 7;

/**
 * Node, statistics: counts and sums since time 0. An AREA is kept as the sum of departure instants minus arrival instants;
 * adding (number present) * (now) turns it into the integral of the number over time.
 */
export const STATS = 16;
// First line: what every request touches.
export const S_OFFERED = 0;
export const S_COMPLETED = 1;
export const S_PRESENT_AREA = 2;
export const S_LATENCY = 3; // sum of the times that completed requests spent at the node
export const S_BUSY_AREA = 4;
export const S_STARTED = 5; // services begun (under preemption: ended)
export const S_SERVICE = 6; // sum of their demands
export const S_WAITED = 7; // sum of their waiting times
// Second line.
export const S_QUEUE_AREA = 8;
export const S_FAILED = 9;
export const S_FAILED_RESIDENCE = 10; // sum of the times that failed requests spent at the node
export const S_SLOWDOWN = 11;
export const S_SLOWED = 12; // number of slowdowns

/** Link, statistics. */
export const LINK_STATS = 16;
export const L_COMPLETED = 1;
export const L_FAILED = 2;
export const L_MESSAGES = 4; // messages with a network time
export const L_NETWORK = 5; // sum of network times
export const L_QUEUEING = 6; // sum of waits for the transmitter
export const L_SENDING = 7; // sum of transmission times of requests
export const L_LOST = 8;
export const L_IN_TRANSIT = 10;
export const L_BUSY_UNTIL = 14; // when the transmitter of requests falls idle, ns
export const L_BUSY_UNTIL_BACK = 15; // and that of replies
export const L_SENDING_BACK = 11; // and of replies
export const L_LATE = 12; // replies that nobody waited for any more

/** Operation, statistics. */
export const OPERATION_STATS = 8;
export const O_OFFERED = 0;
export const O_COMPLETED = 1;
export const O_FAILED = 2;
export const O_LATENCY = 3;
export const O_LATENCY_MAX = 4;
export const O_FAILED_RESIDENCE = 5; // sum of the times of those that failed
export const O_AREA = 6;

/** Failure reasons by number: 0 is success, 1 + index into FAILURE_REASONS otherwise. */
export const REASON_OK = 0;
export const REASON_TIMEOUT = 1;
export const REASON_QUEUE_FULL = 2;
export const REASON_LINK_LOST = 3;
export const REASON_LINK_FULL = 4;
export const REASON_HOP_LIMIT = 5;
export const REASONS = 8;

/** Link flags: zero means that a message takes no time and cannot fail, so that it costs no event. */
export const LINK_DELAY = 1;
export const LINK_BANDWIDTH = 2;
export const LINK_LOSS = 4;
export const LINK_TIMEOUT = 8;

/** Words by which the parts of an engine ask its loop for attention. */
export const WATCH_REQUESTS = 0; // 1: stop when the next request ends
export const STOP = 1; // one of the two below; 0: go on
export const STOP_AT_REQUEST = 1;
export const STOP_AT_LIMIT = 2;
