import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulate } from '../run/simulate';
import { DESIGN_ID, draft } from './draft';

test('one more server never makes anybody wait longer, with the same arrivals and demands', () => {
  // J. Kiefer and J. Wolfowitz, Trans. Amer. Math. Soc. 78 (1955): the workload vector of a FIFO queue is monotone in the servers.
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 20, max: 900 }), fc.nat(1_000_000), (servers, ratePerS, seed) => {
      const waits = [servers, servers + 1].map((count) => {
        const parts = draft('Monotone');
        parts.client('clients', { ratePerS });
        parts.service('queue', { servers: count, serviceTime: { type: 'exponential', meanMs: 6 } });
        parts.link('clients', 'queue');
        const result = simulate(parts.build({ durationMs: 2000, warmUpMs: 0, seed, requestLog: 5000 }), DESIGN_ID);
        if (!result.ok) throw new Error(JSON.stringify(result.error));
        return new Map(result.value.requests.map(({ arrivalMs, waitingMs }) => [arrivalMs, waitingMs]));
      });
      for (const [arrivalMs, waitingMs] of waits[1] ?? []) {
        const fewer = waits[0]?.get(arrivalMs);
        if (fewer !== undefined) expect(waitingMs).toBeLessThanOrEqual(fewer + 1e-6);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
