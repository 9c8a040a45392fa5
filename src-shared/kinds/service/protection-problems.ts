import { distributionProblems } from '../distribution-problems';
import { growthProblems } from '../growth';
import type { KindProblem } from '../kind';
import type { Machine } from '../machine';
import { capacityOf, machineOf, machineProblems } from '../machine-params';
import type { ParamValues } from '../params';
import type { limiterParams } from './protection-params';
import { mostReplicas } from './scaling-behaviour';
import { concurrencyOf } from './service-behaviour';
import type { serviceParams } from './service-params';

type ServiceValues = ParamValues<typeof serviceParams>;

/** What is wrong with machine, sizes and concurrency. */
export function capacityProblems(values: ServiceValues, ladder: readonly Machine[]): KindProblem[] {
  const model = concurrencyOf(values);
  const { cores } = capacityOf(values, values.servers, machineOf(values, ladder));
  const several = model === 'servers' || model === 'threads';
  const problems = [
    ...(several ? machineProblems(values, ladder, values.servers) : machineProblems({ ...values, coherency: 0 }, ladder, 1)),
    ...growthProblems(values),
  ];
  if (values.required > mostReplicas(values))
    problems.push({
      severity: 'error',
      code: 'required-above-replicas',
      path: 'required',
      message: `The service needs ${values.required} replicas up and never has more than ${mostReplicas(values)}.`,
      remedy: 'Require fewer, or run more.',
    });
  if (model === 'threads' && values.threads < cores)
    problems.push({
      severity: 'warning',
      code: 'threads-below-cores',
      path: 'threads',
      message: `${values.threads} threads can never use ${cores} cores.`,
      remedy: 'Give at least as many threads as there are cores.',
    });
  if (!several && cores > 1)
    problems.push({
      severity: 'warning',
      code: 'cores-unused',
      path: 'concurrency',
      message: `An ${model === 'actor' ? 'actor' : 'event loop'} uses one core; ${cores - 1} of ${cores} stay idle.`,
      remedy: 'Run more replicas on smaller machines.',
    });
  return problems;
}

/** What is wrong with a rate limiter. */
export function limiterProblems(values: ParamValues<typeof limiterParams>): KindProblem[] {
  if (values.limiter !== 'sliding-window' || values.windowMs > 0) return [];
  return [
    {
      severity: 'error',
      code: 'window-empty',
      path: 'windowMs',
      message: 'A window of no length never holds a request, so that the rate limiter never refuses one.',
      remedy: 'Give the window a length, or switch the rate limiter off.',
    },
  ];
}

/** What is wrong with limits, shedding, patience and cold starts. */
export function protectionProblems(values: ServiceValues): KindProblem[] {
  const problems = limiterProblems(values);
  if (values.patience !== null) problems.push(...distributionProblems(values.patience, 'patience', 'forbid-request'));
  if (values.onDemand) problems.push(...distributionProblems(values.coldStart, 'coldStart', 'forbid-request'));
  const waits = (['fifo', 'lifo', 'priority', 'shortest-job'] as readonly string[]).includes(values.discipline);
  if (values.shedding === 'codel' && !waits)
    problems.push({
      severity: 'warning',
      code: 'nothing-to-shed',
      path: 'shedding',
      message: 'Shedding by queue delay looks at requests that leave the queue for service; with this discipline it does nothing.',
      remedy: 'Choose FIFO, LIFO, priority or shortest job first.',
    });
  return problems;
}
