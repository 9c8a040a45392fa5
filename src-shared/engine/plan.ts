/**
 * What the engine executes: sources, stations and routers joined by links, as plain data. The engine knows no kind by name;
 * kinds add these to a plan (see kinds/lowering.ts) and the compiler numbers them. All times are in ns of simulated time.
 */

/** A distribution of durations in ns, ready to sample. 'work' takes the demand that the request carries. */
export type Sampler =
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'uniform'; readonly min: number; readonly max: number }
  | { readonly type: 'exponential'; readonly mean: number }
  | { readonly type: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly type: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly type: 'gamma'; readonly shape: number; readonly scale: number }
  | { readonly type: 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly type: 'pareto'; readonly min: number; readonly alpha: number }
  | { readonly type: 'mixture'; readonly weights: readonly number[]; readonly means: readonly number[] }
  | { readonly type: 'empirical'; readonly weights: readonly number[]; readonly values: readonly number[] }
  /** Uniform on [0, 1): choices, not durations. */
  | { readonly type: 'unit' }
  /** `scale`: what it is multiplied by, 1 where absent. */
  | { readonly type: 'work'; readonly scale?: number };

/** Order in which a station serves. */
export type Discipline = 'fifo' | 'lifo' | 'lifo-preemptive' | 'processor-sharing' | 'priority' | 'priority-preemptive' | 'shortest-job' | 'shortest-remaining';

/** Arrival rate over time, per ns: straight pieces from `from` on, each up to `to`; the last one lasts for ever. */
export interface RatePiece {
  readonly from: number;
  readonly to: number;
  readonly startRate: number;
  readonly endRate: number;
}

export type Arrivals =
  /** Independent times between arrivals. */
  | { readonly type: 'renewal'; readonly gap: Sampler }
  /** One arrival every `interval` ns, the k-th at start + k * interval. */
  | { readonly type: 'even'; readonly interval: number }
  /** Unit-rate points (`poisson`: exponential gaps, else 1 apart) mapped through the integral of the rate. */
  | { readonly type: 'pieces'; readonly poisson: boolean; readonly pieces: readonly RatePiece[] }
  /** rate * (1 + amplitude * sin(2 pi t / period)). */
  | { readonly type: 'wave'; readonly poisson: boolean; readonly rate: number; readonly amplitude: number; readonly period: number }
  | { readonly type: 'closed'; readonly users: number; readonly think: Sampler }
  | { readonly type: 'trace'; readonly at: Float64Array; readonly work: Float64Array; readonly priority: Int32Array };

export interface SourceNode {
  readonly role: 'source';
  readonly component: number;
  readonly arrivals: Arrivals;
  readonly start: number;
  /** Infinity: never. */
  readonly stop: number;
  /** Operations that the source asks for, as indices into the plan's operations, with weights. */
  readonly operations: readonly number[];
  readonly weights: readonly number[];
  /** Links that it sends over, with weights. */
  readonly links: readonly number[];
  readonly linkWeights: readonly number[];
}

export interface StationCall {
  readonly link: number;
  /** Not looked at where calls stand in stages: all of those are made. */
  readonly probability: number;
  readonly copies?: number;
  /** Demand that each copy carries to a station that takes its work from the request. */
  readonly work?: Sampler;
  readonly stage?: number;
}

/** One stage of a job: its calls are made, `waitFor` replies are awaited, then a pause. A stage without calls only pauses. */
export interface Stage {
  /** Infinity: all. */
  readonly waitFor: number;
  /** Calls under way at once; Infinity: all. */
  readonly atOnce: number;
  /** Time that sending one call takes the sender before it can send the next, ns. */
  readonly dispatch: number;
  /** Time after the last awaited reply, ns. */
  readonly pause: Sampler | null;
  /** How many times the stage is gone through. */
  readonly rounds: number;
}

/** A machine whose speed depends on what it does: every request in service progresses at speed * f(k), k = min(active, servers). */
export interface Elasticity {
  /** Requests in service at once; Infinity: as many as come (processor sharing); null: one for each server, and one held while calling keeps its server. */
  readonly threads: number | null;
  /** Speed of one core alone, relative to the one that the demands are stated for. */
  readonly speed: number;
  /** Universal Scalability Law (N. Gunther, 1993): f(k) = 1 / (1 + contention (k - 1) + coherency k (k - 1)). */
  readonly contention: number;
  readonly coherency: number;
}

/** Servers that are started when a request needs one and stopped when they have been idle. */
export interface OnDemand {
  readonly startUp: Sampler;
  /** Idle time after which a server is switched off, ns. */
  readonly keepAlive: number;
}

export type Limiter =
  | { readonly type: 'token-bucket'; readonly ratePerNs: number; readonly burst: number; readonly excess: 'reject' | 'delay' }
  | { readonly type: 'sliding-window'; readonly limit: number; readonly windowNs: number };

export type Shedding =
  /** Controlled delay (K. Nichols, V. Jacobson, 2012). */
  | { readonly type: 'codel'; readonly target: number; readonly interval: number }
  /** Requests of a level less urgent than `level` are refused while at least `queue` wait. */
  | { readonly type: 'priority'; readonly queue: number; readonly level: number };

export interface StationNode {
  readonly role: 'station';
  readonly component: number;
  /** Number of this instance within its component, from 0. */
  readonly instance: number;
  readonly servers: number;
  readonly discipline: Discipline;
  /** Requests that may wait; Infinity: no limit. */
  readonly queueLimit: number;
  /** Service demand by operation index; `demands[0]` where there is one for all. */
  readonly demands: readonly Sampler[];
  /** Index into `demands` by operation of the plan. */
  readonly demandOf: readonly number[];
  /**
   * Calls made after service, in order. `copies` (1 where absent) calls are made on the link; `stage` (where any call has one)
   * groups calls: stages follow one another, the calls of one stage are made together.
   */
  readonly calls: readonly StationCall[];
  /** How each stage goes about its calls; absent: `parallel` and `waitFor` say it for all calls. */
  readonly stages?: readonly Stage[];
  readonly parallel: boolean;
  /** Replies to wait for when calling in parallel; Infinity: all. */
  readonly waitFor: number;
  /** The server stays occupied until the calls are answered. */
  readonly holdsServer: boolean;
  /** At most one of these is taken after the calls. */
  readonly forwards: readonly { readonly link: number; readonly probability: number }[];
  /** Share of the requests that fail after service. */
  readonly failureShare?: number;
  /** Time after which a request leaves the queue unserved. */
  readonly patience?: Sampler;
  readonly elastic?: Elasticity;
  /** Relative speed of the machine that the demands are stated for, 1 where absent: another machine's speed is compared with it. */
  readonly machineSpeed?: number;
  readonly onDemand?: OnDemand;
  readonly limiter?: Limiter;
  readonly shedding?: Shedding;
  /**
   * One copy of the data of its component (PlanComponent.replication). The last of `demands`, one beyond those of the operations in
   * `demandOf`, is that of a write of another copy: 'work'.
   */
  readonly copy?: true;
}

export type Balancing =
  | 'random'
  | 'round-robin'
  | 'least-connections'
  | 'power-of-d'
  | 'weighted-random'
  | 'weighted-round-robin'
  | 'weighted-least-connections'
  | 'least-response-time'
  | 'ring-hash'
  | 'rendezvous-hash'
  | 'ip-hash';

/** Probes of every target, which cost no capacity; times in ns. */
export interface HealthChecks {
  readonly interval: number;
  readonly timeout: number;
  /** Failures in a row that take a target out, and successes in a row that bring it back. */
  readonly unhealthyAfter: number;
  readonly healthyAfter: number;
}

/** Takes a target out after failures in a row, for `base` ns times the number of times that it was taken out. */
export interface Ejection {
  readonly failures: number;
  readonly base: number;
  /** Largest share of the targets that may be out at once. */
  readonly maxShare: number;
}

/** Requests of a session go to the instance that served the session before. */
export interface Affinity {
  /** Idle time after which the binding is forgotten, ns. */
  readonly lifetime: number;
  /** Sessions hold state in their instance: a request whose session has lost its instance fails once. */
  readonly stateful: boolean;
}

export interface RouterNode {
  readonly role: 'router';
  readonly component: number;
  readonly instance?: number;
  readonly balancing: Balancing;
  readonly choices: number;
  /** Compare targets by requests present there now instead of by the router's own counts. */
  readonly live: boolean;
  /** Compare by what targets reported last: every `interval` ns, known `delay` ns later. Wins over `live`. */
  readonly reports?: { readonly interval: number; readonly delay: number };
  /** The reply comes back through the router. */
  readonly proxy: boolean;
  readonly targets: readonly { readonly link: number; readonly node: number; readonly weight?: number }[];
  /** Points of each target on the ring of 'ring-hash'. */
  readonly virtualNodes?: number;
  /** Bounded loads (V. Mirrokni et al., 2018): no target takes more than this times the mean number under way; Infinity: no bound. */
  readonly boundFactor?: number;
  /** Time constant of the moving average of response times, ns. */
  readonly averaging?: number;
  readonly health?: HealthChecks;
  readonly ejection?: Ejection;
  /** Time over which a target that comes (back) grows to its full share, ns. */
  readonly slowStart?: number;
  /** Below this share of healthy targets all are used. */
  readonly panicShare?: number;
  readonly affinity?: Affinity;
  /** Where routing takes time: servers and service demand of the router itself, and what may wait. */
  readonly work?: { readonly servers: number; readonly demand: Sampler; readonly queueLimit: number };
}

/** What a caller does about calls that fail or are slow; times in ns. */
export interface LinkPolicy {
  /** Time for the call with all its attempts; Infinity: none. */
  readonly deadline: number;
  /** Attempts at most, the first included; Infinity: without end. */
  readonly maxAttempts: number;
  /** Reasons (numbers of layout.ts) after which another attempt is made. */
  readonly retryOn: readonly number[];
  readonly backoff: {
    /** A distribution of its own wins over base and factor. */
    readonly delay: Sampler | null;
    readonly base: number;
    readonly factor: number;
    readonly cap: number;
    readonly jitter: 'none' | 'full' | 'equal';
  };
  /** Token bucket: each call adds `ratio` tokens, each retry takes one; at most `burst` are kept. null: no budget. */
  readonly budget: { readonly ratio: number; readonly burst: number } | null;
  /** Sends a further copy when the answer takes longer than `after` ns, or than this quantile of the link's latest answers. */
  readonly hedge: { readonly after: number; readonly quantile: number | null; readonly maxCopies: number; readonly cancel: boolean } | null;
  readonly breaker:
    | ({ readonly openFor: number; readonly probes: number } & (
        | { readonly type: 'consecutive'; readonly failures: number }
        | { readonly type: 'rate'; readonly share: number; readonly window: number; readonly minimumCalls: number }
      ))
    | null;
  /** Calls under way at once; Infinity: no bulkhead. */
  readonly bulkhead: number;
  /** A call that fails for good is answered at once by a substitute. */
  readonly fallback: boolean;
}

/** What every instance at the near end of a link reports to the telemetry collector at its far end, and what that costs. Times in ns. */
export interface Telemetry {
  /** Chance that a request is traced (head sampling): decided when it begins, the same for all parts that it comes through. */
  readonly sampling: number;
  /** Between two reports of metrics; the collector's percentiles are those of the latest stretch of this length. */
  readonly interval: number;
  /** Metric samples in each report. */
  readonly points: number;
  /** Longest time that a span waits at its instance for others to travel with. */
  readonly exportDelay: number;
  /** Spans that travel together at most. */
  readonly batchSpans: number;
  /** Spans that may wait at an instance; a further one is dropped. */
  readonly bufferSpans: number;
  /** Service time that a span, and a metric sample, cost at the part, on a core of speed 1. */
  readonly spanWork: number;
  readonly pointWork: number;
  readonly spanBytes: number;
  readonly pointBytes: number;
  /** Service time that a span, and a metric sample, cost at the collector. */
  readonly spanProcessing: number;
  readonly pointProcessing: number;
}

export type PlanNode = SourceNode | StationNode | RouterNode;

export interface PlanLink {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** 'telemetry': nothing is called over it, the near end reports to a collector. */
  readonly mode: 'call' | 'forward' | 'telemetry';
  readonly latency: Sampler;
  /** null: as latency. */
  readonly replyLatency: Sampler | null;
  readonly jitter: number;
  /** Transmission time of one byte in ns; 0: unlimited bandwidth. */
  readonly nsPerByte: number;
  readonly bufferBytes: number;
  readonly loss: number;
  readonly lossDetection: number;
  /** Infinity: none. */
  readonly timeout: number;
  /** null: as the operation says. */
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly policy?: LinkPolicy;
  /** The instant at which the caller gives up travels with the request: work past it is not begun. */
  readonly propagatesDeadline?: boolean;
  /** A caller that gives up calls back what it has sent. */
  readonly cancels?: boolean;
  /** Weight of the targets behind the link, for a balancer. */
  readonly weight?: number;
  /** With mode 'telemetry'. */
  readonly telemetry?: Telemetry;
}

/** How many instances a component has over time. */
export interface Scaling {
  readonly minimum: number;
  readonly maximum: number;
  readonly initial: number;
  readonly rule: /** Servers busy (share), or requests at an instance: desired = ceil(current * measured / target) (Kubernetes HPA). */
    | { readonly type: 'utilisation' | 'in-flight' | 'queue'; readonly target: number; readonly tolerance: number }
    | { readonly type: 'schedule'; readonly steps: readonly { readonly at: number; readonly instances: number }[] };
  /** ns between decisions, and age of the measurement when it is used. */
  readonly interval: number;
  readonly metricDelay: number;
  readonly stepUp: number;
  readonly stepDown: number;
  readonly coolDownUp: number;
  readonly coolDownDown: number;
  readonly startUp: Sampler;
  /** Longest time that an instance may take to finish what it has before it is stopped, ns. */
  readonly drain: number;
}

/** Something that goes wrong, or is done, at a time: on components (instances) or links. Times in ns. */
export interface PlanFault {
  readonly id: string;
  readonly name: string;
  readonly target:
    | { readonly type: 'component'; readonly component: number; readonly instance: number | null }
    | { readonly type: 'link'; readonly link: number };
  readonly effect: FaultEffect;
  readonly timing:
    | { readonly type: 'once'; readonly at: number; readonly lasts: number }
    /** Each instance (or link) fails and is repaired by itself; up first. */
    | { readonly type: 'random'; readonly between: Sampler; readonly lasts: Sampler };
}

export type FaultEffect =
  /** `silent`: nobody answers; else callers are refused at once. What was in progress is lost. */
  | { readonly type: 'crash'; readonly silent: boolean; readonly restart: number }
  | { readonly type: 'pause' }
  /** A copy of data is parted from the other copies; `callers`: share of the requests that come from its side. */
  | { readonly type: 'partition'; readonly callers: number }
  | { readonly type: 'slow'; readonly factor: number }
  /** This share of the requests fails at once. */
  | { readonly type: 'errors'; readonly share: number }
  | { readonly type: 'surge'; readonly factor: number }
  | { readonly type: 'latency'; readonly added: number }
  | { readonly type: 'loss'; readonly share: number }
  | { readonly type: 'cut'; readonly direction: 'both' | 'requests' | 'replies' }
  /** Another machine from now on; `restart`: down for so long, 0: live. */
  | { readonly type: 'resize'; readonly servers: number; readonly speed: number; readonly pricePerHour: number; readonly restart: number };

/** Data that several instances of a component have a copy of each. Instance 0 is the primary at first. Times in ns. */
export interface Replication {
  /** When a write is acknowledged: at once, when one follower has it, when all followers that answer have it, when most copies have it. */
  readonly acknowledge: 'asynchronous' | 'semi-synchronous' | 'synchronous' | 'majority';
  readonly readFrom: 'primary' | 'any' | 'followers';
  /** Of a message from one copy to another. */
  readonly delay: Sampler;
  /** Work of a write at a follower, as a share of that at the primary. */
  readonly applyShare: number;
  /** Whether a copy that has not heard from the primary stands for election. */
  readonly elects: boolean;
  readonly heartbeat: number;
  /** A follower that has not heard from the primary for this long, plus a random time up to `timeoutSpread`, suspects it. */
  readonly timeout: number;
  readonly timeoutSpread: number;
  /** Share of the requests that fail after service. */
  readonly failureShare: number;
}

export type Spread = 'round-robin' | 'random' | 'first' | 'active-passive';

export interface PlanComponent {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly firstNode: number;
  readonly nodeCount: number;
  /** Instance that a request takes when no router has chosen one. */
  readonly spread: Spread;
  readonly scaling?: Scaling;
  /** Of one instance; 0: nothing is known of its price. */
  readonly pricePerHour?: number;
  /** Instances that must be up for the component to serve at all; 1 where absent. */
  readonly required?: number;
  /** Time after which the next instance takes over, with spread 'active-passive', ns. */
  readonly failover?: number;
  /** Sessions of a client's users; 0 or absent: requests belong to no session. */
  readonly sessions?: number;
  /** Its instances are copies of the same data. */
  readonly replication?: Replication;
}

export interface PlanOperation {
  readonly component: number;
  readonly name: string;
  readonly write: boolean;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly priority: number;
  /** Distinct data items that its requests touch, one each (1 where absent), and the exponent s of their popularity (0 where absent): rank k is asked for in proportion to k^-s. */
  readonly items?: number;
  readonly itemSkew?: number;
}

export interface Plan {
  readonly components: readonly PlanComponent[];
  readonly nodes: readonly PlanNode[];
  readonly links: readonly PlanLink[];
  readonly operations: readonly PlanOperation[];
  readonly faults?: readonly PlanFault[];
  readonly duration: number;
  readonly seriesPoints: number;
  readonly requestLog: number;
  /** Calls that may be in flight at once; reaching it ends the run with a named finding. */
  readonly maxInFlight: number;
}
