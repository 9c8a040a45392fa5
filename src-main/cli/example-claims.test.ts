import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../src-shared/run/result';
import { between, openExample, read, runExample } from './example-runs';

/** Where chance has a say, a claim must hold whatever the seed. */
const SEEDS = [1, 2];

const claimed = new Map<string, string[]>();

/** A claim of a description, in its own words, and how the numbers of runs bear it out. */
function claim(id: string, words: string, check: () => void): void {
  claimed.set(id, [...(claimed.get(id) ?? []), words]);
  it(words, () => {
    expect(openExample(id).description).toContain(words);
    check();
  });
}

function within(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe('vertical against horizontal', () => {
  const id = 'vertical-against-horizontal';
  claim(id, 'the same 720 req/s on 96 cores for 4.80 USD an hour, and after 45 s one machine fails for 15 s', () => {
    for (const design of ['one-bigger', 'more-machines', 'no-balancer']) {
      const run = runExample(id, design);
      within(read(run, 'offeredRate'), 705, 735);
      expect(read(run, 'costPerHour')).toBeCloseTo(4.8, 6);
      expect(run.journal.filter(({ type }) => type === 'instance-state').map(({ atMs, value }) => `${atMs} ${value}`)).toEqual([
        '45000 down',
        '55000 starting',
        '60000 up',
      ]);
    }
  });
  claim(id, 'One bigger machine answers in 100 ms with one call per request, but nobody is served while it is down', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'one-bigger', { seed });
      within(read(run, 'latencyMeanMs'), 98, 103);
      within(read(run, 'visitors-web.callRate') / read(run, 'offeredRate'), 0.999, 1.001);
      expect(between(run, 'completedPerS', 45.6, 60)).toBe(0);
      within(read(run, 'failureShare'), 0.165, 0.19);
      expect(read(run, 'web.availability')).toBeCloseTo(70 / 85, 6);
    }
  });
  claim(id, 'More machines take two calls and about 108 ms, as each has a queue of its own, and lose about one request in a thousand', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'more-machines', { seed });
      within((read(run, 'visitors-balancer.callRate') + read(run, 'balancer-web.callRate')) / read(run, 'offeredRate'), 1.999, 2.001);
      within(read(run, 'latencyMeanMs'), 105.5, 110.5);
      within(read(run, 'failureShare'), 0.0006, 0.0015);
      expect(read(run, 'web.availability')).toBe(1);
    }
  });
  claim(id, 'Without a balancer the first of twelve machines does all the work: nine requests in ten fail, and eleven machines idle', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'no-balancer', { seed });
      within(read(run, 'failureShare'), 0.88, 0.92);
      const instances = run.components.find((part) => part.id === 'web')?.instances ?? [];
      expect(instances.map(({ metrics }) => (metrics.utilisation ?? 0) > 0.9)).toEqual([true, ...Array(11).fill(false)]);
      within(read(run, 'web.imbalance'), 10.5, 12);
    }
  });
  claim(id, 'this one cannot do more than 960 req/s, while twenty small ones carry it all', () => {
    const one = runExample(id, 'one-bigger', { set: ['visitors.ratePerS=1200'] });
    const machines = openExample(id).machines;
    expect(machines[machines.length - 1]?.vcpus).toBe(96);
    expect(read(one, 'web.utilisation')).toBeGreaterThan(0.99);
    within(between(one, 'completedPerS', 10, 44), 930, 980);
    const many = runExample(id, 'more-machines', { set: ['visitors.ratePerS=1200', 'web.replicas=20'] });
    expect(read(many, 'failureShare')).toBeLessThan(0.0015);
    within(read(many, 'throughput'), 1170, 1230);
  });
});

describe('unequal machines', () => {
  const id = 'unequal-machines';
  claim(id, 'Two machines that take 8 ms for a request and two that take 24 ms share 180 req/s', () => {
    const run = runExample(id, 'round-robin');
    within(read(run, 'fast-2.serviceMeanMs'), 7.6, 8.4);
    within(read(run, 'slow-2.serviceMeanMs'), 22.8, 25.2);
    within(read(run, 'offeredRate'), 174, 186);
  });
  claim(id, 'its queue grows as long as the run lasts while the fast ones are little more than a third busy', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'round-robin', { seed });
      for (const slow of ['slow-1', 'slow-2']) {
        within(read(run, `${slow}.offeredRate`), 43.5, 46.5);
        expect(read(run, `${slow}.utilisation`)).toBeGreaterThan(0.99);
        expect(between(run, `${slow}.queue`, 90, 120)).toBeGreaterThan(1.5 * between(run, `${slow}.queue`, 20, 50));
      }
      for (const fast of ['fast-1', 'fast-2']) within(read(run, `${fast}.utilisation`), 0.33, 0.39);
    }
  });
  claim(id, 'compares two machines by the requests it has under way there, is told nothing, and answers in about 24 ms', () => {
    const balancer = openExample(id)
      .designs.find((design) => design.id === 'two-choices')
      ?.components.find((part) => part.kind === 'load-balancer');
    expect(balancer?.params).toMatchObject({ algorithm: 'power-of-d', choices: 2, knows: 'own-counts' });
    for (const seed of SEEDS) within(read(runExample(id, 'two-choices', { seed }), 'latencyMeanMs'), 22, 26);
  });
  claim(id, 'Weights of 3 to 1 keep all machines about 54 % busy and do better still, as long as they are right: give Fast 1 a service time of 24 ms', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'weighted', { seed });
      for (const machine of ['fast-1', 'fast-2', 'slow-1', 'slow-2']) within(read(run, `${machine}.utilisation`), 0.5, 0.58);
      expect(read(run, 'latencyMeanMs')).toBeLessThan(0.9 * read(runExample(id, 'two-choices', { seed }), 'latencyMeanMs'));
    }
    const set = ['fast-1.serviceTime.meanMs=24ms'];
    const weighted = runExample(id, 'weighted', { set });
    expect(read(weighted, 'fast-1.utilisation')).toBeGreaterThan(0.99);
    expect(read(weighted, 'latencyMeanMs')).toBeGreaterThan(50 * read(runExample(id, 'two-choices', { set }), 'latencyMeanMs'));
  });
});

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
      const run = runExample(id, 'least-connections');
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
    expect(read(random, 'failed')).toBeLessThan(0.35 * read(runExample(id, 'least-connections'), 'failed'));
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
    expect(read(kept, 'search.utilisation')).toBeGreaterThan(1.7 * read(runExample(id, 'hedged'), 'search.utilisation'));
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
      const run = runExample(id, 'storm', { seed });
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
    const run = runExample(id, 'busy');
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

describe('autoscaler against a spike', () => {
  const id = 'autoscaler-spike';
  claim(id, 'For one minute, 90 s into the run, five times as many visitors come', () => {
    const run = runExample(id, 'head-room');
    within(between(run, 'offeredPerS', 90, 150) / between(run, 'offeredPerS', 0, 90), 4.8, 5.2);
    within(between(run, 'offeredPerS', 152, 240), 95, 105);
  });
  claim(
    id,
    'The autoscaler decides every 15 s by a measurement that is 15 s old, and a new replica needs 45 s to start: the first one serves 15 s after the spike is over, and three requests in five of the spike are refused',
    () => {
      for (const seed of SEEDS) {
        const run = runExample(id, 'autoscaler', { seed });
        const of = (type: string): readonly (readonly [number, unknown])[] =>
          run.journal.filter((event) => event.type === type).map(({ atMs, value }) => [atMs, value]);
        expect(of('scaling-decision')[0]).toEqual([120_000, 4]);
        expect(of('instance-state').find(([, state]) => state === 'up')).toEqual([165_000, 'up']);
        within(between(run, 'failedPerS', 90, 150) / between(run, 'offeredPerS', 90, 150), 0.57, 0.62);
        expect(Object.keys(run.endToEnd.failures)).toEqual(['queue-full']);
      }
    },
  );
  claim(id, 'Servers are never more than all busy, so that it asks for four replicas where five would not be enough', () => {
    const run = runExample(id, 'autoscaler');
    const wanted = run.journal.filter(({ type }) => type === 'scaling-decision').map(({ value }) => Number(value));
    expect(Math.max(...wanted)).toBe(4);
    expect(read(runExample(id, 'autoscaler', { set: ['web.autoscaler=off', 'web.replicas=5'] }), 'failed')).toBeGreaterThan(100);
  });
  claim(
    id,
    'Eight replicas all the time lose nothing and cost almost three times as much; a schedule that knows when the spike comes loses nothing for about 60 % of that',
    () => {
      for (const seed of SEEDS) {
        const [late, roomy, planned] = ['autoscaler', 'head-room', 'schedule'].map((design) => runExample(id, design, { seed })) as [
          RunResult,
          RunResult,
          RunResult,
        ];
        for (const run of [roomy, planned]) expect(read(run, 'failed')).toBe(0);
        within(read(roomy, 'costPerHour') / read(late, 'costPerHour'), 2.7, 3);
        within(read(planned, 'costPerHour') / read(roomy, 'costPerHour'), 0.57, 0.62);
      }
    },
  );
  claim(id, 'give the autoscaler fresh measurements and a start-up time of 5 s: it still loses more than a third of what it lost', () => {
    const quick = runExample(id, 'autoscaler', { set: ['web.metricDelayMs=0', 'web.startUp.valueMs=5s'] });
    within(read(quick, 'failed') / read(runExample(id, 'autoscaler'), 'failed'), 0.35, 0.5);
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

describe('Amdahl and the Universal Scalability Law', () => {
  const id = 'amdahl-and-usl';
  const speedUp = (design: string, n: number): number => read(runExample(id, design), `job-${n}.speedUp`);
  claim(id, 'The same second of work on more and more processors; look at the speed-up of each job', () => {
    expect(read(runExample(id, 'workers'), 'job-1.latencyMeanMs')).toBeCloseTo(1000, 3);
    for (const n of [4, 16, 32, 64]) expect(read(runExample(id, 'cores'), `job-${n}.latencyMeanMs`)).toBeCloseTo(1000 / speedUp('cores', n), 3);
  });
  claim(
    id,
    '5 % of the job cannot be split, and 4, 16 and 64 workers make it 3.5, 9.1 and 15.4 times as fast, exactly as Amdahl’s law says; no number of them makes it 20 times',
    () => {
      for (const [n, said] of [
        [1, 1],
        [4, 3.5],
        [16, 9.1],
        [64, 15.4],
      ] as const) {
        expect(speedUp('workers', n)).toBeCloseTo(1 / (0.05 + 0.95 / n), 6);
        expect(speedUp('workers', n)).toBeCloseTo(said, 1);
      }
      const many = runExample(id, 'workers', { durationMs: 100_000, set: ['job-64.tasks=1000', 'workers-64.replicas=1000'] });
      within(read(many, 'job-64.speedUp'), 19, 20);
    },
  );
  claim(
    id,
    '(contention 5 %) and keep their data the same (coherency 0.1 %): 16 cores make it 8.0 times as fast, 32 cores 9.0 times, and 64 cores only 7.8 times, for four times the price of 16',
    () => {
      for (const [n, said] of [
        [16, 8],
        [32, 9],
        [64, 7.8],
      ] as const) {
        expect(speedUp('cores', n)).toBeCloseTo(n / (1 + 0.05 * (n - 1) + 0.001 * n * (n - 1)), 6);
        expect(speedUp('cores', n)).toBeCloseTo(said, 1);
      }
      const run = runExample(id, 'cores');
      expect(read(run, 'workers-64.costPerHour')).toBeCloseTo(4 * read(run, 'workers-16.costPerHour'), 9);
    },
  );
  claim(id, 'Set the coherency of the 64 cores to 0, and Amdahl’s 15.4 is back', () => {
    expect(read(runExample(id, 'cores', { set: ['workers-64.coherency=0'] }), 'job-64.speedUp')).toBeCloseTo(speedUp('workers', 64), 6);
  });
});

describe('map-reduce with stragglers', () => {
  const id = 'map-reduce-stragglers';
  claim(id, 'A job of 20 map tasks on 20 workers, then a shuffle that sends 20 MB over 1 Gbit/s in 160 ms, and 4 reduce tasks', () => {
    const run = runExample(id, 'waiting');
    within(read(run, 'word-count-mappers.callRate') / read(run, 'offeredRate'), 19.9, 20.1);
    within(read(run, 'word-count-reducers.callRate') / read(run, 'offeredRate'), 3.98, 4.02);
    within(read(run, 'word-count-reducers.networkP99Ms'), 159, 162);
  });
  claim(
    id,
    'gets stuck and takes 1.2 s instead of a tenth of a second, and the job waits for its slowest task: nearly two jobs in three meet a straggler, and the median is 1.5 s',
    () => {
      for (const seed of SEEDS) {
        const run = runExample(id, 'waiting', { seed });
        within(read(run, 'latencyP50Ms'), 1450, 1510);
        // A job takes 400 ms without a straggler and 1480 ms with one.
        within((read(run, 'latencyMeanMs') - 400) / 1080, 0.6, 0.69);
        within(read(run, 'mappers.serviceMeanMs'), 149, 161);
      }
    },
  );
  claim(id, 'a task that is not back after 200 ms goes to another worker as well: the median falls to 0.58 s for about 5 % more tasks', () => {
    for (const seed of SEEDS) {
      const run = runExample(id, 'copies', { seed });
      within(read(run, 'latencyP50Ms'), 570, 590);
      within(read(run, 'word-count-mappers.amplification'), 1.045, 1.065);
    }
  });
  claim(id, 'Allow only two copies of a task instead of three, and p95 is 1.5 s again: the copy gets stuck, too', () => {
    for (const seed of SEEDS) {
      within(read(runExample(id, 'copies', { seed }), 'latencyP95Ms'), 700, 900);
      within(read(runExample(id, 'copies', { seed, set: ['word-count-mappers.hedgeCopies=2'] }), 'latencyP95Ms'), 1450, 1510);
    }
  });
});
