import { choice, count, distribution, duration, flag, number, optional, probability } from '../params';

/** Disciplines with a line that is served without interruption. */
export const LINE_DISCIPLINES = ['fifo', 'lifo', 'priority', 'shortest-job'] as const;

const WITH_LINE = { param: 'discipline', is: LINE_DISCIPLINES } as const;
const TOKENS = { param: 'limiter', is: ['token-bucket'] } as const;
const WINDOW = { param: 'limiter', is: ['sliding-window'] } as const;
const ON_DEMAND = { param: 'onDemand', is: [true] } as const;

/** How long requests wait at most; shared by kinds with a line. */
export const patienceParam = optional(
  distribution({
    title: 'Patience',
    group: 'Queue',
    default: { type: 'constant', valueMs: 1000 },
    help: 'Time after which a request that still waits leaves the queue unserved and fails as "gave up waiting".',
    provenance: 'Unlimited: requests wait until they are served.',
  }),
  'unlimited',
);

/** Requests that fail although they were served; shared by kinds that do work. */
export const failureShareParam = probability({
  title: 'Failures',
  group: 'Work',
  default: 0,
  help: 'Share of the requests that fail with the reason "error" when their service is over, before any call is made.',
  provenance: 'None, so that every failure in a result has a cause you chose.',
});

/** A limit on the rate of requests; shared by kinds that protect themselves. */
export const limiterParams = {
  limiter: choice({
    title: 'Rate limiter',
    group: 'Protection',
    default: 'off',
    choices: [
      { value: 'off', title: 'off', help: 'Every request may come in.' },
      { value: 'token-bucket', title: 'token bucket', help: 'Tokens accrue all the time up to a burst; each request takes one.' },
      { value: 'sliding-window', title: 'sliding window', help: 'At most so many requests within any window of time.' },
    ],
    help: 'Limits the requests that one instance lets in, whatever it is doing.',
    provenance: 'Off, so that overload shows as waiting first.',
  }),
  limitPerS: number({
    title: 'Rate',
    unit: 'req/s',
    group: 'Protection',
    default: 100,
    min: 1e-6,
    max: 1e9,
    help: 'Tokens that accrue per second, without a break.',
    provenance: 'A round number below what the default service can do.',
    when: TOKENS,
  }),
  limitBurst: count({
    title: 'Burst',
    unit: 'requests',
    group: 'Protection',
    default: 20,
    min: 1,
    max: 1_000_000,
    help: 'Tokens that the bucket holds at most; it is full at the start.',
    provenance: 'A fifth of a second at the default rate.',
    when: TOKENS,
  }),
  limitExcess: choice({
    title: 'Without a token',
    group: 'Protection',
    default: 'reject',
    choices: [
      { value: 'reject', title: 'refuse', help: 'The request fails at once with the reason "rate limit".' },
      { value: 'delay', title: 'delay', help: 'The request waits for its token, first in first out: a shaper.' },
    ],
    help: 'What becomes of a request that finds no token.',
    provenance: 'Programming interfaces refuse; shapers are found in networks and clients.',
    when: TOKENS,
  }),
  windowRequests: count({
    title: 'Requests per window',
    unit: 'requests',
    group: 'Protection',
    default: 100,
    min: 1,
    max: 1_000_000,
    help: 'Requests that may come in within any window.',
    provenance: 'A hundred per second with the default window.',
    when: WINDOW,
  }),
  windowMs: duration({
    title: 'Window',
    group: 'Protection',
    default: 1000,
    help: 'Length of the window, which ends with each request.',
    provenance: 'Limits are commonly stated per second.',
    when: WINDOW,
  }),
} as const;

/** Parameters by which a service turns work away that it cannot do in time. */
export const sheddingParams = {
  shedding: choice({
    title: 'Load shedding',
    group: 'Protection',
    default: 'off',
    choices: [
      { value: 'off', title: 'off', help: 'Only a full queue refuses.' },
      { value: 'priority', title: 'by priority', help: 'While many wait, less urgent requests are refused.' },
      {
        value: 'codel',
        title: 'by queue delay',
        help: 'Turns requests away while all of them have waited too long for a while (CoDel). Needs a discipline that does not interrupt or share.',
      },
    ],
    help: 'Refuses some requests early so that the others are served in time.',
    provenance: 'Off, so that overload shows as waiting first.',
  }),
  shedFrom: count({
    title: 'Shed from',
    unit: 'requests waiting',
    group: 'Protection',
    default: 20,
    help: 'Waiting requests from which on less urgent ones are refused.',
    provenance: 'About a tenth of a second of work for the default service.',
    when: { param: 'shedding', is: ['priority'] },
  }),
  shedLevel: count({
    title: 'Keep up to priority',
    unit: 'level',
    group: 'Protection',
    default: 1,
    max: 7,
    help: 'Requests of this priority and more urgent ones (0 is the most urgent) are never shed.',
    provenance: 'The priority that requests have by default: only what is marked as less urgent is shed.',
    when: { param: 'shedding', is: ['priority'] },
  }),
  codelTargetMs: duration({
    title: 'Target delay',
    group: 'Protection',
    default: 5,
    help: 'Waiting time that is fine.',
    provenance: 'K. Nichols, V. Jacobson, "Controlling queue delay", 2012.',
    when: [{ param: 'shedding', is: ['codel'] }, WITH_LINE],
  }),
  codelIntervalMs: duration({
    title: 'Interval',
    group: 'Protection',
    default: 100,
    help: 'Time for which every request must have waited longer than the target before one is turned away.',
    provenance: 'K. Nichols, V. Jacobson, "Controlling queue delay", 2012.',
    when: [{ param: 'shedding', is: ['codel'] }, WITH_LINE],
  }),
} as const;

/** Parameters of servers that are off until a request needs one. */
export const coldStartParams = {
  onDemand: flag({
    title: 'Servers on demand',
    group: 'Cold starts',
    default: false,
    help: 'Servers are off until a request finds none idle, and go off when nothing needs them, as functions of a serverless platform do.',
    provenance: 'Off: servers run all the time.',
    when: [WITH_LINE, { param: 'concurrency', is: ['servers'] }],
  }),
  coldStart: distribution({
    title: 'Cold start',
    group: 'Cold starts',
    default: { type: 'constant', valueMs: 500 },
    help: 'Time from the request that needs a server until the server is there. A start that nobody waits for any more is cancelled.',
    provenance: 'A small function with an interpreter; a virtual machine for Java takes several times that.',
    when: [ON_DEMAND, WITH_LINE, { param: 'concurrency', is: ['servers'] }],
  }),
  keepAliveMs: duration({
    title: 'Keep alive',
    group: 'Cold starts',
    default: 300_000,
    help: 'Idle time after which a server goes off. The one that fell idle last is used first.',
    provenance: 'Platforms keep idle functions for some minutes (M. Shahrad et al., "Serverless in the Wild", USENIX ATC 2020).',
    when: [ON_DEMAND, WITH_LINE, { param: 'concurrency', is: ['servers'] }],
  }),
} as const;
