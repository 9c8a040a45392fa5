import { expect, test } from 'vitest';
import { simulate } from '../run/simulate';
import { DESIGN_ID, draft } from './draft';

test.each(['ring-hash', 'rendezvous-hash', 'ip-hash'] as const)('[K6] %s spreads requests of no session over all targets at random', (algorithm) => {
  const parts = draft('No sessions');
  parts.client('clients', { ratePerS: 1000 });
  parts.balancer('balancer', { algorithm });
  parts.service('web', { replicas: 4, serviceTime: { type: 'exponential', meanMs: 2 } });
  parts.link('clients', 'balancer');
  parts.link('balancer', 'web');
  const result = simulate(parts.build({ durationMs: 20_000, warmUpMs: 0, seed: 3 }), DESIGN_ID);
  if (!result.ok) throw new Error(result.error[0]?.message);
  const web = result.value.components.find(({ id }) => id === 'web');
  // 20,000 requests, a quarter each: five standard deviations are 306.
  for (const { metrics } of web?.instances ?? []) expect(Math.abs((metrics.offered ?? 0) - 5000)).toBeLessThan(310);
  expect(web?.instances).toHaveLength(4);
});
