import { describe, expect } from 'vitest';
import { ABOUT_FAILURES, claim, everythingIsClaimed, SEEDS, within } from './example-claim';
import { between, openExample, read, runExample } from './example-runs';

describe('sinkhole', () => {
  const id = 'sinkhole';
  /** Share of the requests that went to the third server while it was broken. */
  const drawn = (design: string, seed: number): number => {
    const run = runExample(id, design, { seed });
    return between(run, 'web-3.failedPerS', 30, 90) / between(run, 'offeredPerS', 30, 90);
  };
  claim(
    id,
    'Four servers answer 200 req/s in a tenth of a second each; after 30 s a broken release makes the third fail all its requests at once, for a minute',
    () => {
      const run = runExample(id, 'least-connections', { seed: 1 });
      within(between(run, 'offeredPerS', 0, 120), 192, 208);
      within(read(run, 'web-1.serviceMeanMs'), 94, 106);
      expect(run.faults.map(({ target, windows }) => ({ target, windows }))).toEqual([{ target: 'web-3', windows: [{ beginMs: 30_000, endMs: 90_000 }] }]);
      expect(between(run, 'web-3.completedPerS', 32, 90)).toBe(0);
      expect(between(run, 'failedPerS', 0, 30)).toBe(0);
    },
  );
  claim(id, 'Round robin sends it a quarter of the requests', () => {
    for (const seed of SEEDS) within(drawn('round-robin', seed), 0.24, 0.26);
  });
  claim(
    id,
    'Least connections sends it more than four in five: who fails at once never has much under way and looks idle, so that the healthy servers really do idle',
    () => {
      for (const seed of SEEDS) {
        within(drawn('least-connections', seed), 0.8, 0.9);
        for (const healthy of ['web-1', 'web-2', 'web-4'])
          expect(between(runExample(id, 'least-connections', { seed }), `${healthy}.utilisation`, 32, 90)).toBeLessThan(0.2);
      }
    },
  );
  claim(id, 'With outlier ejection five failures in a row take it out for 30 s, then for 60 s, and fewer than thirty requests are lost', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'ejection', { seed });
      within(read(run, 'failed'), 10, 30);
      const out = run.journal.filter(({ type }) => type === 'target-out').map(({ atMs }) => atMs);
      const back = run.journal.filter(({ type }) => type === 'target-back').map(({ atMs }) => atMs);
      within(out[0] ?? 0, 30_000, 32_000);
      expect((back[0] ?? 0) - (out[0] ?? 0)).toBeCloseTo(30_000, 3);
      within((out[1] ?? 0) - (back[0] ?? 0), 0, 2000);
      expect(back.length === 1 || Math.abs((back[1] ?? 0) - (out[1] ?? 0) - 60_000) < 1).toBe(true);
    }
  });
  claim(id, 'Try random, and see that a balancer that knows less does less harm here', () => {
    const random = runExample(id, 'least-connections', { set: ['balancer.algorithm=random'] });
    expect(read(random, 'failed')).toBeLessThan(0.35 * read(runExample(id, 'least-connections', { seed: 1 }), 'failed'));
  });
});

describe('hedged requests', () => {
  const id = 'hedged-requests';
  claim(id, 'three in a hundred get stuck and take 200 ms: the p99 latency is above 200 ms although nobody queues', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'waiting', { seed });
      within(read(run, 'search.serviceMeanMs'), 10, 12);
      within(read(run, 'latencyP99Ms'), 200, 260);
      expect(read(run, 'search.waitingMeanMs')).toBeLessThan(0.01);
    }
  });
  claim(
    id,
    'a search that takes longer than 95 % of the latest ones is sent to another replica as well, and the loser is called back: p99 falls to about 26 ms for 5 % more calls',
    () => {
      for (const seed of SEEDS) {
        const run = runExample(id, 'hedged', { seed });
        within(read(run, 'latencyP99Ms'), 24, 28);
        within(read(run, 'visitors-search.amplification'), 1.045, 1.06);
        expect(read(run, 'visitors-search.lateReplies')).toBe(0);
      }
    },
  );
  claim(id, 'As stuck copies are called back, the replicas even do half the work', () => {
    for (const seed of SEEDS)
      within(read(runExample(id, 'hedged', { seed }), 'search.utilisation') / read(runExample(id, 'waiting', { seed }), 'search.utilisation'), 0.45, 0.6);
  });
  claim(id, 'Sending everything twice halves p99 once more, for twice the calls', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'twice', { seed });
      within(read(run, 'latencyP99Ms') / read(runExample(id, 'hedged', { seed }), 'latencyP99Ms'), 0.45, 0.58);
      within(read(run, 'visitors-search.amplification'), 1.99, 2);
    }
  });
  claim(id, 'Keep the losers running (Cancel losers off) and compare the busy share', () => {
    const kept = runExample(id, 'hedged', { set: ['visitors-search.hedgeCancel=false'] });
    expect(read(kept, 'search.utilisation')).toBeGreaterThan(1.7 * read(runExample(id, 'hedged', { seed: 1 }), 'search.utilisation'));
    expect(read(kept, 'visitors-search.lateReplies')).toBeGreaterThan(1000);
  });
});

describe('retry storm', () => {
  const id = 'retry-storm';
  claim(id, 'for five seconds the disk under the database is six times as slow', () => {
    for (const design of openExample(id).designs)
      expect(design.faults.map(({ target, effect, timing }) => ({ target, effect, timing }))).toEqual([
        { target: 'database', effect: { type: 'slow', factor: 6 }, timing: { type: 'once', atMs: 20_000, lastsMs: 5000 } },
      ]);
    // Four servers that take 60 ms for what took them 10.
    within(between(runExample(id, 'restrained'), 'database.completedPerS', 21, 25), 50, 85);
  });
  claim(id, 'every request becomes sixteen calls to the database, which stays fully busy with work that nobody waits for any more', () => {
    for (const seed of SEEDS) {
      const late = runExample(id, 'storm', { seed, warmUpMs: 40_000 });
      within(read(late, 'orders-database.callRate') / read(late, 'offeredRate'), 14, 16.5);
      expect(read(late, 'database.utilisation')).toBe(1);
      expect(read(late, 'database.wastedShare')).toBeGreaterThan(0.99);
    }
  });
  claim(id, 'The disk recovers; the shop does not, and orders, which never was slow, is saturated as well', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'storm', { seed, warmUpMs: 40_000 });
      expect(between(run, 'completedPerS', 25, 60)).toBe(0);
      within(between(run, 'database.completedPerS', 30, 60), 370, 430);
      within(between(run, 'orders.utilisation', 2, 19), 0.2, 0.3);
      expect(between(run, 'orders.utilisation', 35, 60)).toBeGreaterThan(0.95);
    }
  });
  claim(id, 'only orders tries again, after a wait with jitter and within a budget of 10 %: six seconds after the disk all is well', () => {
    const links = openExample(id)
      .designs.find((design) => design.id === 'restrained')
      ?.links.map((link) => link.params);
    expect(links?.map(({ retries }) => retries)).toEqual(['off', 'off', 'backoff']);
    expect(links?.[2]).toMatchObject({ backoffJitter: 'full', retryBudget: 0.1 });
    for (const seed of SEEDS) {
      const run = runExample(id, 'restrained', { seed });
      expect(between(run, 'completedPerS', 22, 28)).toBe(0);
      expect(between(run, 'failedPerS', 31.2, 60)).toBeLessThan(0.1);
      within(between(run, 'completedPerS', 31.2, 60), 190, 210);
    }
  });
  claim(id, 'Take that budget away and see that waiting alone does not end the storm', () => {
    const unlimited = runExample(id, 'restrained', { set: ['orders-database.retryBudget=none'] });
    expect(between(unlimited, 'completedPerS', 30, 60)).toBe(0);
    expect(between(unlimited, 'database.utilisation', 30, 60)).toBe(1);
  });
});

describe('metastable failure', () => {
  const id = 'metastable-failure';
  const set = (rate: number): { set: string[] } => ({ set: [`visitors.ratePerS=${rate}`] });
  claim(id, 'An API that can do 400 req/s pauses for five seconds; callers wait half a second and try three times in all', () => {
    const run = runExample(id, 'busy', { seed: 1, warmUpMs: 40_000 });
    within(between(run, 'api.completedPerS', 30, 120), 390, 410);
    expect(run.faults.map(({ windows }) => windows)).toEqual([[{ beginMs: 20_000, endMs: 25_000 }]]);
    for (const design of openExample(id).designs) expect(design.links[0]?.params).toMatchObject({ timeoutMs: 500, retries: 'backoff', attempts: 3 });
  });
  claim(
    id,
    'at 280 req/s, it never comes back: every answer is too late, so that every request is sent three times, and 840 req/s keep the queue long although the pause is long over',
    () => {
      for (const seed of SEEDS) {
        const late = runExample(id, 'busy', { seed, warmUpMs: 40_000 });
        expect(read(late, 'completed')).toBe(0);
        within(read(late, 'visitors-api.callRate'), 810, 870);
        within(read(late, 'visitors-api.amplification'), 2.95, 3.05);
        expect(read(late, 'api.utilisation')).toBe(1);
        expect(between(late, 'api.queue', 110, 120)).toBeGreaterThan(between(late, 'api.queue', 40, 50));
      }
    },
  );
  claim(id, 'In the quiet hour, at 110 req/s, the same pause is over within half a minute', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'quiet', { seed });
      expect(between(run, 'completedPerS', 25, 35)).toBe(0);
      expect(between(run, 'failedPerS', 55, 120)).toBe(0);
      within(between(run, 'completedPerS', 55, 120), 104, 116);
    }
  });
  claim(id, 'So it is in the busy hour with a retry budget, or when abandoned work is cancelled', () => {
    for (const design of ['budget', 'cancel'])
      for (const seed of SEEDS) {
        const run = runExample(id, design, { seed });
        expect(between(run, 'failedPerS', 55, 120)).toBe(0);
        within(between(run, 'completedPerS', 55, 120), 270, 290);
      }
  });
  claim(id, 'The border is a third of the capacity, 133 req/s: try 120 and 150 in the quiet hour', () => {
    const below = runExample(id, 'quiet', set(120));
    within(between(below, 'completedPerS', 105, 120), 110, 130);
    const above = runExample(id, 'quiet', set(150));
    expect(between(above, 'completedPerS', 30, 120)).toBe(0);
    expect(between(above, 'api.queue', 110, 120)).toBeGreaterThan(between(above, 'api.queue', 40, 50));
  });
});

describe('monolith and microservices', () => {
  const id = 'monolith-and-microservices';
  claim(id, 'The same shop on the same 16 cores at the same price, once as one program in four copies, once as five services that call each other', () => {
    for (const design of openExample(id).designs) {
      const services = design.components.filter((part) => part.kind === 'service');
      const cores = services.map(({ params }) => Number(params.replicas) * Number(String(params.machine).replace('vcpu-', '')));
      expect(cores.reduce((sum, count) => sum + count, 0)).toBe(16);
      expect(services.map(({ params }) => params.replicas).join()).toBe(design.id === 'monolith' ? '4' : '1,1,2,1,1');
      expect(read(runExample(id, design.id), 'costPerHour')).toBeCloseTo(0.8, 6);
    }
  });
  claim(id, 'The monolith needs one call per visit, the services 2.5 on average over a network that takes 1 ms each way: visits take about 4 ms longer', () => {
    for (const seed of SEEDS) {
      const calls = (design: string): number => {
        const run = runExample(id, design, { seed });
        return run.links.reduce((sum, { metrics }) => sum + (metrics.callRate ?? 0), 0) / read(run, 'offeredRate');
      };
      expect(calls('monolith')).toBeCloseTo(1, 3);
      within(calls('microservices'), 2.45, 2.55);
      within(read(runExample(id, 'microservices', { seed }), 'latencyMeanMs') - read(runExample(id, 'monolith', { seed }), 'latencyMeanMs'), 2.5, 6);
    }
  });
  claim(
    id,
    'a bad release takes the checkout down for 20 s. It takes the monolith with it, and every visit fails; of the services only the one visit in ten that checks out',
    () => {
      for (const seed of SEEDS) {
        const lost = (design: string): number => {
          const run = runExample(id, design, { seed });
          expect(run.faults.map(({ windows }) => windows)).toEqual([[{ beginMs: 40_000, endMs: 60_000 }]]);
          return between(run, 'failedPerS', 40.4, 60) / between(run, 'offeredPerS', 40.4, 60);
        };
        within(lost('monolith'), 0.99, 1.01);
        within(lost('microservices'), 0.085, 0.12);
      }
    },
  );
  claim(id, 'let 60 % of the visits search (the link from gateway to search), and add replicas to search alone', () => {
    const popular = 'gateway-search.probability=60%';
    const before = runExample(id, 'microservices', { set: [popular] });
    within(read(before, 'search.utilisation'), 0.82, 0.95);
    const after = runExample(id, 'microservices', { set: [popular, 'search.replicas=4'] });
    within(read(after, 'search.utilisation'), 0.4, 0.5);
    expect(read(after, 'latencyMeanMs')).toBeLessThan(0.7 * read(before, 'latencyMeanMs'));
    expect(read(after, 'catalogue.utilisation')).toBeCloseTo(read(before, 'catalogue.utilisation'), 2);
  });
});

describe('the examples about failures', () => {
  for (const id of ABOUT_FAILURES) everythingIsClaimed(id);
});
