/** How a part is doing, in the order of concern. */
export type Health = 'idle' | 'fine' | 'strained' | 'failing';

/**
 * Limits between the states, over the visible window:
 * - failing: 5 % or more of what ended in it failed, or its servers are all busy and its queue keeps growing;
 * - strained: servers busy 80 % or more (at 80 % an M/M/1 queue waits four times its service time), or 0.1 % or more failed,
 *   or fewer than 95 % of what comes ends while what is there would take more than 5 s to end at this pace: whoever waits for an
 *   overloaded part further on has all its answers, but ever later;
 * - idle: nothing arrived and nothing is there; fine: everything else.
 */
export const HEALTH_LIMITS = {
  failingErrorShare: 0.05,
  strainedErrorShare: 0.001,
  strainedUtilisation: 0.8,
  saturatedUtilisation: 0.97,
  /** The queue grows where it is longer than it was by this factor and this many requests. */
  growthFactor: 1.05,
  growthRequests: 3,
  behindShare: 0.95,
  behindSeconds: 5,
} as const;

/** What the judgement rests on; what does not apply is absent or NaN. */
export interface HealthInput {
  /** Requests per second that came, ended well and failed. */
  readonly offered: number;
  readonly completed: number;
  readonly failed: number;
  readonly utilisation?: number | undefined;
  /** Requests waiting now, and some seconds of display time ago. */
  readonly queueNow?: number | undefined;
  readonly queueBefore?: number | undefined;
  readonly present?: number | undefined;
  /** Time in which what is there would end at the present pace, in seconds. */
  readonly backlogS?: number | undefined;
  /** A longer look than the window has found that the queue grows without bound. */
  readonly unstable?: boolean | undefined;
}

export interface HealthVerdict {
  readonly health: Health;
  /** The state in one word. */
  readonly word: string;
  /** Why, in a few words; empty where all is well. */
  readonly reason: string;
}

const IDLE: HealthVerdict = { health: 'idle', word: 'idle', reason: '' };
const FINE: HealthVerdict = { health: 'fine', word: 'fine', reason: '' };
const FAILING = (reason: string): HealthVerdict => ({ health: 'failing', word: 'failing', reason });
const STRAINED = (reason: string): HealthVerdict => ({ health: 'strained', word: 'strained', reason });

const FAILING_ERRORS = FAILING('5 % or more of its requests fail');
const FAILING_QUEUE = FAILING('all servers busy and the queue grows');
const STRAINED_BUSY = STRAINED('servers busy 80 % or more');
const STRAINED_BEHIND = STRAINED('answers come ever later: fewer end than arrive');
const STRAINED_ERRORS = STRAINED('some requests fail');

function atLeast(value: number | undefined, limit: number): boolean {
  return value !== undefined && value >= limit;
}

function grows({ queueNow, queueBefore }: HealthInput): boolean {
  if (queueNow === undefined || queueBefore === undefined) return false;
  return queueNow > queueBefore * HEALTH_LIMITS.growthFactor && queueNow - queueBefore > HEALTH_LIMITS.growthRequests;
}

/** Judges a part by its numbers in the visible window. Allocates nothing. */
export function judgeHealth(input: HealthInput): HealthVerdict {
  const ended = input.completed + input.failed;
  const errorShare = ended > 0 ? input.failed / ended : 0;
  if (errorShare >= HEALTH_LIMITS.failingErrorShare) return FAILING_ERRORS;
  if (input.unstable === true || (atLeast(input.utilisation, HEALTH_LIMITS.saturatedUtilisation) && grows(input))) return FAILING_QUEUE;
  if (atLeast(input.utilisation, HEALTH_LIMITS.strainedUtilisation)) return STRAINED_BUSY;
  if (errorShare >= HEALTH_LIMITS.strainedErrorShare) return STRAINED_ERRORS;
  if (ended < input.offered * HEALTH_LIMITS.behindShare && atLeast(input.backlogS, HEALTH_LIMITS.behindSeconds)) return STRAINED_BEHIND;
  const nothing = !(input.offered > 0) && !(ended > 0) && !(atLeast(input.present, Number.MIN_VALUE) || atLeast(input.utilisation, Number.MIN_VALUE));
  return nothing ? IDLE : FINE;
}
