import { distributionProblems } from '../distribution-problems';
import type { KindProblem, KindSurroundings } from '../kind';
import type { ParamValues } from '../params';
import { COMPARING, type loadBalancerParams, WEIGHING } from './load-balancer-params';

/** Reports on their way at once, beyond which their delay is taken for a mistake. */
const MOST_REPORTS = 1000;

/** What is wrong with the values of a balancer, beyond what the schema says. */
export function loadBalancerProblems(values: ParamValues<typeof loadBalancerParams>, { outgoing }: Pick<KindSurroundings, 'outgoing'>): readonly KindProblem[] {
  const problems: KindProblem[] = [];
  const error = (code: string, path: string | undefined, message: string, remedy: string): void => {
    problems.push({ severity: 'error', code, ...(path === undefined ? {} : { path }), message, remedy });
  };
  const { algorithm, takesOut } = values;
  if (outgoing.length === 0)
    error('no-target', undefined, 'The load balancer has no targets.', 'Connect its output to the parts that shall serve the requests.');
  const weighs = (WEIGHING as readonly string[]).includes(algorithm);
  if (weighs && outgoing.length > 0 && outgoing.every((link) => link.values.weight === 0))
    error(
      'weights-sum-to-zero',
      undefined,
      'All links of the balancer have weight 0, so that no target can be chosen.',
      'Give at least one link a weight above 0, or choose an algorithm without weights.',
    );
  const compares = (COMPARING as readonly string[]).includes(algorithm);
  const counts = compares && values.knows === 'own-counts';
  if (values.replies === 'direct') {
    const blind = 'Replies go straight to the caller, so the balancer cannot';
    if (counts)
      error(
        'balancer-sees-no-replies',
        'replies',
        `${blind} count the requests under way that it compares targets by.`,
        'Let replies come through the balancer, or let it know live queue lengths.',
      );
    else if (algorithm === 'least-response-time')
      error(
        'balancer-sees-no-replies',
        'replies',
        `${blind} see the response times that it compares targets by.`,
        'Let replies come through the balancer, or choose another algorithm.',
      );
    else if (algorithm === 'ring-hash' && values.boundFactor !== null)
      error(
        'balancer-sees-no-replies',
        'replies',
        `${blind} count the requests under way that it bounds.`,
        'Let replies come through the balancer, or remove the bound.',
      );
    else if (takesOut === 'outliers' || takesOut === 'both')
      error(
        'balancer-sees-no-replies',
        'replies',
        `${blind} see the failures that it would eject targets for.`,
        'Let replies come through the balancer, or use health checks alone.',
      );
  }
  if ((takesOut === 'health-checks' || takesOut === 'both') && values.checkTimeoutMs > values.checkIntervalMs)
    error(
      'check-timeout-above-interval',
      'checkTimeoutMs',
      'A health check would still wait for its answer when the next one is due.',
      'Set the timeout to at most the interval.',
    );
  if (compares && values.knows === 'reports' && values.reportDelayMs > MOST_REPORTS * values.reportIntervalMs)
    error('reports-too-late', 'reportDelayMs', `Reports would arrive more than ${MOST_REPORTS} intervals late.`, 'Shorten the delay, or report less often.');
  if (values.capacity === 'limited') problems.push(...distributionProblems(values.serviceTime, 'serviceTime', 'forbid-request'));
  return problems;
}
