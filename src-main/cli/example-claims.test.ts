import { describe, expect } from 'vitest';
import type { RunResult } from '../../src-shared/run/result';
import { ABOUT_DATA, ABOUT_FAILURES, ABOUT_OBSERVING, claim, everythingIsClaimed, SEEDS, within } from './example-claim';
import { between, EXAMPLES, openExample, read, runExample } from './example-runs';

describe('single server', () => {
  const id = 'single-server';
  // The end of a queue at 80 % is far away: intervals of theory need long runs.
  const long = { durationMs: 800_000 };
  claim(id, 'One server with Poisson arrivals at 80 req/s and exponential service times of 10 ms', () => {
    const run = runExample(id, 'single-server', long);
    within(read(run, 'offeredRate'), 79, 81);
    within(read(run, 'server.serviceMeanMs'), 9.9, 10.1);
  });
  claim(
    id,
    'the server is busy 80 % of the time, that 3.2 requests wait on average, and that a request takes 50 ms, 40 ms of them waiting: compare the result, which has intervals',
    () => {
      expect(openExample(id).settings.replications).toBeGreaterThan(1);
      const run = runExample(id, 'single-server', long);
      within(read(run, 'server.utilisation'), 0.79, 0.81);
      within(read(run, 'server.queueMean'), 2.9, 3.5);
      within(read(run, 'latencyMeanMs'), 46, 54);
      within(read(run, 'server.waitingMeanMs'), 36, 44);
    },
  );
  claim(id, 'Then raise the rate to 95 req/s: hardly more work, four times the latency', () => {
    const busier = runExample(id, 'single-server', { durationMs: 1_600_000, set: ['clients.ratePerS=95'] });
    within(read(busier, 'latencyMeanMs') / read(runExample(id, 'single-server', long), 'latencyMeanMs'), 3.2, 4.8);
  });
});

describe('load-balanced web tier', () => {
  const id = 'web-tier';
  const p99 = (...set: string[]): number => read(runExample(id, 'web-tier', { set }), 'latencyP99Ms');
  const use = (algorithm: string): string => `balancer.algorithm=${algorithm}`;
  claim(id, 'spreads 200 req/s over three web servers, each busy about two thirds of the time', () => {
    const run = runExample(id, 'web-tier');
    for (const web of ['web-1', 'web-2', 'web-3']) within(read(run, `${web}.utilisation`), 0.63, 0.71);
  });
  claim(id, 'from round robin to random, least connections and power of two choices: the same machines, the same work, another tail', () => {
    const inTurn = p99();
    expect(p99(use('random'))).toBeGreaterThan(1.2 * inTurn);
    for (const algorithm of ['least-connections', 'power-of-d']) expect(p99(use(algorithm))).toBeLessThan(0.85 * inTurn);
  });
  claim(id, 'Then give one server twice the service time and see which algorithm notices', () => {
    const slow = 'web-1.serviceTime={"type":"fit","p50Ms":16,"p99Ms":80}';
    expect(p99(slow)).toBeGreaterThan(50 * p99(slow, use('least-connections')));
  });
});

describe('three-tier web shop', () => {
  const id = 'three-tier';
  claim(
    id,
    'Shoppers browse, search and check out at 300 req/s: a load balancer, three web replicas, an application service that needs longer for a search, and a database that takes longer for writes',
    () => {
      const run = runExample(id, 'shop');
      within(read(run, 'offeredRate'), 290, 310);
      expect(Object.keys(run.endToEnd.failures)).toEqual([]);
      const latency = Object.fromEntries(run.operations.map(({ operation, metrics }) => [operation, metrics.latencyMeanMs ?? 0]));
      expect(latency.search).toBeGreaterThan((latency.browse ?? 0) + 10);
      const { readTime, writeTime } = openExample(id).designs[0]?.components.find((part) => part.kind === 'database')?.params ?? {};
      expect((writeTime as { p50Ms: number }).p50Ms).toBeGreaterThan((readTime as { p50Ms: number }).p50Ms);
    },
  );
  claim(
    id,
    'Which part is busiest? Raise the rate to 500 req/s and watch where the queue grows, and how its limit and the timeouts along the way turn waiting into failures',
    () => {
      const calm = runExample(id, 'shop');
      for (const part of ['web', 'database']) expect(read(calm, `${part}.utilisation`)).toBeLessThan(read(calm, 'app.utilisation'));
      const busy = runExample(id, 'shop', { set: ['shoppers.ratePerS=500'] });
      expect(read(busy, 'app.queueMean')).toBeGreaterThan(300);
      for (const part of ['web', 'database']) expect(read(busy, `${part}.queueMean`)).toBeLessThan(2);
      expect(Object.keys(busy.endToEnd.failures).sort()).toEqual(['queue-full', 'timeout']);
    },
  );
});

describe('overload', () => {
  const id = 'overload';
  claim(id, 'triples the load for ten seconds: 600 req/s meet a service that can do about 390', () => {
    const run = runExample(id, 'overload');
    const spike = run.series.endToEnd.offeredPerS.filter((rate) => (rate ?? 0) > 450).length * ((run.series.timeMs[0] ?? 0) / 1000);
    within(spike, 9, 11);
    within(between(run, 'offeredPerS', 21, 29) / between(run, 'offeredPerS', 0, 20), 2.8, 3.2);
    within(between(run, 'web.completedPerS', 22, 29), 375, 410);
  });
  claim(
    id,
    'Its queue fills to the limit of 100 and what comes then is refused at once, so that those who are let in still get their answer in about a quarter of a second',
    () => {
      const run = runExample(id, 'overload');
      expect(read(run, 'web.queueMax')).toBe(100);
      expect(run.endToEnd.failures['queue-full']).toBeGreaterThan(1000);
      expect(run.endToEnd.failures.timeout).toBeUndefined();
      within(between(run, 'latencyP50Ms', 22, 29), 220, 300);
      expect(read(run, 'latencyP99Ms')).toBeLessThan(350);
    },
  );
  claim(id, 'Remove the queue limit and run again: now everybody waits, callers give up after one second, and the server goes on working for nobody', () => {
    const endless = runExample(id, 'overload', { set: ['web.queueLimit=none'] });
    expect(Object.keys(endless.endToEnd.failures)).toEqual(['timeout']);
    expect(read(endless, 'failed')).toBeGreaterThan(3 * read(runExample(id, 'overload'), 'failed'));
    expect(read(endless, 'web.wastedShare')).toBeGreaterThan(0.3);
  });
});

describe('closed classroom', () => {
  const id = 'closed-classroom';
  const users = (count: number) => runExample(id, 'classroom', { durationMs: 2_000_000, set: [`students.users=${count}`] });
  claim(id, 'Thirty students work with a course server; each thinks for 5 s on average, asks, and waits for the answer before thinking again', () => {
    const run = users(30);
    // Nobody has more than one request under way.
    within(read(run, 'inSystemMean'), 3, 10);
    expect(read(run, 'inFlight')).toBeLessThanOrEqual(30);
  });
  claim(id, 'A closed workload slows down with its server, so that nothing overflows: look at how latency and throughput share the load', () => {
    expect(read(users(60), 'throughput') / read(users(30), 'throughput')).toBeLessThan(1.15);
    expect(read(users(60), 'latencyMeanMs')).toBeGreaterThan(4 * read(users(30), 'latencyMeanMs'));
    expect(read(users(60), 'failed')).toBe(0);
  });
  claim(
    id,
    'From 27 students on (5.4 s / 0.2 s) the server sets the pace; try 10, 27 and 60 users, and check that latency = users / throughput − think time',
    () => {
      within(read(users(10), 'throughput'), 1.75, 1.9);
      within(read(users(27), 'course-server.utilisation'), 0.83, 0.93);
      within(read(users(60), 'throughput'), 4.9, 5.1);
      for (const count of [10, 27, 60]) within(count / read(users(count), 'throughput') - 5 - read(users(count), 'latencyMeanMs') / 1000, -0.25, 0.25);
    },
  );
});

describe('one big machine against four small ones', () => {
  const id = 'big-against-small';
  const mean = (design: string, ...set: string[]): number => read(runExample(id, design, { set }), 'latencyMeanMs');
  claim(
    id,
    'Two designs serve the same 300 req/s with the same total capacity: one machine that takes 2.5 ms, and four behind a load balancer that take 10 ms each',
    () => {
      within(read(runExample(id, 'big'), 'big.serviceMeanMs'), 2.45, 2.55);
      for (const part of ['small-1', 'small-2', 'small-3', 'small-4']) within(read(runExample(id, 'small'), `${part}.serviceMeanMs`), 9.6, 10.4);
    },
  );
  claim(id, 'All are 75 % busy, yet the big one answers in about 10 ms and the small ones take several times as long', () => {
    within(read(runExample(id, 'big'), 'big.utilisation'), 0.73, 0.77);
    for (const part of ['small-1', 'small-2', 'small-3', 'small-4']) within(read(runExample(id, 'small'), `${part}.utilisation`), 0.72, 0.78);
    within(mean('big'), 9, 12);
    within(mean('small') / mean('big'), 3, 5);
  });
  claim(id, 'Change the balancer to least connections and see how much of the gap closes, and what remains', () => {
    within((mean('small', 'balancer.algorithm=least-connections') - mean('big')) / (mean('small') - mean('big')), 0.15, 0.4);
  });
});

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
    const run = runExample(id, 'one-bigger');
    within(read(run, 'latencyMeanMs'), 98, 103);
    within(read(run, 'visitors-web.callRate') / read(run, 'offeredRate'), 0.999, 1.001);
    expect(between(run, 'completedPerS', 45.6, 60)).toBe(0);
    within(read(run, 'failureShare'), 0.165, 0.19);
    expect(read(run, 'web.availability')).toBeCloseTo(70 / 85, 6);
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
    const run = runExample(id, 'no-balancer');
    within(read(run, 'failureShare'), 0.88, 0.92);
    const instances = run.components.find((part) => part.id === 'web')?.instances ?? [];
    expect(instances.map(({ metrics }) => (metrics.utilisation ?? 0) > 0.9)).toEqual([true, ...Array(11).fill(false)]);
    // While the first one starts again, and says so, the second stands in for it; the others never do anything.
    expect(instances[1]?.metrics.utilisation).toBeLessThan(0.1);
    expect(instances.slice(2).map(({ metrics }) => metrics.utilisation)).toEqual(Array(10).fill(0));
    within(read(run, 'web.imbalance'), 10.5, 12);
  });
  claim(id, 'this one cannot do more than 960 req/s, while twenty small ones carry it all', () => {
    // Up to the failure.
    const durationMs = 44_000;
    const one = runExample(id, 'one-bigger', { durationMs, set: ['visitors.ratePerS=1200'] });
    const machines = openExample(id).machines;
    expect(machines[machines.length - 1]?.vcpus).toBe(96);
    expect(read(one, 'web.utilisation')).toBeGreaterThan(0.99);
    within(between(one, 'completedPerS', 10, 44), 930, 980);
    const many = runExample(id, 'more-machines', { durationMs, set: ['visitors.ratePerS=1200', 'web.replicas=20'] });
    expect(read(many, 'failed')).toBe(0);
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

describe('Amdahl and the Universal Scalability Law', () => {
  const id = 'amdahl-and-usl';
  // Nothing is left to chance but which job comes next.
  const brief = { durationMs: 60_000 };
  const speedUp = (design: string, n: number): number => read(runExample(id, design, brief), `job-${n}.speedUp`);
  claim(id, 'The same second of work on more and more processors; look at the speed-up of each job', () => {
    expect(read(runExample(id, 'workers', brief), 'job-1.latencyMeanMs')).toBeCloseTo(1000, 3);
    for (const n of [4, 16, 32, 64]) expect(read(runExample(id, 'cores', brief), `job-${n}.latencyMeanMs`)).toBeCloseTo(1000 / speedUp('cores', n), 3);
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
      const many = runExample(id, 'workers', { durationMs: 20_000, set: ['job-64.tasks=1000', 'workers-64.replicas=1000'] });
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
      const run = runExample(id, 'cores', brief);
      expect(read(run, 'workers-64.costPerHour')).toBeCloseTo(4 * read(run, 'workers-16.costPerHour'), 9);
    },
  );
  claim(id, 'Set the coherency of the 64 cores to 0, and Amdahl’s 15.4 is back', () => {
    expect(read(runExample(id, 'cores', { ...brief, set: ['workers-64.coherency=0'] }), 'job-64.speedUp')).toBeCloseTo(speedUp('workers', 64), 6);
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

describe('the examples', () => {
  for (const id of EXAMPLES) if (![...ABOUT_DATA, ...ABOUT_FAILURES, ...ABOUT_OBSERVING].includes(id)) everythingIsClaimed(id);
});
