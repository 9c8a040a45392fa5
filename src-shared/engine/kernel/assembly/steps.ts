import * as L from '../../layout';

// Steps in the life of requests and calls: ./walk.ts.

/** Steps are numbered behind the events, each of which begins a walk as a step of its own. */
const FIRST_STEP: i32 = L.OP_MASK + 1;
/** A call goes out on a link: guarded where the link has a policy. */
export const SEND: i32 = FIRST_STEP;
/** The same, whatever the policy of the link. */
export const DISPATCH: i32 = FIRST_STEP + 1;
/** The same, whoever else has a part in that step. */
export const PUT: i32 = FIRST_STEP + 2;
/** The far end of a link is reached. */
export const ARRIVE: i32 = FIRST_STEP + 3;
/** An instance is entered. */
export const ENTER: i32 = FIRST_STEP + 4;
/** A router chooses a target. */
export const ROUTE: i32 = FIRST_STEP + 5;
/** A server has finished, and has been freed. */
export const SERVED: i32 = FIRST_STEP + 6;
/** The same, whoever else has a part in that step. */
export const OVER: i32 = FIRST_STEP + 7;
/** The next call of the program of a station is made. */
export const PROCEED: i32 = FIRST_STEP + 8;
/** Service and calls are over. */
export const COMPLETE: i32 = FIRST_STEP + 9;
/** The request is answered at an instance. */
export const FINISH: i32 = FIRST_STEP + 10;
/** The outcome is known at the near end of the link of the call. */
export const SETTLE: i32 = FIRST_STEP + 11;
/** The outcome is known to the caller. */
export const CONCLUDE: i32 = FIRST_STEP + 12;
/** A call that a request at an instance has made is settled. */
export const RESUME: i32 = FIRST_STEP + 13;
/** No step: a loop before its first event. */
export const NOTHING: i32 = FIRST_STEP + 14;
