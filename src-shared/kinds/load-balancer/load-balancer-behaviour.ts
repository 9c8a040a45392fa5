import type { LoweringContext } from '../lowering';
import type { ParamValues } from '../params';
import type { loadBalancerParams } from './load-balancer-params';

/** A balancer becomes one router over the instances behind its links. */
export function lowerLoadBalancer(values: ParamValues<typeof loadBalancerParams>, context: LoweringContext): void {
  context.addRouter({ balancing: values.algorithm, choices: values.choices, live: values.knows === 'live', proxy: values.replies === 'proxy' });
}
