import type { ParamValues } from '../params';
import type { LoweringContext } from '../lowering';
import type { loadBalancerParams } from './load-balancer-params';

export function lowerLoadBalancer(_values: ParamValues<typeof loadBalancerParams>, _context: LoweringContext): void {}
