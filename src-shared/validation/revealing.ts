import type { Draft } from './draft';

type Values = Readonly<Record<string, unknown>>;

/** Sessions of the clients that call a balancer: few, so that each comes back often. */
export const CALLERS_SESSIONS = 12;

/** Quick to notice what is wrong, so that it shows within a short run. */
const QUICK_HEALTH: Values = {
  takesOut: 'both',
  checkIntervalMs: 500,
  checkTimeoutMs: 100,
  unhealthyAfter: 2,
  ejectAfter: 3,
  ejectBaseMs: 700,
  panicShare: 0.1,
};

/** An autoscaler that has much to do within a short run: it begins with few replicas and wants many, or the other way round. */
const GROWING: Values = {
  autoscaler: 'in-flight',
  targetInFlight: 0.5,
  maximumReplicas: 8,
  decisionIntervalMs: 200,
  stepUp: 1,
  startUp: { type: 'constant', valueMs: 300 },
  coolDownDownMs: 400,
};
const SHRINKING: Values = { ...GROWING, replicas: 8, minimumReplicas: 1, targetInFlight: 40, tolerance: 0 };

/** Copies far enough apart that reads miss writes, and a failover that is over within a short run. */
const COPIED: Values = { copies: 3, readFrom: 'followers', copyDelay: { type: 'constant', valueMs: 20 } };
const QUICK_FAILOVER: Values = { heartbeatMs: 200, failureTimeoutMs: 600, timeoutSpreadMs: 300 };

/** What has to be set beside a parameter of a kind, beyond its own conditions, for it to show. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  service: {
    ...Object.fromEntries(['tolerance', 'metricDelayMs', 'stepUp', 'coolDownUpMs', 'startUp'].map((key) => [key, GROWING])),
    ...Object.fromEntries(['stepDown', 'coolDownDownMs', 'drainMs'].map((key) => [key, SHRINKING])),
  },
  'load-balancer': {
    takesOut: { ...QUICK_HEALTH, takesOut: 'never' },
    ...Object.fromEntries(
      ['checkIntervalMs', 'checkTimeoutMs', 'unhealthyAfter', 'healthyAfter', 'ejectAfter', 'ejectBaseMs', 'ejectMaxShare', 'panicShare', 'slowStartMs'].map(
        (key) => [key, QUICK_HEALTH],
      ),
    ),
    stateful: { affinityMs: 60_000 },
    queueLimit: { servers: 1, serviceTime: { type: 'exponential', meanMs: 10 } },
  },
  database: {
    ...Object.fromEntries(['copies', 'replication', 'readFrom', 'copyDelay', 'applyShare'].map((key) => [key, COPIED])),
    ...Object.fromEntries(['failover', 'heartbeatMs', 'failureTimeoutMs', 'timeoutSpreadMs'].map((key) => [key, { ...COPIED, ...QUICK_FAILOVER }])),
  },
  'telemetry-collector': {
    // Many spans, so that batches fill up and buffers run over.
    batchSpans: { sampling: 1, batchSpans: 20 },
    bufferSpans: { sampling: 1, batchSpans: 10, bufferSpans: 5 },
    // All reports come at once, more than one server and a short line take.
    queueLimit: { servers: 1, queueLimit: 2 },
  },
};

/** Values to set beside those with which a parameter matters by its own conditions. */
export function besideOf(kindId: string, key: string): Values {
  return BESIDE[kindId]?.[key] ?? {};
}

/** Values of the database in the neighbourhood: copies where somebody's items shall show. */
export function revealingData(kindId: string): Values {
  return kindId === 'client'
    ? { connections: 2, copies: 2, readFrom: 'followers', failover: 'none', copyDelay: { type: 'constant', valueMs: 50 } }
    : { connections: 2 };
}

/** Values of a kind with which the parameters of the links that leave it show. */
export function revealingLinks(kindId: string): Values {
  return kindId === 'load-balancer' ? { algorithm: 'weighted-round-robin' } : {};
}

/** Where a part sends its requests. */
export function targetsOf(kindId: string): readonly string[] {
  // The last link of a job leads to the workers of its second stage: to one that looks at the work that they get.
  if (kindId === 'job') return ['worker', 'data', 'tracer'];
  return [kindId === 'client' ? 'spreader' : 'worker', 'tracer', 'data'];
}

/** Adds to a neighbourhood what the parameters of a kind need to show: instances that fail, sessions that somebody reads. */
export function addRevealing(parts: Draft, kindId: string, subject: string): void {
  if (kindId === 'client') {
    parts.balancer('spreader', { algorithm: 'ip-hash' });
    parts.link('spreader', 'worker');
  }
  // The primary, where there are copies.
  if (kindId === 'database') parts.fault(subject, { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: 2000, lastsMs: 2500 }, 0);
  if (kindId === 'telemetry-collector') {
    for (const part of ['worker', 'data', 'tracer']) parts.link(part, subject, { bandwidthMbps: 10 });
  }
  if (kindId === 'load-balancer') {
    parts.fault('worker', { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: 3000, lastsMs: 4000 }, 1);
    parts.fault('worker', { type: 'pause' }, { type: 'once', atMs: 12_000, lastsMs: 3000 }, 0);
    parts.fault('worker', { type: 'crash', silent: false, restartMs: 500 }, { type: 'once', atMs: 18_000, lastsMs: 3000 }, 1);
    parts.fault(subject, { type: 'crash', silent: false, restartMs: 0 }, { type: 'once', atMs: 25_000, lastsMs: 4000 }, 0);
  }
}
