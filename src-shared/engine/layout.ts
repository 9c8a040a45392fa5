/**
 * Memory layout of the hot path: records are rows of typed arrays, fields are offsets within a row.
 * Rows are one or two cache lines, so that touching a request touches little memory.
 */

/** Event opcodes. Their order is the named priority among events of the same instant: a lower one happens first. */
export const OP_COMPLETE = 0; // a server finishes a request; payload: node
export const OP_SHARED = 1; // the next departure of an elastic station; payload: node
export const OP_REPLY = 2; // a reply reaches the caller; the event id is the call
export const OP_DELIVER = 3; // a request reaches the far end; payload: link
export const OP_LOST = 4; // the caller learns that a message was lost
export const OP_RELEASE = 5; // a rate limiter lets a delayed request in; payload: node
export const OP_THINK = 6; // a user has thought; payload: source node
export const OP_CONTROL = 7; // something that is no request: a fault, a decision, a health check; payload: number of the control
export const OP_ARRIVAL = 8; // next arrival of an open source; payload: source node
export const OP_GUARD = 9; // a guarded call retries or hedges, or a job goes on; the event id is the guard or the request
export const OP_PATIENCE = 10; // a request has waited long enough; payload: frame
export const OP_TIMEOUT = 11; // a caller gives up; payload: call
export const OP_WARM = 12; // the measured window begins
export const OP_SAMPLE = 13; // a point of the series
export const OP_BREAK = 14; // the host wants control back at this instant
export const OP_END = 15;
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
/** Values of R_WORD at a station while no event is pending. */
export const WORD_QUEUED = -1;
export const WORD_PREPARED = -9; // not sent yet: others that are sent before it may come back first
export const WORD_ACTIVE = -2; // in service at an elastic station, or stopped in the middle of it
export const WORD_CALLING = -3; // calling by stages, no timer of its own pending
export const WORD_LEAVING = -4; // turned away already; the answer is about to go out
export const WORD_COMMITTING = -5; // a write that waits for other copies
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
// While a request calls by stages it is in neither: its stage and the rounds of it that are done.
export const C_STAGE = 24;
export const C_ROUND = 25;
export const C_STATE = 26; // one of STATE_*
export const C_ROUTER = 27; // router that the request has come through and whose reply it owes; -1: none
export const T_ROUTER_ARRIVED = 14; // there
export const C_ROUTER_LINK = 30; // link on which the router was called
export const C_ROUTER_TARGET = 31; // target that the router chose
// Third line: only where a plan needs it.
export const T_REMAINING = 16; // of the demand, for preemptive disciplines; finish in virtual time under sharing
// While a request calls by stages: when its service began.
export const T_BEGUN = 16;
export const T_WORK = 17; // demand that the request carries (trace)
export const T_PRIORITY = 18;
export const T_ROOT_WAIT = 19; // waiting and service so far, kept for the request log
export const T_ROOT_SERVICE = 20;
export const T_DEADLINE = 21; // instant after which nobody wants the answer any more, where deadlines are propagated; Infinity: none
export const C_KEY = 44; // session that the request belongs to; -1: none
export const C_CHILD = 45; // first of the calls under way for this frame, where cancellation needs them; -1: none
export const C_SIBLING = 46; // next call of the same parent; in its timer record: the one before
export const C_PATIENCE = 47; // 1 while the patience of a queued request is pending

/** The caller is a source: the request's root. */
export const PARENT_SOURCE = -1;
/** The caller gave up or went away: the reply will be dropped. */
export const PARENT_NONE = -2;
/** No request: what an instance reports to a telemetry collector. */
export const PARENT_REPORT = -3;
/** No request: a write that a copy of a database applies. */
export const PARENT_COPY = -4;

/** Where a frame is; the self-checks walk these. */
export const STATE_FREE = 0;
export const STATE_AWAY = 1; // on a link, or lost
export const STATE_AT_NODE = 2;
export const STATE_CALLING = 4; // at a node, waiting for calls that it has made
export const STATE_GUARD = 3; // a guarded call: its attempts are on the way, or it waits to retry
export const STATE_APPLYING = 5; // no request: a copy applies a write of another one

/** Node, integers. */
export const NODE = 32;
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
export const N_STATE = 16; // life of an instance, one of INSTANCE_*
export const N_ACTIVE = 17; // requests that an elastic station is serving at once
export const N_THREADS = 18; // most requests that an elastic station serves at once
export const N_FULL_SERVERS = 19; // servers when all is well: N_SERVERS is what serves now
export const N_OUT = 20; // targets that a router has taken out now
export const N_EMPTIED = 21; // 1 + control that runs when the last request leaves a draining instance; 0: none
export const N_HELD = 22; // requests that a rate limiter makes wait before the station
export const N_STARTING = 23; // servers that are being started on demand

export const ROLE_SOURCE = 0;
export const ROLE_STATION = 1;
export const ROLE_ROUTER = 2;
/** A station whose gate looks at every request first. */
export const ROLE_GATED = 3;
/** Refuses every request at once: the process is gone, the machine answers. */
export const ROLE_DOWN = 4;
/** Swallows every request: nobody answers. */
export const ROLE_SILENT = 5;
/** The pseudo-node at which guarded calls wait. */
export const ROLE_GUARD = 6;
/** A copy of replicated data, which may refuse a request; behind that a station with a gate. */
export const ROLE_COPY = 7;

/** Life of an instance. */
export const INSTANCE_UP = 0;
export const INSTANCE_OFF = 1; // not paid for
export const INSTANCE_STARTING = 2;
export const INSTANCE_DRAINING = 3; // takes nothing new, finishes what it has
export const INSTANCE_DOWN = 4; // crashed
export const INSTANCE_PAUSED = 5; // accepts, serves nothing

export const FLAG_CALLS = 1;
export const FLAG_FORWARDS = 2;
export const FLAG_PARALLEL = 4;
export const FLAG_HOLDS = 8;
export const FLAG_SLOWDOWN = 16;
export const FLAG_ROUTES = 32; // after service (or at once, for a router) the request goes to a target
export const FLAG_GUARD = 64; // the pseudo-node of guarded calls
export const FLAG_ERRORS = 128; // a share of the requests fails after service
export const FLAG_STAGES = 256; // calls stand in stages, each with copies and a number of replies to wait for

/** Disciplines by number; those from LIFO_PREEMPTIVE on do not take the fast path. Elastic stations carry the bit ELASTIC beside. */
export const FIFO = 0;
export const LIFO = 1;
export const PRIORITY = 2;
export const SHORTEST_JOB = 3;
export const LIFO_PREEMPTIVE = 4;
export const PRIORITY_PREEMPTIVE = 5;
export const SHORTEST_REMAINING = 6;
export const SHARING = 7;
/** Stations whose speed or servers may change while they serve: from SHARING on, N_DISCIPLINE is that of an elastic station. */
export const ELASTIC = 8;
export const DISCIPLINE_MASK = 7;

/**
 * Node, statistics: counts and sums since time 0. An AREA is kept as the sum of departure instants minus arrival instants;
 * adding (number present) * (now) turns it into the integral of the number over time.
 */
export const STATS = 32;
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
export const S_CAPACITY_AREA = 13; // servers that serve, over time; kept like the other areas
export const S_UP_AREA = 14; // time in which the instance is up
export const S_PAID_AREA = 15; // time in which the instance is paid for
// Third line: rare.
export const S_CRASHES = 16;
export const S_SETUPS = 17; // servers started on demand
export const S_SETUP_AREA = 18; // number of servers being started, over time
export const S_COLD = 19; // requests that found everything off
export const S_PRICED = 21; // USD ns/h already spent beyond what the present price makes of S_PAID_AREA: see Core.prices
export const S_WASTED = 20; // service given to requests that nobody waited for any more
export const S_OUT_AREA = 23; // number of targets that a router has taken out, over time; kept like the other areas
export const S_MOVED = 22; // requests that a router sent to another target than the one before of their session
// Fourth line: jobs.
export const S_JOB_WORK = 24; // service that completed jobs received, their own and that of the tasks awaited
export const S_JOB_TIME = 25; // sum of their times from the start of their service to their answer

/** Link, statistics. */
export const LINK_STATS = 32;
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
// Second half: guarded calls.
export const L_CALLS = 16; // calls as the caller sees them, whatever the number of attempts
export const L_CALLS_COMPLETED = 17;
export const L_CALLS_FAILED = 18;
export const L_RETRIES = 19; // attempts after the first that followed a failure
export const L_HEDGES = 20; // attempts beside one that was still under way
export const L_HEDGE_WINS = 21;
export const L_FALLBACKS = 22; // calls answered by the fallback
export const L_REJECTED = 23; // calls that breaker or bulkhead turned away
export const L_BACKOFF_AREA = 24; // calls waiting to retry, over time; kept like the other areas
export const L_BACKING_OFF = 25; // their number now
export const L_OPEN_AREA = 26; // time in which the breaker is open
export const L_OPEN = 27; // 1 while it is
export const L_OPENED = 28; // times it opened
export const L_CALL_TIME = 29; // sum of the times of calls that completed
export const L_CANCELLED = 30; // attempts called back
export const L_HEDGED = 31; // calls that were hedged at least once
export const L_ATTEMPTS = 13; // attempts of the calls that began on this link, whichever link they took

/** Link to a telemetry collector, statistics: counts and sums since time 0. */
export const TELEMETRY_STATS = 24;
export const E_SPANS = 0; // spans made
export const E_DROPPED = 1; // dropped at the part: no room, or the instance went down
export const E_LOST = 2; // lost on the link, or refused by the collector
export const E_SEEN = 3; // processed by the collector
export const E_SEEN_FAILED = 4; // of those, spans of requests that failed
export const E_SEEN_LATENCY = 5; // sum of the durations of the others
export const E_DELAY = 6; // sum of the times from the end of a span until it was processed
export const E_OVERHEAD = 7; // service time that telemetry added at the part
export const E_BYTES = 8; // put on the link
export const E_REPORTS = 9; // reports of metrics made
export const E_REPORTS_SEEN = 10;
export const E_REPORTS_LOST = 11;
export const E_TOLD_COMPLETED = 12; // what the reports that were processed told
export const E_TOLD_FAILED = 13;
export const E_TOLD_BUSY = 14;
export const E_TOLD_CAPACITY = 15;
export const E_AGE_AREA = 16; // age of the newest report, over time; brought up to E_AGE_AT
export const E_AGE_AT = 17;
export const E_NEWEST = 18; // instant that the newest report describes; 0: none yet
export const E_ROUNDS = 19; // instants that reports which were processed describe

/** Replicated data, statistics: a row for each component, then one for each operation. Counts and sums since time 0. */
export const COPY_STATS = 24;
export const Y_READS = 0; // reads answered; of an operation: requests that ended well and have read
export const Y_STALE = 1; // of those, stale ones
export const Y_BEHIND = 2; // sum of the versions that reads were behind
export const Y_BEHIND_MAX = 3; // since the window began
export const Y_APPLIED = 4; // writes applied by followers
export const Y_LAG = 5; // sum of the times from their acknowledgement until then
export const Y_LOST = 6; // acknowledged writes that were lost
export const Y_RECOVERY_POINT = 7; // longest stretch of lost writes since the window began, ns
export const Y_PROMOTIONS = 8;
export const Y_ELECTIONS = 9; // candidacies
export const Y_SPLIT = 10; // terms with several candidates and no winner
export const Y_WITHOUT_AREA = 11; // time without a primary; kept like the other areas
export const Y_WITHOUT = 12; // 1 while there is none
export const Y_DETECTION = 13; // sum of the times from a failure of a primary until a follower suspected it
export const Y_DETECTED = 14;
export const Y_FULL_COPIES = 15; // followers that had fallen too far behind for the log
export const Y_AGE_MAX = 16; // oldest stale read since the window began, ns
export const Y_LAG_MAX = 17; // longest lag since the window began, ns

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
export const REASON_ERROR = 6;
export const REASON_DOWN = 7;
export const REASON_RATE_LIMITED = 8;
export const REASON_SHED = 9;
export const REASON_BREAKER_OPEN = 10;
export const REASON_BULKHEAD_FULL = 11;
export const REASON_NO_TARGET = 12;
export const REASON_DEADLINE = 13;
export const REASON_ABANDONED = 14;
export const REASON_CANCELLED = 15;
export const REASON_SESSION_LOST = 16;
export const REASON_NO_PRIMARY = 17;
export const REASONS = 24;

/** Link flags: zero means that a message takes no time and cannot fail, so that it costs no event. */
export const LINK_DELAY = 1;
export const LINK_BANDWIDTH = 2;
export const LINK_LOSS = 4;
export const LINK_TIMEOUT = 8;
export const LINK_POLICY = 16; // calls are guarded: retries, hedges, a breaker
export const LINK_FAULT = 32; // something is wrong with the link now
/** What makes a message take time or fail. */
export const LINK_PASSAGE = LINK_DELAY | LINK_BANDWIDTH | LINK_LOSS | LINK_FAULT;

/** Words by which the parts of an engine ask its loop for attention. */
export const WATCH_REQUESTS = 0; // 1: stop when the next request ends
export const STOP = 1; // one of those below; 0: go on
export const STOP_AT_REQUEST = 1;
export const STOP_AT_LIMIT = 2;
export const STOP_AT_BREAK = 3;
export const STOP_AT_END = 4;
