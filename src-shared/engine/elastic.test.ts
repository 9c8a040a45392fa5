import { describe, expect, test } from 'vitest';
import { createCore } from './core';
import {
  C_NODE,
  C_OPERATION,
  C_STATE,
  N_BUSY,
  N_QUEUED,
  OP_BITS,
  OP_CONTROL,
  OP_MASK,
  OP_SHARED,
  R_WORD,
  STATE_AT_NODE,
  T_ARRIVED,
  T_PRIORITY,
  T_WORK,
} from './layout';
import type { Plan, StationNode } from './plan';
import { createStations } from './stations';

/** Goal: speed and servers may change at any instant, under what is in service. Method: one station, driven by hand; times in ns. */
interface Job {
  readonly at: number;
  readonly work: number;
  readonly priority?: number;
}

interface Change {
  readonly at: number;
  readonly speed?: number;
  readonly servers?: number;
  readonly machine?: { readonly servers: number; readonly speed: number };
  /** Takes this job out. */
  readonly withdraw?: number;
  readonly elastic?: true;
}

/** Runs jobs through one station and returns when each of them was done; NaN: never. */
function run(
  spec: Partial<StationNode>,
  jobs: readonly Job[],
  changes: readonly Change[] = [],
): { readonly ends: readonly number[]; readonly busy: number; readonly queued: number } {
  const station: StationNode = {
    role: 'station',
    component: 0,
    instance: 0,
    servers: 1,
    discipline: 'fifo',
    queueLimit: Infinity,
    demands: [{ type: 'work' }],
    demandOf: [0],
    calls: [],
    parallel: false,
    waitFor: Infinity,
    holdsServer: false,
    forwards: [],
    ...spec,
  };
  const plan: Plan = {
    components: [{ id: 's', name: 's', kind: 'service', firstNode: 0, nodeCount: 1, spread: 'first' }],
    nodes: [station],
    links: [],
    operations: [{ component: 0, name: 'o', write: false, requestBytes: 0, responseBytes: 0, priority: 1 }],
    duration: 1e9,
    seriesPoints: 1,
    requestLog: 0,
    maxInFlight: 1000,
  };
  const core = createCore(plan, 64 + changes.length + jobs.length, 16);
  const { records, times, list, nodes } = core;
  const stations = createStations(core, false);
  const frames: number[] = [];
  const ends = jobs.map(() => Number.NaN);
  const arrivals = jobs.map((job, index) =>
    core.controls.add(() => {
      const frame = core.allocate();
      frames[index] = frame;
      records[frame + C_NODE] = 0;
      records[frame + C_STATE] = STATE_AT_NODE;
      records[frame + C_OPERATION] = 0;
      times[(frame >> 1) + T_ARRIVED] = list.clock[0] as number;
      times[(frame >> 1) + T_WORK] = job.work;
      times[(frame >> 1) + T_PRIORITY] = job.priority ?? 1;
      stations.admit(0, frame);
    }),
  );
  const happenings = changes.map((change) =>
    core.controls.add(() => {
      if (change.elastic === true) stations.makeElastic(0);
      if (change.speed !== undefined) stations.setSpeed(0, change.speed);
      if (change.servers !== undefined) {
        stations.setServers(0, change.servers);
        stations.refill(0);
      }
      if (change.machine !== undefined) stations.setMachine(0, change.machine.servers, change.machine.speed);
      if (change.withdraw !== undefined) {
        const frame = frames[change.withdraw] as number;
        stations.withdraw(0, frame);
        core.release(frame);
      }
    }),
  );
  core.reset(1, 1);
  stations.reset();
  for (const [index, { at }] of jobs.entries()) core.controls.at(arrivals[index] as number, at);
  for (const [index, { at }] of changes.entries()) core.controls.at(happenings[index] as number, at);
  while (list.count() > 0) {
    const id = list.take();
    const word = records[id + R_WORD] as number;
    if ((word & OP_MASK) === OP_CONTROL) {
      core.controls.run(word >> OP_BITS);
      continue;
    }
    const frame = (word & OP_MASK) === OP_SHARED ? stations.depart(0) : id;
    if ((word & OP_MASK) !== OP_SHARED) stations.vacate(0, frame);
    ends[frames.indexOf(frame)] = list.clock[0] as number;
    core.release(frame);
    frames[frames.indexOf(frame)] = -1;
  }
  return { ends, busy: nodes[N_BUSY] as number, queued: nodes[N_QUEUED] as number };
}

/** Two servers, three jobs of 100: 0..100, 10..110, and 100..200 after a wait. */
const THREE: readonly Job[] = [
  { at: 0, work: 100 },
  { at: 10, work: 100 },
  { at: 20, work: 100 },
];

describe('[S9] a plain station whose speed changes', () => {
  test('undisturbed, and made elastic without a change, it finishes at the same instants', () => {
    expect(run({ servers: 2 }, THREE).ends).toEqual([100, 110, 200]);
    expect(run({ servers: 2 }, THREE, [{ at: 50, elastic: true }]).ends).toEqual([100, 110, 200]);
  });

  test('at half speed from 50 on, what remains takes twice as long', () => {
    // 50 left: 150; 60 left: 170; the third 150..350.
    expect(run({ servers: 2 }, THREE, [{ at: 50, speed: 0.5 }]).ends).toEqual([150, 170, 350]);
  });

  test('a pause from 50 to 90 delays everything in progress by 40', () => {
    expect(
      run({ servers: 2 }, THREE, [
        { at: 50, speed: 0 },
        { at: 90, speed: 1 },
      ]).ends,
    ).toEqual([140, 150, 240]);
  });

  test('slow for a while: exactly what was missed is made up', () => {
    // 50..70 at 1/4: 15 missed.
    expect(
      run({ servers: 2 }, THREE, [
        { at: 50, speed: 0.25 },
        { at: 70, speed: 1 },
      ]).ends,
    ).toEqual([115, 125, 215]);
  });

  test('another machine: one core of twice the speed shared by what was in service', () => {
    // At 50: 50 and 60 left, each at speed 2 * 1/2 = 1: 100; then 10 left at 2, until 105. The third begins at 105: 155.
    expect(run({ servers: 2 }, THREE, [{ at: 50, machine: { servers: 1, speed: 2 } }]).ends).toEqual([100, 105, 155]);
  });

  test('a machine is compared with the one that the demands are stated for', () => {
    expect(run({ machineSpeed: 2 }, [{ at: 0, work: 100 }], [{ at: 50, machine: { servers: 1, speed: 1 } }]).ends).toEqual([150]);
  });

  test('a third server takes the one that waits at once', () => {
    expect(run({ servers: 2 }, THREE, [{ at: 50, machine: { servers: 3, speed: 1 } }]).ends).toEqual([100, 110, 150]);
  });

  test('no servers for a while: nothing progresses, and nothing is lost', () => {
    const { ends, busy, queued } = run({ servers: 2 }, THREE, [
      { at: 50, elastic: true, servers: 0 },
      { at: 80, servers: 2 },
    ]);
    expect(ends).toEqual([130, 140, 230]);
    expect([busy, queued]).toEqual([0, 0]);
  });

  test('a plain station without servers finishes what it has and begins nothing', () => {
    expect(
      run({ servers: 2 }, THREE, [
        { at: 50, servers: 0 },
        { at: 300, servers: 2 },
      ]).ends,
    ).toEqual([100, 110, 400]);
  });
});

describe.each(['lifo-preemptive', 'priority-preemptive', 'shortest-remaining'] as const)('[S10] a %s station whose speed changes', (discipline) => {
  /** The second interrupts the first under each of them: it is newer, more urgent and shorter. */
  const two: readonly Job[] = [
    { at: 0, work: 100, priority: 5 },
    { at: 20, work: 40, priority: 0 },
  ];
  test('at half speed from 40 on, both take twice as long for what remains', () => {
    expect(run({ discipline }, two).ends).toEqual([140, 60]);
    expect(run({ discipline }, two, [{ at: 40, speed: 0.5 }]).ends).toEqual([240, 80]);
  });

  test('a pause delays both by its length, also where somebody comes and interrupts meanwhile', () => {
    const pause = [
      { at: 10, speed: 0 },
      { at: 30, speed: 1 },
    ];
    // The second comes at 20 into the pause: served 30..70; the first has 90 left: 160.
    expect(run({ discipline }, two, pause).ends).toEqual([160, 70]);
  });

  test('servers that come back take what waits', () => {
    expect(
      run({ discipline }, two, [
        { at: 5, servers: 0, speed: 0 },
        { at: 50, servers: 1, speed: 1 },
      ]).busy,
    ).toBe(0);
    expect(run({ discipline, servers: 1 }, two, [{ at: 30, servers: 2 }]).ends).toEqual([110, 60]);
  });
});

describe('taking a request out', () => {
  test.each([
    [{ servers: 1 }, [Number.NaN, 110, 210]],
    [{ servers: 1, elastic: { threads: null, speed: 1, contention: 0, coherency: 0 } }, [Number.NaN, 110, 210]],
    [{ servers: 1, discipline: 'shortest-remaining' }, [Number.NaN, 110, 210]],
    // At 10 the second has had 1 + 2, the third 2: 97 and 98 left, shared to 204; the last one alone for 1.
    [{ servers: 1, discipline: 'processor-sharing' }, [Number.NaN, 204, 205]],
  ] as const)('from service under %o frees its place at that instant', (spec, expected) => {
    const jobs = [
      { at: 0, work: 100 },
      { at: 2, work: 100 },
      { at: 4, work: 100 },
    ];
    const { ends, busy, queued } = run(spec, jobs, [{ at: 10, withdraw: 0 }]);
    for (const [index, end] of expected.entries()) if (!Number.isNaN(end)) expect(Math.abs((ends[index] as number) - end)).toBeLessThanOrEqual(1);
    expect(ends[0]).toBeNaN();
    expect([busy, queued]).toEqual([0, 0]);
  });

  test.each(['fifo', 'lifo', 'priority', 'shortest-job', 'shortest-remaining'] as const)(
    'from any place of a %s line leaves the order of the others',
    (discipline) => {
      const jobs = Array.from({ length: 12 }, (_, index) => ({ at: index, work: 1000 + ((index * 5) % 12), priority: index % 3 }));
      for (let out = 1; out < jobs.length; out++) {
        const rest = jobs.filter((_, index) => index !== out);
        const without = run({ discipline }, rest).ends;
        const { ends } = run({ discipline }, jobs, [{ at: 20, withdraw: out }]);
        expect(ends.filter((_, index) => index !== out)).toEqual(without);
      }
    },
  );
});
