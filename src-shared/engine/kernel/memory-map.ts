/**
 * Where the engine's state lies in the kernel's memory, as byte addresses. Both sides read this file: the kernel itself, which is
 * compiled to WebAssembly, and the parts of the engine that look into its memory through typed arrays. Numbers only.
 */

/** Doubles of the event list: now, buckets per ns, origin, time of the last check. */
export const CLOCK = 0;
/** Two words by which parts of the engine ask the loop for attention; see WATCH_REQUESTS and STOP. */
export const ATTENTION = 64;

// Event list.
export const LIST_MASK = 72;
export const LIST_SHORT = 76; // 1: one sorted line, 0: a calendar
export const LIST_CURRENT = 80; // virtual bucket that is being emptied
export const LIST_COUNT = 84;
export const LIST_TAKEN = 88; // since the last check
export const LIST_CHECK = 92; // check again after so many
export const LIST_HINT = 96; // where the latest long walk ended; -1: nowhere
// Pool of call frames.
export const POOL_IN_USE = 100;
export const POOL_USED = 104; // first index beyond all that were ever used
export const POOL_FREE = 108; // number of entries on the stack of free frames
// Loop.
export const LEFT = 120; // events that may still be executed
export const STATUS = 124; // one of the four below
export const RUNNING = 0;
export const BROKEN_OFF = 1; // the host asked to stop here
export const ENDED = 2;
export const LIMIT = 3;
export const LAST_NODE = 128; // instance of the latest event
export const DEPTH = 132; // hops of the present event that took no time
export const PICKED = 136; // calls prepared and not yet sent, on their stack

/**
 * Facts of a plan, and the addresses of its tables: words that are settled before the kernel takes its first step, and that are written
 * into its code as constants then (linking.ts). From FACTS to FACTS_END there is nothing else.
 */
export const FACTS = 160;
export const DRAINS = 160; // 1: instances may be drained
export const OPERATIONS = 164; // number of operations of the plan
export const POOL_LIMIT = 168; // frames in use from which the run is stopped
export const TIMEOUT_BASE = 172; // event id of the timeout of frame 0
export const LIST_ROOM = 176; // buckets that there is room for
/** Bits: what requests carry or do because some part of the plan asks for it. */
export const NEEDS = 180;
export const NEEDS_KIN = 1; // callers know their calls under way: kinship of frames
export const NEEDS_LOG = 2; // waiting and service are added up
export const NEEDS_KEY = 4; // the session
export const NEEDS_WORK = 8; // work and priority
export const NEEDS_DATE = 16; // deadlines
/** Bits: which of the kernel's steps another part of the engine has taken over. */
export const TAKEN_OVER = 184;
export const STEP_INSERT = 1;
export const STEP_REMOVE = 2;
export const STEP_RELEASE = 4;
export const STEP_ADMIT = 8;
export const STEP_CHOOSE = 16;
export const STEP_ROOT = 32;
export const STEP_PREPARE = 64;
export const STEP_LEAVE = 128;
export const STEP_END_REQUEST = 256;
export const STEP_DISPATCH = 512;
export const STEP_SERVED = 1024;

// Addresses of the tables that a plan needs, one word each; the tables themselves lie behind the records.
export const P_HEADS = 256;
export const P_FREE = 260;
export const P_PICKED = 264;
export const P_POSITION = 268;
export const P_BUFFER = 272;
export const P_NODES = 276;
export const P_STATS = 280;
export const P_LINKS = 284;
export const P_MESSAGES = 288;
export const P_REQUEST_FLAGS = 292;
export const P_REPLY_FLAGS = 296;
export const P_LINK_TARGET = 300;
export const P_LINK_COMPONENT = 304;
export const P_OPERATIONS = 308;
export const P_NODE_FAILURES = 312;
export const P_LINK_FAILURES = 316;
export const P_OPERATION_FAILURES = 320;
export const P_LATENCY_MAX = 324;
export const P_LATENCY_COUNTS = 328;
export const P_WAITING_COUNTS = 332;
export const P_OPERATION_COUNTS = 336;
export const P_NETWORK_COUNTS = 340;
export const P_QUEUEING_COUNTS = 344;
export const P_DEMAND_STREAM = 348;
export const P_DEMAND_SCALE = 352;
export const P_GAP = 356;
export const P_RENEWAL = 360;
export const P_SOURCE_FACTOR = 364;
export const P_UNTIL = 368;
export const P_STOP = 372;
export const P_OPERATION_BASE = 376;
export const P_OPERATION_LIST = 380;
export const P_OPERATION_SHARES = 384;
export const P_OPERATION_MIX = 388;
export const P_LINK_BASE = 392;
export const P_LINK_LIST = 396;
export const P_LINK_SHARES = 400;
export const P_LINK_MIX = 404;
export const P_SOURCE_OF = 408;
export const P_TARGET_BASE = 412;
export const P_TARGET_SIZE = 416;
export const P_TARGET_ALGORITHM = 420;
export const P_TARGET_CHOICES = 424;
export const P_TARGET_LIVE = 428;
export const P_TARGET_STREAM = 432;
export const P_TARGET_LEARNS = 436;
export const P_TARGET_PROXY = 440;
export const P_TARGET_LINK = 444;
export const P_TARGET_NODE = 448;
export const P_TARGET_UNDER_WAY = 452;
export const P_SPREAD_CURSOR = 456;
export const P_SPREAD_FIRST = 460;
export const P_SPREAD_COUNT = 464;
export const P_LATENCY = 468;
export const P_JITTER = 472;
export const P_LOSS = 476;
export const P_JITTER_NS = 480;
export const P_LOSS_SHARE = 484;
export const P_NS_PER_BYTE = 488;
export const P_BUFFER_BYTES = 492;
export const P_DETECTION = 496;
export const P_TIMEOUT = 500;
export const P_ADDED_NS = 504;
export const P_FAULT_LOSS = 508;
export const P_FAULT_STREAM = 512;
export const P_BYTES = 516;
export const P_CALL_BASE = 520;
export const P_CALL_LINKS = 524;
export const P_CALL_SHARES = 528;
export const P_CALL_STREAMS = 532;
export const P_FORWARD_BASE = 536;
export const P_FORWARD_LINKS = 540;
export const P_FORWARD_SHARES = 544;
export const P_FORWARD_STREAM = 548;
export const P_WAIT_FOR = 552;
export const P_FAILURE_SHARE = 556;
export const P_FAILURE_STREAM = 560;
export const P_PROPAGATES = 564;
export const P_DEADLINES = 568;
export const P_STREAM_STATE = 572;
export const P_STREAM_FAMILY = 576;
export const P_STREAM_PARAMETERS = 580;
export const P_EXPONENTIAL_LAYERS = 584;
export const P_NORMAL_LAYERS = 588;
export const P_EXPONENTIAL_HEIGHTS = 592;
export const P_NORMAL_HEIGHTS = 596;
export const P_ROOTS_OF_TWO = 600;
export const P_SOLE_OPERATION = 604;
export const P_SOLE_LINK = 608;
export const P_OCCUPIED = 612;
export const FACTS_END = 616;

/** Room for the targets that a router draws at a time (64 words). */
export const DRAWN = 768;

/** First byte of the records, which everything hot touches: a constant, so that a field is found by one addition. */
export const RECORDS = 1024;

/** Families of random streams that the kernel draws itself; the others it asks for. */
export const FAMILY_OTHER = 0;
export const FAMILY_UNIT = 1;
export const FAMILY_EXPONENTIAL = 2;
export const FAMILY_LOGNORMAL = 3;
