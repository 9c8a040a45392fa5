import { formatDuration } from '../base/format';
import type { Problem } from '../base/problem';
import { distributionSchema } from '../kinds/distribution';
import { distributionMeanMs } from '../kinds/distribution-moments';
import { distributionProblems } from '../kinds/distribution-problems';
import type { linkParams } from '../kinds/link/link';
import { policyOf } from '../kinds/link/link-policy';
import { linkPolicyProblems } from '../kinds/link/link-policy-problems';
import type { ParamValues } from '../kinds/params';
import type { Topology, Wire } from './topology';
import { quote } from './words';

/** What is wrong with the links of a design: their values, and ends that cannot be linked. */
export function linkProblems(topology: Topology): Problem[] {
  return topology.wires.flatMap((wire) => [
    ...valueProblems(wire),
    ...endProblems(topology, wire),
    ...timeoutProblems(wire),
    ...policyProblems(topology, wire),
  ]);
}

function valueProblems(wire: Wire): Problem[] {
  const found = [...wire.valueProblems];
  const wrong = new Set(found.map((problem) => problem.path.split(/[.[]/)[0]));
  for (const key of ['latency', 'replyLatency'] as const) {
    const parsed = distributionSchema.nullable().safeParse(wire.values[key]);
    if (wrong.has(key) || !parsed.success || parsed.data === null) continue;
    found.push(
      ...distributionProblems(parsed.data, key, 'forbid-request').map((problem) => ({
        ...problem,
        path: problem.path ?? key,
        code: problem.code as 'value-not-allowed',
      })),
    );
  }
  return found.map((problem) => ({ ...problem, recordId: wire.link.id, path: `params.${problem.path}` }));
}

function endProblems(topology: Topology, wire: Wire): Problem[] {
  const problems: Problem[] = [];
  const from = topology.parts.get(wire.from);
  const to = topology.parts.get(wire.to);
  if (from === undefined || to === undefined) return [];
  const error = (code: string, message: string, remedy: string, path?: string): void => {
    problems.push({ severity: 'error', code, recordId: wire.link.id, ...(path === undefined ? {} : { path }), message, remedy });
  };
  if (wire.telemetry) {
    if (!wire.possible)
      error(
        'no-telemetry',
        `The link leads from ${quote(from.component.name)} to the telemetry collector ${quote(to.component.name)}, but ${article(from.kind.title)} ${isPlural(from.kind.title) ? 'report' : 'reports'} nothing.`,
        'Remove the link; services, databases, load balancers and jobs can report.',
        'from',
      );
    return problems;
  }
  if (!from.kind.ports.out)
    error(
      'no-output',
      `The link leaves ${quote(from.component.name)}, but ${article(from.kind.title)} ${isPlural(from.kind.title) ? 'call' : 'calls'} no other part.`,
      'Remove the link, or let a service make the call.',
      'from',
    );
  if (!to.kind.ports.in)
    error(
      'no-input',
      `The link leads to ${quote(to.component.name)}, but ${article(to.kind.title)} ${isPlural(to.kind.title) ? 'take' : 'takes'} no requests.`,
      'Remove the link, or lead it to a part that serves requests.',
      'to',
    );
  if (wire.values.mode === 'forward' && from.kind.id !== 'service')
    error(
      'forward-only-from-service',
      `Only a service can forward: ${quote(from.component.name)} is ${article(from.kind.title)}.`,
      'Set the mode of the link to call.',
      'params.mode',
    );
  return problems;
}

function policyProblems(topology: Topology, { link, from, telemetry, values, valueProblems }: Wire): Problem[] {
  if (telemetry || valueProblems.some((problem) => problem.severity === 'error')) return [];
  const guarded = values as ParamValues<typeof linkParams>;
  const problems: Problem[] = linkPolicyProblems(guarded).map((problem) => ({ ...problem, recordId: link.id, path: `params.${problem.path}` }));
  const near = topology.parts.get(from);
  // A balancer whose targets answer straight to the caller waits for no reply.
  if (near?.values.replies === 'direct' && (guarded.timeoutMs !== null || policyOf(guarded) !== undefined))
    problems.push({
      severity: 'warning',
      code: 'guard-without-replies',
      recordId: link.id,
      message: `The targets of ${quote(near.component.name)} answer straight to its callers: it waits for no reply, so that the timeout, retries, hedging and breaker of this link have no effect.`,
      remedy: 'Set them on the links that lead to the balancer, or let replies come back through it.',
    });
  return problems;
}

function timeoutProblems(wire: Wire): Problem[] {
  const timeout = wire.values.timeoutMs;
  const latency = distributionSchema.safeParse(wire.values.latency);
  if (typeof timeout !== 'number' || wire.forward || wire.telemetry || !latency.success) return [];
  const reply = distributionSchema.safeParse(wire.values.replyLatency);
  const there = distributionMeanMs(latency.data) ?? 0;
  const back = reply.success ? (distributionMeanMs(reply.data) ?? 0) : there;
  if (timeout > there + back) return [];
  return [
    {
      severity: 'warning',
      code: 'timeout-below-latency',
      recordId: wire.link.id,
      path: 'params.timeoutMs',
      message: `The timeout of ${formatDuration(timeout)} is no longer than the way there and back, ${formatDuration(there + back)} on average: most calls will fail however fast the far end is.`,
      remedy: 'Raise the timeout, or lower the latency.',
    },
  ];
}

/** A kind as the subject or object of a sentence: `a service`, `clients`. */
function article(title: string): string {
  const noun = title.toLowerCase();
  if (isPlural(title)) return noun;
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function isPlural(title: string): boolean {
  return title.endsWith('s');
}
