import { formatNumber, formatShare } from '../../base/format';
import type { RunResult } from '../../run/result';
import { isSaturated, pressureOf } from '../bottleneck';
import type { Resource } from '../resources';
import { type Candidate, kindIdOf, nameOfPart, type RuleContext, valuesOf } from './candidate';

/** Share busy that a widened resource is meant to have at the busiest time. */
const AIM = 0.7;
/** Nothing is widened by more than this in one advice: what a part needs under retries is not what it needs without. */
const MOST = 4;

/** Highest offered rate of any twentieth of the run, requests per second. */
function peakOffered({ series, endToEnd }: RunResult): number {
  const column = series.endToEnd.offeredPerS;
  const size = Math.max(1, Math.floor(column.length / 20));
  let peak = endToEnd.metrics.offeredRate ?? 0;
  for (let from = 0; from + size <= column.length; from += size) {
    const window = column.slice(from, from + size).filter((value) => value !== null);
    if (window.length > 0) peak = Math.max(peak, window.reduce((sum, value) => sum + value, 0) / window.length);
  }
  return peak;
}

/** By how much a resource has to grow for what is offered, and for what it is used now. */
export function growthNeeded(result: RunResult, resource: Resource): number {
  const { limitPerS, peak } = resource;
  const offered = limitPerS === null ? 1 : peakOffered(result) / limitPerS;
  return Math.min(MOST, Math.max(1.25, Math.max(offered, peak?.utilisation ?? 0, pressureOf(resource)) / AIM));
}

/** How much of a resource is used when it counts. */
function used(resource: Resource): string {
  const { peak } = resource;
  const most = Math.max(pressureOf(resource), peak?.utilisation ?? 0);
  return most > pressureOf(resource) + 0.1
    ? `${formatShare(most)} busy at the busiest time, ${formatShare(pressureOf(resource))} on average`
    : `${formatShare(pressureOf(resource))} busy`;
}

/** Ways to widen the bottleneck, and the one after it where widening the first alone only moves the queue. */
export function capacityCandidates(context: RuleContext): Candidate[] {
  const { reading, result } = context;
  const { resource, next, state } = reading.bottleneck;
  if (resource === null || state === 'none') return [];
  const found = widen(context, resource);
  if (next === null) return found;
  const offered = peakOffered(result);
  // A queue that only moves on: both have to grow.
  if (!isSaturated(next) && (next.limitPerS ?? Infinity) >= offered) return found;
  const [first] = found;
  const [second] = widen(context, next);
  if (first === undefined || second === undefined) return second === undefined ? found : [...found, second];
  const both: Candidate = {
    ...first,
    title: `${first.title}, and ${lower(second.title)}`,
    why: `Widening only ${resource.name} moves the queue on to ${next.name}.`,
    changes: [...first.changes, ...second.changes],
    amount: { of: `${first.recordId} and ${second.recordId}`, value: 1 },
  };
  return [first, both, ...found.slice(1)];
}

const lower = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

/** Candidates that give one resource more. */
function widen(context: RuleContext, resource: Resource): Candidate[] {
  switch (resource.type) {
    case 'servers':
      return widenServers(context, resource);
    case 'threads':
      return raise(context, resource, kindIdOf(context, resource.recordId) === 'database' ? 'connections' : 'threads');
    case 'rate':
      return widenRate(context, resource);
    case 'transmitter':
    case 'bulkhead':
      return widenLink(context, resource);
  }
}

function widenServers(context: RuleContext, resource: Resource): Candidate[] {
  const { recordId } = resource;
  const values = valuesOf(context, recordId);
  switch (kindIdOf(context, recordId)) {
    case 'service': {
      const uneven = resource.busiest !== null && resource.busiest.utilisation > resource.utilisation * 1.3 + 0.05;
      const spread: Candidate[] =
        uneven && values.spread === 'first'
          ? [
              {
                goal: 'faster',
                title: `Spread the requests over all replicas of ${resource.name}`,
                why: 'All requests go to its first replica; the others stand idle.',
                recordId,
                changes: [`${recordId}.spread=round-robin`],
                crash: null,
              },
            ]
          : [];
      const released: Candidate[] =
        resource.ownShare !== null && resource.ownShare < 0.6 && values.whileCalling === 'hold' && values.concurrency === 'servers'
          ? [
              {
                goal: 'faster',
                title: `Let ${resource.name} release its servers while it calls`,
                why: `Only ${formatShare(resource.ownShare)} of the time that its servers are held is work of its own.`,
                recordId,
                changes: [`${recordId}.whileCalling=release`],
                crash: null,
              },
            ]
          : [];
      return [...spread, ...released, ...moreReplicas(context, resource), ...biggerMachine(context, resource, 'servers')];
    }
    case 'database':
      return values.machine === null ? raise(context, resource, 'connections') : biggerMachine(context, resource, 'connections');
    case 'load-balancer':
      return raise(context, resource, 'servers');
    case 'job':
      return raise(context, resource, 'jobsAtOnce');
    default:
      return [];
  }
}

function moreReplicas(context: RuleContext, resource: Resource): Candidate[] {
  const { recordId, name } = resource;
  const values = valuesOf(context, recordId);
  const factor = growthNeeded(context.result, resource);
  const scaled = values.autoscaler !== 'off';
  const before = Number(values.replicas);
  const after = Math.ceil(before * factor);
  const raised = (to: number): Candidate => ({
    goal: 'faster',
    title: `Raise the replicas of ${name} from ${before} to ${to}${scaled ? ', and what the autoscaler keeps at least' : ''}`,
    why: `More of them share the work: ${used(resource)}.`,
    recordId,
    // The autoscaler must allow what it begins with.
    changes: scaled
      ? [
          `${recordId}.maximumReplicas=${Math.max(to, Number(values.maximumReplicas))}`,
          `${recordId}.replicas=${to}`,
          ...(values.autoscaler === 'schedule' ? [] : [`${recordId}.minimumReplicas=${to}`]),
        ]
      : [`${recordId}.replicas=${to}`],
    crash: null,
    amount: { of: `${recordId}.replicas`, value: to },
  });
  const fewer = before + Math.floor((after - before) / 2);
  return [raised(after), ...(fewer > before ? [raised(fewer)] : [])];
}

/** A bigger machine of the ladder; without one more of what is typed in. */
function biggerMachine(context: RuleContext, resource: Resource, typed: 'servers' | 'connections'): Candidate[] {
  const { recordId, name } = resource;
  const values = valuesOf(context, recordId);
  if (values.machine === null) return values.concurrency === 'event-loop' || values.concurrency === 'actor' ? [] : raise(context, resource, typed);
  const { machines } = context.project;
  const now = machines.find(({ id }) => id === values.machine);
  if (now === undefined) return [];
  const does = ({ vcpus, speed }: { readonly vcpus: number; readonly speed: number }): number => vcpus * speed;
  const bigger = machines.filter((machine) => does(machine) > does(now)).sort((one, other) => does(one) - does(other));
  const wanted = bigger.find((machine) => does(machine) >= does(now) * growthNeeded(context.result, resource)) ?? bigger.at(-1);
  if (wanted === undefined) return [];
  const connections = typed === 'connections' && Number(values.connections) < wanted.vcpus ? [`${recordId}.connections=${wanted.vcpus * 2}`] : [];
  return [
    {
      goal: 'faster',
      title: `Move ${name} from ${now.name} to ${wanted.name}`,
      why: 'A bigger machine of the ladder has more cores for the same requests.',
      recordId,
      changes: [`${recordId}.machine=${wanted.id}`, ...connections],
      crash: null,
    },
  ];
}

const TITLES: Readonly<Record<string, string>> = {
  servers: 'servers',
  connections: 'connections',
  threads: 'threads per replica',
  jobsAtOnce: 'jobs at once',
};

function raise(context: RuleContext, resource: Resource, parameter: 'servers' | 'connections' | 'threads' | 'jobsAtOnce'): Candidate[] {
  const { recordId, name } = resource;
  const before = Number(valuesOf(context, recordId)[parameter]);
  if (!(before > 0)) return [];
  const after = Math.ceil(before * growthNeeded(context.result, resource));
  const each = parameter === 'servers' && kindIdOf(context, recordId) === 'service' ? 'servers per replica' : (TITLES[parameter] ?? parameter);
  return [
    {
      goal: 'faster',
      title: `Raise the ${each} of ${name} from ${before} to ${after}`,
      why: `Requests wait for one: they are ${used(resource)}.`,
      recordId,
      changes: [`${recordId}.${parameter}=${after}`],
      crash: null,
    },
  ];
}

function widenRate(context: RuleContext, resource: Resource): Candidate[] {
  const { recordId, capacity, refusedShare } = resource;
  const values = valuesOf(context, recordId);
  const parameter = values.limiter === 'token-bucket' ? 'limitPerS' : 'windowRequests';
  const before = Number(values[parameter]);
  const offered = resource.inUse / Math.max(0.01, 1 - refusedShare);
  const after = Math.ceil(before * Math.min(MOST, Math.max(1.25, offered / capacity / 0.8)));
  return [
    {
      goal: 'faster',
      title: `Raise the rate limit of ${nameOfPart(context, recordId)} from ${formatNumber(before, 6)} to ${after}${parameter === 'limitPerS' ? ' req/s' : ' requests per window'}`,
      why: `It turns away ${formatShare(refusedShare)} of what comes.`,
      recordId,
      changes: [`${recordId}.${parameter}=${after}`],
      crash: null,
    },
  ];
}

function widenLink(context: RuleContext, resource: Resource): Candidate[] {
  const { recordId, name } = resource;
  const link = context.design.links.find(({ id }) => id === recordId);
  if (link === undefined) return [];
  const parameter = resource.type === 'transmitter' ? 'bandwidthMbps' : 'bulkhead';
  const before = Number(link.params[parameter]);
  if (!(before > 0)) return [];
  const factor = Math.max(growthNeeded(context.result, resource), resource.refusedShare > 0 ? 2 : 1);
  const after = parameter === 'bulkhead' ? Math.ceil(before * factor) : Math.ceil(before * factor * 10) / 10;
  return [
    {
      goal: 'faster',
      title:
        parameter === 'bulkhead'
          ? `Raise the bulkhead of ${name} from ${before} to ${after} calls`
          : `Raise the bandwidth of ${name} from ${formatNumber(before)} to ${formatNumber(after)} Mbit/s`,
      why:
        parameter === 'bulkhead'
          ? `It turns away ${formatShare(resource.refusedShare)} of the calls.`
          : `Messages queue for the transmitter, which is ${formatShare(resource.utilisation)} busy.`,
      recordId,
      changes: [`${recordId}.${parameter}=${after}`],
      crash: null,
    },
  ];
}
