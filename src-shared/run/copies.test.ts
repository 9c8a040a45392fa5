import { expect, test } from 'vitest';
import { DESIGN_ID, draft } from '../validation/draft';
import { simulate } from './simulate';

test('smoke', () => {
  for (const replication of ['asynchronous', 'semi-synchronous', 'synchronous', 'majority'] as const) {
    const parts = draft('copies');
    parts.client('users', {
      ratePerS: 200,
      operations: [
        { name: 'view', weight: 3, type: 'read', requestBytes: 1, responseBytes: 1, priority: 1, items: 50, itemSkew: 0.9 },
        { name: 'save', weight: 1, type: 'write', requestBytes: 1, responseBytes: 1, priority: 1, items: 50, itemSkew: 0.9 },
      ],
    });
    parts.database('data', {
      copies: 3,
      replication,
      readFrom: 'followers',
      heartbeatMs: 100,
      failureTimeoutMs: 1000,
      timeoutSpreadMs: 500,
      copyDelay: { type: 'exponential', meanMs: 20 },
    });
    parts.link('users', 'data', { latency: { type: 'constant', valueMs: 1 } });
    parts.fault('data', { type: 'crash', silent: false, restartMs: 500 }, { type: 'once', atMs: 20_000, lastsMs: 8000 }, 0);
    parts.fault('data', { type: 'pause' }, { type: 'once', atMs: 40_000, lastsMs: 4000 }, 1);
    const outcome = simulate(parts.build({ durationMs: 60_000, warmUpMs: 0 }), DESIGN_ID);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    const { endToEnd, components, checks, journal } = outcome.value;
    console.log(replication, JSON.stringify(endToEnd.failures), JSON.stringify(checks.conservation), checks.little.holds);
    console.log(JSON.stringify(Object.fromEntries(Object.entries(components[1]?.metrics ?? {}).filter(([k]) => /stale|version|lag|lost|recover|promo|elect|split|without|detect|util|through/i.test(k)))));
    console.log(journal.map((e) => `${e.atMs.toFixed(1)} ${e.type} #${e.instance} ${e.value} ${e.lostWrites ?? ''}`).join('\n'));
    expect(checks.conservation.holds).toBe(true);
  }
});
