import * as L from '../../layout';
import { RECORDS } from '../memory-map';

/**
 * Byte offsets of the fields of layout.ts. A record is known by the index of its first integer, so that four times that is its place
 * behind RECORDS; of the other rows the offsets count from the row.
 */
export const INTEGER: usize = 4;
export const DOUBLE: usize = 8;

// Record, integers and doubles.
export const R_WORD: usize = RECORDS + 4 * L.R_WORD;
export const R_NEXT: usize = RECORDS + 4 * L.R_NEXT;
export const R_BUCKET: usize = RECORDS + 4 * L.R_BUCKET;
export const C_LINK: usize = RECORDS + 4 * L.C_LINK;
export const C_NODE: usize = RECORDS + 4 * L.C_NODE;
export const C_OPERATION: usize = RECORDS + 4 * L.C_OPERATION;
export const C_PARENT: usize = RECORDS + 4 * L.C_PARENT;
export const C_TAG: usize = RECORDS + 4 * L.C_TAG;
export const C_AGE: usize = RECORDS + 4 * L.C_AGE;
export const C_PARENT_AGE: usize = RECORDS + 4 * L.C_PARENT_AGE;
export const C_STEP: usize = RECORDS + 4 * L.C_STEP;
export const C_PENDING: usize = RECORDS + 4 * L.C_PENDING;
export const C_NEED: usize = RECORDS + 4 * L.C_NEED;
export const C_TIMER: usize = RECORDS + 4 * L.C_TIMER;
export const C_REASON: usize = RECORDS + 4 * L.C_REASON;
export const C_HOPS: usize = RECORDS + 4 * L.C_HOPS;
export const C_STATE: usize = RECORDS + 4 * L.C_STATE;
export const C_ROUTER: usize = RECORDS + 4 * L.C_ROUTER;
export const C_ROUTER_LINK: usize = RECORDS + 4 * L.C_ROUTER_LINK;
export const C_ROUTER_TARGET: usize = RECORDS + 4 * L.C_ROUTER_TARGET;
export const C_KEY: usize = RECORDS + 4 * L.C_KEY;
export const C_CHILD: usize = RECORDS + 4 * L.C_CHILD;
export const C_SIBLING: usize = RECORDS + 4 * L.C_SIBLING;
export const T_TIME: usize = RECORDS + 8 * L.T_TIME;
export const T_ARRIVED: usize = RECORDS + 8 * L.T_ARRIVED;
export const T_DEMAND: usize = RECORDS + 8 * L.T_DEMAND;
export const T_SENT: usize = RECORDS + 8 * L.T_SENT;
export const T_ROUTER_ARRIVED: usize = RECORDS + 8 * L.T_ROUTER_ARRIVED;
export const T_ROOT_WAIT: usize = RECORDS + 8 * L.T_ROOT_WAIT;
export const T_ROOT_SERVICE: usize = RECORDS + 8 * L.T_ROOT_SERVICE;
export const T_DEADLINE: usize = RECORDS + 8 * L.T_DEADLINE;
export const T_WORK: usize = RECORDS + 8 * L.T_WORK;
export const T_PRIORITY: usize = RECORDS + 8 * L.T_PRIORITY;

// Node, integers and statistics.
export const NODE: usize = 4 * L.NODE;
export const N_ROLE: usize = 4 * L.N_ROLE;
export const N_SERVERS: usize = 4 * L.N_SERVERS;
export const N_BUSY: usize = 4 * L.N_BUSY;
export const N_QUEUED: usize = 4 * L.N_QUEUED;
export const N_LIMIT: usize = 4 * L.N_LIMIT;
export const N_DISCIPLINE: usize = 4 * L.N_DISCIPLINE;
export const N_HEAD: usize = 4 * L.N_HEAD;
export const N_TAIL: usize = 4 * L.N_TAIL;
export const N_PRESENT: usize = 4 * L.N_PRESENT;
export const N_COMPONENT: usize = 4 * L.N_COMPONENT;
export const N_FLAGS: usize = 4 * L.N_FLAGS;
export const N_EVENT: usize = 4 * L.N_EVENT;
export const N_QUEUE_MAX: usize = 4 * L.N_QUEUE_MAX;
export const N_DEMAND: usize = 4 * L.N_DEMAND;
export const N_CURSOR: usize = 4 * L.N_CURSOR;
export const N_EMPTIED: usize = 4 * L.N_EMPTIED;
export const STATS: usize = 8 * L.STATS;
export const S_OFFERED: usize = 8 * L.S_OFFERED;
export const S_COMPLETED: usize = 8 * L.S_COMPLETED;
export const S_PRESENT_AREA: usize = 8 * L.S_PRESENT_AREA;
export const S_LATENCY: usize = 8 * L.S_LATENCY;
export const S_BUSY_AREA: usize = 8 * L.S_BUSY_AREA;
export const S_STARTED: usize = 8 * L.S_STARTED;
export const S_SERVICE: usize = 8 * L.S_SERVICE;
export const S_WAITED: usize = 8 * L.S_WAITED;
export const S_QUEUE_AREA: usize = 8 * L.S_QUEUE_AREA;
export const S_FAILED: usize = 8 * L.S_FAILED;
export const S_FAILED_RESIDENCE: usize = 8 * L.S_FAILED_RESIDENCE;
export const S_SLOWDOWN: usize = 8 * L.S_SLOWDOWN;
export const S_SLOWED: usize = 8 * L.S_SLOWED;
export const S_WASTED: usize = 8 * L.S_WASTED;

// Link and operation, statistics.
export const LINK_STATS: usize = 8 * L.LINK_STATS;
export const L_COMPLETED: usize = 8 * L.L_COMPLETED;
export const L_FAILED: usize = 8 * L.L_FAILED;
export const L_MESSAGES: usize = 8 * L.L_MESSAGES;
export const L_NETWORK: usize = 8 * L.L_NETWORK;
export const L_QUEUEING: usize = 8 * L.L_QUEUEING;
export const L_SENDING: usize = 8 * L.L_SENDING;
export const L_SENDING_BACK: usize = 8 * L.L_SENDING_BACK;
export const L_LOST: usize = 8 * L.L_LOST;
export const L_IN_TRANSIT: usize = 8 * L.L_IN_TRANSIT;
export const L_BUSY_UNTIL: usize = 8 * L.L_BUSY_UNTIL;
export const L_BUSY_UNTIL_BACK: usize = 8 * L.L_BUSY_UNTIL_BACK;
export const L_LATE: usize = 8 * L.L_LATE;
export const OPERATION_STATS: usize = 8 * L.OPERATION_STATS;
export const O_OFFERED: usize = 8 * L.O_OFFERED;
export const O_COMPLETED: usize = 8 * L.O_COMPLETED;
export const O_FAILED: usize = 8 * L.O_FAILED;
export const O_LATENCY: usize = 8 * L.O_LATENCY;
export const O_LATENCY_MAX: usize = 8 * L.O_LATENCY_MAX;
export const O_FAILED_RESIDENCE: usize = 8 * L.O_FAILED_RESIDENCE;
export const O_AREA: usize = 8 * L.O_AREA;
