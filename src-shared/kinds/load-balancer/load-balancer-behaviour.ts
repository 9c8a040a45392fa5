import type { RouterNode } from '../../engine/plan';
import type { LoweringContext } from '../lowering';
import { NS_PER_MS, samplerOf } from '../lowering';
import type { ParamValues } from '../params';
import { COMPARING, type loadBalancerParams } from './load-balancer-params';

type BalancerValues = ParamValues<typeof loadBalancerParams>;

const ns = (ms: number): number => Math.max(1, Math.floor(ms * NS_PER_MS + 0.5));

/** What a balancer notices of bad targets, as the plan says it. */
function healthOf(values: BalancerValues): Pick<RouterNode, 'health' | 'ejection' | 'panicShare'> {
  const checks = values.takesOut === 'health-checks' || values.takesOut === 'both';
  const ejects = values.takesOut === 'outliers' || values.takesOut === 'both';
  return {
    ...(checks
      ? {
          health: {
            interval: ns(values.checkIntervalMs),
            timeout: ns(values.checkTimeoutMs),
            unhealthyAfter: values.unhealthyAfter,
            healthyAfter: values.healthyAfter,
          },
        }
      : {}),
    ...(ejects ? { ejection: { failures: values.ejectAfter, base: ns(values.ejectBaseMs), maxShare: values.ejectMaxShare } } : {}),
    ...(checks || ejects ? { panicShare: values.panicShare } : {}),
  };
}

/** A balancer becomes one router for each of its instances, over the instances behind its links. */
export function lowerLoadBalancer(values: BalancerValues, context: LoweringContext): void {
  const compares = (COMPARING as readonly string[]).includes(values.algorithm);
  const reports = compares && values.knows === 'reports';
  if (values.instances > 1) {
    context.setSpread(values.spread);
    if (values.spread === 'active-passive') context.describe({ failover: Math.floor(values.failoverMs * NS_PER_MS + 0.5) });
  }
  for (let instance = 0; instance < values.instances; instance++)
    context.addRouter({
      instance,
      balancing: values.algorithm,
      choices: values.choices,
      live: values.knows === 'live',
      ...(reports ? { reports: { interval: ns(values.reportIntervalMs), delay: Math.floor(values.reportDelayMs * NS_PER_MS + 0.5) } } : {}),
      proxy: values.replies === 'proxy',
      virtualNodes: values.virtualNodes,
      boundFactor: values.boundFactor ?? Infinity,
      averaging: ns(values.averagingMs),
      ...healthOf(values),
      ...(values.slowStartMs === null ? {} : { slowStart: ns(values.slowStartMs) }),
      ...(values.affinityMs === null ? {} : { affinity: { lifetime: ns(values.affinityMs), stateful: values.stateful } }),
      ...(values.capacity === 'limited'
        ? { work: { servers: values.servers, demand: samplerOf(values.serviceTime), queueLimit: values.queueLimit ?? Infinity } }
        : {}),
    });
}
