import { formatDuration, formatNumber, formatShare } from '../../base/format';
import { COMPARING, HASHING } from '../../kinds/load-balancer/load-balancer-params';
import type { Link } from '../../project/project';
import type { RunResult } from '../../run/result';
import { isSaturated } from '../bottleneck';
import { type Candidate, kindIdOf, linkValuesOf, nameOfLink, nameOfPart, type RuleContext, valuesOf } from './candidate';

/** Attempts per call above which retries are a load of their own. */
const AMPLIFIES = 1.15;
/** Share of service for callers that have gone above which work should be called back. */
const WASTED = 0.05;
/** Share of calls that fail for a reason above which something is done about it. */
const FAILS = 0.01;

/** Candidates by which parts protect themselves and each other: retries, queues, timeouts, breakers, hedges and how balancers choose. */
export function protectionCandidates(context: RuleContext): Candidate[] {
  return [
    ...balancing(context),
    ...retries(context),
    ...wastedWork(context),
    ...queues(context),
    ...timeouts(context),
    ...breakers(context),
    ...hedges(context),
  ];
}

function measuredLink({ result }: RuleContext, { id }: Link): RunResult['links'][number] | undefined {
  return result.links.find((link) => link.id === id);
}

function candidate(recordId: string, title: string, why: string, changes: readonly string[]): Candidate {
  return { goal: 'faster', title, why, recordId, changes, crash: null };
}

/** Balancers that do not look at their targets, over targets for which requests wait or that fail unevenly. */
function balancing(context: RuleContext): Candidate[] {
  const { design, result } = context;
  return design.components
    .filter(({ kind }) => kind === 'load-balancer')
    .flatMap(({ id, name }) => {
      const values = valuesOf(context, id);
      const targets = design.links.filter(({ from }) => from === id).map(({ to }) => result.components.find((component) => component.id === to));
      const waits = targets.some((target) => (target?.metrics.waitingMeanMs ?? 0) > 0.1 * (target?.metrics.serviceMeanMs ?? Infinity));
      const shares = targets.map((target) => target?.metrics.failureShare ?? 0);
      const oneFails = targets.length > 1 && Math.max(...shares) > 0.05 && Math.min(...shares) < Math.max(...shares) / 2;
      const found: Candidate[] = [];
      if (oneFails && (values.takesOut === 'never' || values.takesOut === 'health-checks'))
        found.push(
          candidate(id, `Let ${name} eject targets whose requests fail`, 'One of its targets fails far more than the others, and goes on getting requests.', [
            `${id}.takesOut=${values.takesOut === 'never' ? 'outliers' : 'both'}`,
          ]),
        );
      const looks = (COMPARING as readonly string[]).includes(String(values.algorithm));
      const sticks = (HASHING as readonly string[]).includes(String(values.algorithm)) || values.affinityMs !== null;
      if (waits && !looks && !sticks)
        found.push(
          candidate(
            id,
            `Let ${name} choose the target with the fewest requests under way`,
            'Requests wait at some targets while others are free: it does not look at them.',
            [`${id}.algorithm=least-connections`],
          ),
        );
      return found;
    });
}

/** Retries that load what is overloaded already. */
function retries(context: RuleContext): Candidate[] {
  const storming = context.design.links.filter(
    (link) => linkValuesOf(link).retries !== 'off' && (measuredLink(context, link)?.metrics.amplification ?? 1) > AMPLIFIES,
  );
  if (storming.length === 0) return [];
  const worst = Math.max(...storming.map((link) => measuredLink(context, link)?.metrics.amplification ?? 1));
  const [first] = storming as [Link];
  const where = storming.length === 1 ? `on ${nameOfLink(context, first)}` : `on ${storming.length} links`;
  const why = `There are up to ${formatNumber(worst)} attempts for each call: retries load what is overloaded already.`;
  const unlimited = storming.filter((link) => linkValuesOf(link).retryBudget === null);
  return [
    ...(unlimited.length === 0
      ? []
      : [
          candidate(
            first.id,
            `Give the retries ${where} a budget of 10 %`,
            why,
            unlimited.map(({ id }) => `${id}.retryBudget=0.1`),
          ),
        ]),
    candidate(
      first.id,
      `Turn the retries ${where} off`,
      why,
      storming.map(({ id }) => `${id}.retries=off`),
    ),
  ];
}

/** Work for callers that have given up. */
function wastedWork(context: RuleContext): Candidate[] {
  const { design, result } = context;
  const wasteful = new Set(result.components.filter(({ metrics }) => (metrics.wastedShare ?? 0) > WASTED).map(({ id }) => id));
  if (wasteful.size === 0) return [];
  const links = design.links.filter((link) => {
    const values = linkValuesOf(link);
    return values.cancelAbandoned === false && (values.timeoutMs !== null || values.deadlineMs !== null) && values.mode === 'call';
  });
  const [first] = links;
  if (first === undefined) return [];
  const share = Math.max(...result.components.map(({ metrics }) => metrics.wastedShare ?? 0));
  return [
    candidate(
      first.id,
      `Cancel work that callers have given up on${links.length === 1 ? ` (${nameOfLink(context, first)})` : `, on ${links.length} links`}`,
      `Up to ${formatShare(share)} of the service time goes to requests whose caller has gone.`,
      links.map(({ id }) => `${id}.cancelAbandoned=true`),
    ),
  ];
}

/** Queues that are longer than anybody waits for, or so short that they refuse what could be served. */
function queues(context: RuleContext): Candidate[] {
  const { resource } = context.reading.bottleneck;
  if (resource === null || resource.record !== 'component' || !isSaturated(resource) || resource.type === 'rate') return [];
  const { recordId, name } = resource;
  const values = valuesOf(context, recordId);
  if (!Object.hasOwn(values, 'queueLimit')) return [];
  const metrics = context.result.components.find(({ id }) => id === recordId)?.metrics ?? {};
  const found: Candidate[] = [];
  const limit = values.queueLimit as number | null;
  const each = Math.max(1, resource.capacity / Math.max(1, Number(values.replicas ?? 1)));
  // Waiting of ten service times: enough for chance, too little for anybody to give up.
  const short = Math.max(4, Math.ceil(each * 10));
  if (limit === null || limit > short * 2)
    found.push(
      candidate(
        recordId,
        `Let at most ${short} requests wait at ${Number(values.replicas ?? 1) > 1 ? 'each replica of ' : ''}${name}`,
        `The queue grew to ${formatNumber(metrics.queueMax ?? 0, 6)}: those that are served have waited for ${formatDuration(metrics.waitingMeanMs ?? 0)} on average.`,
        [`${recordId}.queueLimit=${short}`],
      ),
    );
  else if (resource.refusedShare > FAILS)
    found.push(
      candidate(
        recordId,
        `Let ${limit * 4} requests wait at ${name} instead of ${limit}`,
        `It refuses ${formatShare(resource.refusedShare)} because its queue is full.`,
        [`${recordId}.queueLimit=${limit * 4}`],
      ),
    );
  if (
    values.shedding === 'off' &&
    ['fifo', 'lifo', 'priority', 'shortest-job'].includes(String(values.discipline)) &&
    (metrics.waitingMeanMs ?? 0) > 10 * (metrics.serviceMeanMs ?? Infinity)
  )
    found.push(
      candidate(recordId, `Let ${name} shed load by queue delay`, 'Requests wait for far longer than they are served: some are better refused early.', [
        `${recordId}.shedding=codel`,
      ]),
    );
  return found;
}

/** Callers that give up although the far end is not overloaded. */
function timeouts(context: RuleContext): Candidate[] {
  const { resource } = context.reading.bottleneck;
  const saturated = resource !== null && isSaturated(resource);
  return context.design.links.flatMap((link) => {
    const { timeoutMs } = linkValuesOf(link) as { readonly timeoutMs: number | null };
    const measured = measuredLink(context, link);
    const offered = measured?.metrics.offered ?? 0;
    const gaveUp = offered > 0 ? (measured?.failures.timeout ?? 0) / offered : 0;
    if (saturated || timeoutMs === null || gaveUp < FAILS) return [];
    return [
      candidate(
        link.id,
        `Raise the timeout on ${nameOfLink(context, link)} from ${formatDuration(timeoutMs)} to ${formatDuration(timeoutMs * 3)}`,
        `${formatShare(gaveUp)} of the calls are given up although nothing behind is used up.`,
        [`${link.id}.timeoutMs=${timeoutMs * 3}ms`],
      ),
    ];
  });
}

/** Calls that mostly fail: a breaker keeps them from what cannot serve them. */
function breakers(context: RuleContext): Candidate[] {
  return context.design.links.flatMap((link) => {
    const values = linkValuesOf(link);
    const { failureShare = 0 } = measuredLink(context, link)?.metrics ?? {};
    const failing = failureShare > 0.1 && (measuredLink(context, link)?.failures.timeout ?? 0) > 0;
    if (values.mode !== 'call' || values.breaker !== 'off' || !failing || kindIdOf(context, link.from) === 'client') return [];
    return [
      candidate(
        link.id,
        `Put a circuit breaker on ${nameOfLink(context, link)}`,
        `${formatShare(failureShare)} of the calls fail: while most of them do, ${nameOfPart(context, link.to)} is better left alone.`,
        [`${link.id}.breaker=rate`],
      ),
    ];
  });
}

/** Slow calls to a part that has room for a second copy of some. */
function hedges(context: RuleContext): Candidate[] {
  const { design, result } = context;
  const { latencyP50Ms = 0, latencyP99Ms = 0 } = result.endToEnd.metrics;
  if (!(latencyP99Ms > 5 * latencyP50Ms)) return [];
  return design.links
    .flatMap((link) => {
      const values = linkValuesOf(link);
      const target = result.components.find(({ id }) => id === link.to)?.metrics;
      const { latencyP99Ms: slow = 0, latencyP50Ms: usual = Infinity, utilisation = 1 } = target ?? {};
      const several = Number(valuesOf(context, link.to).replicas ?? 1) > 1 || kindIdOf(context, link.to) === 'load-balancer';
      if (values.mode !== 'call' || values.hedging !== 'off' || !several || utilisation > 0.5 || !(slow > 5 * usual)) return [];
      return [{ link, slow }];
    })
    .sort((one, other) => other.slow - one.slow)
    .slice(0, 1)
    .map(({ link }) =>
      candidate(
        link.id,
        `Hedge slow calls on ${nameOfLink(context, link)} after their 95th percentile`,
        'A few calls take many times as long as most, and the far end has room for a second copy of those.',
        [`${link.id}.hedging=percentile`],
      ),
    );
}
