import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem';
import { kindVersionsOf } from './migrations';
import { designProblems, projectProblems } from './problems';
import type { Project } from './project';
import { DEFAULT_SETTINGS } from './project';

type Params = Record<string, unknown>;
type PartSpec = readonly [id: string, kind: string, params?: Params];
type LinkSpec = readonly [from: string, to: string, params?: Params];

/** A project of one design in few words; clients share one workload. */
function project(parts: readonly PartSpec[], links: readonly LinkSpec[], workload: Params = {}): Project {
  const built: Project = {
    format: 'topolab',
    formatVersion: 1,
    kindVersions: {},
    name: 'Test',
    description: '',
    settings: DEFAULT_SETTINGS,
    workloads: [{ id: 'load', name: 'Load', params: { ratePerS: 10, ...workload } }],
    designs: [
      {
        id: 'design',
        name: 'Design',
        components: parts.map(([id, kind, params = {}]) => ({ id, kind, name: id.toUpperCase(), params, ...(kind === 'client' ? { workload: 'load' } : {}) })),
        links: links.map(([from, to, params = {}]) => ({ id: `${from}-${to}`, from, to, params })),
        notes: [],
      },
    ],
    view: { designs: {} },
  };
  return { ...built, kindVersions: kindVersionsOf(built) };
}

const sound = (): Project =>
  project(
    [
      ['users', 'client'],
      ['web', 'service'],
      ['store', 'database'],
    ],
    [
      ['users', 'web'],
      ['web', 'store'],
    ],
  );

function only(of: Project, code: string): Problem {
  const found = designProblems(of, 'design').filter((problem) => problem.code === code);
  expect(designProblems(of, 'design').map((problem) => problem.code)).toContain(code);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const codes = (of: Project): string[] => designProblems(of, 'design').map((problem) => problem.code);

describe('problems', () => {
  it('are none in a sound design with nothing but defaults', () => {
    expect(designProblems(sound(), 'design')).toEqual([]);
    expect(projectProblems(sound())).toEqual([]);
  });

  it('say that a design does not exist', () => {
    expect(designProblems(sound(), 'other')).toMatchObject([{ code: 'no-such-design', severity: 'error' }]);
  });

  it('name the allowed range with its unit', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service', { replicas: 0 }],
      ],
      [['users', 'web', { timeoutMs: -5, loss: 1.5 }]],
    );
    expect(designProblems(of, 'design')).toEqual([
      {
        severity: 'error',
        code: 'value-not-allowed',
        designId: 'design',
        recordId: 'web',
        path: 'params.replicas',
        message: 'Replicas: 0 replicas is not allowed.',
        remedy: 'It must be a whole number from 1 to 10000 replicas.',
      },
      {
        severity: 'error',
        code: 'value-not-allowed',
        designId: 'design',
        recordId: 'users-web',
        path: 'params.timeoutMs',
        message: 'Timeout: -5 ms is not allowed.',
        remedy: 'It must be a number from 1 ns to 100 days, or null (no timeout).',
      },
      {
        severity: 'error',
        code: 'value-not-allowed',
        designId: 'design',
        recordId: 'users-web',
        path: 'params.loss',
        message: 'Loss: 150 % is not allowed.',
        remedy: 'It must be a number from 0 % to 100 % (stored as 0 to 1).',
      },
    ]);
  });

  it('point into distributions and rows', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service', { serviceTime: { type: 'exponential', meanMs: 0 }, perOperation: [{ operation: 'view', serviceTime: { type: 'guess' } }] }],
      ],
      [['users', 'web']],
      { operations: [{ name: 'view', weight: -1, type: 'delete', requestBytes: 1, responseBytes: 1, priority: 1 }] },
    );
    expect(designProblems(of, 'design').map(({ recordId, path }) => [recordId, path])).toEqual([
      ['users', 'params.operations[0].weight'],
      ['users', 'params.operations[0].type'],
      ['web', 'params.serviceTime.meanMs'],
      ['web', 'params.perOperation[0].serviceTime.type'],
    ]);
  });

  it('suggest what an unknown name may have meant', () => {
    expect(
      only(
        project(
          [
            ['users', 'client'],
            ['web', 'service', { replica: 3 }],
          ],
          [['users', 'web']],
        ),
        'unknown-parameter',
      ),
    ).toMatchObject({
      severity: 'warning',
      recordId: 'web',
      path: 'params.replica',
      remedy: 'Remove it from the file, or rename it if "replicas" was meant.',
    });
    expect(
      only(
        project(
          [
            ['users', 'client', { ratePerS: 3 }],
            ['web', 'service'],
          ],
          [['users', 'web']],
        ),
        'unknown-parameter',
      ).message,
    ).toContain('workload');
  });

  it('of a kind are those that it finds itself, below params', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service', { serviceTime: { type: 'uniform', minMs: 5, maxMs: 1 } }],
      ],
      [['users', 'web']],
    );
    expect(only(of, 'bounds-reversed')).toMatchObject({ recordId: 'web', path: 'params.serviceTime.minMs', designId: 'design' });
    const balancer = project(
      [
        ['users', 'client'],
        ['balancer', 'load-balancer'],
      ],
      [['users', 'balancer']],
    );
    expect(only(balancer, 'no-target')).toMatchObject({ recordId: 'balancer', severity: 'error' });
  });

  it('of a kind are not those of a default that stands in for a wrong value', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service', { calls: 'parallel', waitFor: 'two' }],
      ],
      [['users', 'web']],
    );
    expect(codes(of)).toEqual(['value-not-allowed']);
  });

  it('are there when nobody sends requests', () => {
    expect(only(project([['web', 'service']], []), 'no-client')).toMatchObject({ severity: 'error', designId: 'design' });
  });

  it('are there when a value refers to nothing', () => {
    const of = sound();
    of.designs[0]!.components[0]!.workload = 'gone';
    of.designs[0]!.links[1]!.to = 'gone';
    expect(only(of, 'missing-workload')).toMatchObject({ recordId: 'users' });
    expect(only(of, 'missing-end')).toMatchObject({ recordId: 'web-store', path: 'to' });
    of.designs[0]!.components[2]!.kind = 'cache';
    expect(only(of, 'unknown-kind')).toMatchObject({ recordId: 'store' });
    of.designs[0]!.components[1]!.id = 'users';
    expect(only(of, 'duplicate-id')).toMatchObject({ recordId: 'users' });
  });

  it('mark ends that cannot be linked', () => {
    const of = project(
      [
        ['users', 'client'],
        ['other', 'client'],
        ['web', 'service'],
        ['store', 'database'],
      ],
      [
        ['users', 'web'],
        ['web', 'store'],
        ['other', 'web'],
        ['web', 'users'],
        ['store', 'web', { probability: 0 }],
      ],
    );
    expect(only(of, 'no-input')).toMatchObject({ recordId: 'web-users', path: 'to', message: 'The link leads to "USERS", but clients take no requests.' });
    expect(only(of, 'no-output')).toMatchObject({
      recordId: 'store-web',
      path: 'from',
      message: 'The link leaves "STORE", but a database calls no other part.',
    });
  });

  it('allow forward links from services only', () => {
    expect(
      only(
        project(
          [
            ['users', 'client'],
            ['web', 'service'],
          ],
          [['users', 'web', { mode: 'forward' }]],
        ),
        'forward-only-from-service',
      ),
    ).toMatchObject({ severity: 'error', recordId: 'users-web', path: 'params.mode' });
    expect(
      designProblems(
        project(
          [
            ['users', 'client'],
            ['web', 'service'],
            ['app', 'service'],
          ],
          [
            ['users', 'web'],
            ['web', 'app', { mode: 'forward' }],
          ],
        ),
        'design',
      ),
    ).toEqual([]);
  });

  describe('about circles', () => {
    const three: PartSpec[] = [
      ['users', 'client'],
      ['a', 'service'],
      ['b', 'service'],
      ['c', 'service'],
    ];

    it('name the parts on a circle of calls, once', () => {
      const of = project(three, [
        ['users', 'a'],
        ['a', 'b'],
        ['b', 'c', { probability: 0.5 }],
        ['c', 'a'],
      ]);
      expect(only(of, 'call-cycle')).toMatchObject({ severity: 'error', recordId: 'a', message: expect.stringContaining('A → B → C → A') });
      expect(codes(of)).toEqual(['call-cycle']);
    });

    it('name two circles apart, and a part that calls itself', () => {
      const of = project(three, [
        ['users', 'a'],
        ['a', 'a'],
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ]);
      expect(designProblems(of, 'design').map((problem) => problem.message.split(': ')[1]?.split('.')[0])).toEqual(['A → A', 'B → C → B']);
    });

    it('do not mind a link that is never taken', () => {
      expect(
        codes(
          project(three, [
            ['users', 'a'],
            ['a', 'b'],
            ['b', 'c'],
            ['c', 'a', { probability: 0 }],
          ]),
        ),
      ).toEqual([]);
    });

    it('allow balancers in a row, but not in a circle', () => {
      const parts: PartSpec[] = [
        ['users', 'client'],
        ['x', 'load-balancer'],
        ['y', 'load-balancer'],
        ['web', 'service'],
      ];
      expect(
        codes(
          project(parts, [
            ['users', 'x'],
            ['x', 'y'],
            ['y', 'web'],
          ]),
        ),
      ).toEqual([]);
      expect(
        only(
          project(parts, [
            ['users', 'x'],
            ['x', 'y'],
            ['y', 'web'],
            ['y', 'x'],
          ]),
          'call-cycle',
        ).message,
      ).toContain('X → Y → X');
    });

    it('allow feedback that leaves, and refuse feedback that never does', () => {
      const back = (probability: number): Project =>
        project(three, [
          ['users', 'a'],
          ['a', 'b', { mode: 'forward' }],
          ['b', 'a', { mode: 'forward', probability }],
          ['a', 'c'],
        ]);
      expect(codes(back(0.9))).toEqual([]);
      expect(only(back(1), 'never-leaves')).toMatchObject({ severity: 'error', recordId: 'a', message: expect.stringContaining('A → B → A') });
    });

    it('see that a circle is left by way of another part, or through a balancer', () => {
      const parts: PartSpec[] = [
        ['users', 'client'],
        ['x', 'load-balancer'],
        ['a', 'service'],
        ['b', 'service'],
      ];
      expect(
        codes(
          project(parts, [
            ['users', 'x'],
            ['x', 'a'],
            ['a', 'x', { mode: 'forward', probability: 0.5 }],
            ['a', 'b', { mode: 'forward', probability: 0.5 }],
          ]),
        ),
      ).toEqual([]);
      expect(
        only(
          project(parts, [
            ['users', 'x'],
            ['x', 'a'],
            ['a', 'x', { mode: 'forward' }],
            ['users', 'b'],
          ]),
          'never-leaves',
        ).message,
      ).toContain('X → A → X');
    });

    it('see a circle of a call and a hand-over without an end', () => {
      const of = (probability: number): Project =>
        project(three, [
          ['users', 'a'],
          ['a', 'b'],
          ['b', 'a', { mode: 'forward', probability }],
          ['users', 'c'],
        ]);
      expect(codes(of(0.5))).toEqual([]);
      expect(codes(of(1))).toEqual(['never-leaves']);
    });

    it('are found in chains longer than any stack', () => {
      const parts: PartSpec[] = [['users', 'client'], ...Array.from({ length: 5000 }, (_, index): PartSpec => [`s${index}`, 'service'])];
      const links: LinkSpec[] = [['users', 's0'], ...Array.from({ length: 5000 }, (_, index): LinkSpec => [`s${index}`, `s${(index + 1) % 5000}`])];
      expect(only(project(parts, links), 'call-cycle').message).toContain('…');
    });
  });

  it('warn of parts that get no requests', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service'],
        ['lonely', 'service'],
        ['store', 'database'],
        ['never', 'database'],
      ],
      [
        ['users', 'web'],
        ['lonely', 'store'],
        ['web', 'never', { probability: 0 }],
      ],
    );
    expect(designProblems(of, 'design').map(({ code, recordId, severity }) => [code, recordId, severity])).toEqual([
      ['not-linked', 'lonely', 'warning'],
      ['unreachable', 'store', 'warning'],
      ['unreachable', 'never', 'warning'],
    ]);
  });

  it('warn of names used twice', () => {
    const of = sound();
    of.designs[0]!.components[2]!.name = 'WEB';
    expect(only(of, 'duplicate-name')).toMatchObject({ recordId: 'store', severity: 'warning' });
    expect(projectProblems({ ...sound(), designs: [sound().designs[0]!, { ...sound().designs[0]!, id: 'second' }] }).map((problem) => problem.code)).toEqual([
      'duplicate-name',
    ]);
  });

  it('warn of times for operations that nobody asks for', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service', { perOperation: [{ operation: 'veiw', serviceTime: { type: 'exponential', meanMs: 1 } }] }],
      ],
      [['users', 'web']],
    );
    expect(only(of, 'operation-not-asked')).toMatchObject({
      recordId: 'web',
      path: 'params.perOperation[0].operation',
      remedy: expect.stringContaining('"view"'),
    });
  });

  it('warn of timeouts that the latency alone exceeds', () => {
    const withTimeout = (timeoutMs: number): Project =>
      project(
        [
          ['users', 'client'],
          ['web', 'service'],
        ],
        [['users', 'web', { timeoutMs, latency: { type: 'constant', valueMs: 50 }, replyLatency: { type: 'exponential', meanMs: 30 } }]],
      );
    expect(only(withTimeout(80), 'timeout-below-latency')).toMatchObject({ severity: 'warning', recordId: 'users-web', path: 'params.timeoutMs' });
    expect(codes(withTimeout(81))).toEqual([]);
  });

  it('check the distributions of links', () => {
    const of = project(
      [
        ['users', 'client'],
        ['web', 'service'],
      ],
      [['users', 'web', { latency: { type: 'fit', p50Ms: 5, p99Ms: 1 }, replyLatency: { type: 'request' } }]],
    );
    expect(designProblems(of, 'design').map(({ code, path }) => [code, path])).toEqual([
      ['bounds-reversed', 'params.latency.p99Ms'],
      ['no-request-here', 'params.replyLatency'],
    ]);
  });

  it('refuse a warm-up that leaves nothing to measure, once for the project', () => {
    const of = { ...sound(), settings: { ...DEFAULT_SETTINGS, warmUpMs: 60_000 } };
    expect(only(of, 'warm-up-not-below-duration')).toMatchObject({ severity: 'error', path: 'settings.warmUpMs' });
    expect(projectProblems({ ...of, designs: [of.designs[0]!, { ...of.designs[0]!, id: 'b', name: 'B' }] })).toHaveLength(1);
    expect(designProblems({ ...of, settings: { ...DEFAULT_SETTINGS, warmUpMs: 'auto' } }, 'design')).toEqual([]);
  });

  describe('about overload', () => {
    const tier = (ratePerS: number, second: Params = {}, algorithm = 'round-robin'): Project =>
      project(
        [
          ['users', 'client'],
          ['x', 'load-balancer', { algorithm }],
          ['a', 'service', { replicas: 2, serviceTime: { type: 'exponential', meanMs: 10 } }],
          ['b', 'service', { serviceTime: { type: 'exponential', meanMs: 10 }, ...second }],
        ],
        [
          ['users', 'x'],
          ['x', 'a'],
          ['x', 'b'],
        ],
        { ratePerS },
      );

    it('come from means: three instances of 100 req/s each', () => {
      expect(codes(tier(299))).toEqual([]);
      expect(designProblems(tier(301), 'design').map(({ code, recordId }) => [code, recordId])).toEqual([
        ['overloaded', 'a'],
        ['overloaded', 'b'],
      ]);
      expect(designProblems(tier(301), 'design')[0]?.message).toContain('201 req/s at 10 ms on average would keep 2.01 servers busy, and "A" has 2.');
    });

    it('know which balancers look at their targets', () => {
      const slow = { serviceTime: { type: 'exponential', meanMs: 20 } };
      expect(only(tier(200, slow), 'overloaded').recordId).toBe('b');
      expect(codes(tier(200, slow, 'least-connections'))).toEqual([]);
    });

    it('follow calls, hand-overs and feedback by their probabilities', () => {
      // Every request comes to a 1 / (1 - 0.5) = 2 times, and each visit makes half a call to the database.
      const of = (ratePerS: number, connections: number): Project =>
        project(
          [
            ['users', 'client'],
            ['a', 'service', { servers: 2, serviceTime: { type: 'constant', valueMs: 10 } }],
            ['store', 'database', { connections, readTime: { type: 'constant', valueMs: 10 } }],
          ],
          [
            ['users', 'a'],
            ['a', 'store', { probability: 0.5 }],
            ['a', 'a', { mode: 'forward', probability: 0.5 }],
          ],
          { ratePerS },
        );
      expect(codes(of(99, 1))).toEqual([]);
      expect(designProblems(of(101, 1), 'design').map((problem) => problem.recordId)).toEqual(['a', 'store']);
      expect(designProblems(of(101, 2), 'design').map((problem) => problem.recordId)).toEqual(['a']);
    });

    it('weigh operations, reads and writes', () => {
      const operation = (name: string, type: string, weight: number): Params => ({ name, type, weight, requestBytes: 1, responseBytes: 1, priority: 1 });
      const of = (ratePerS: number): Project =>
        project(
          [
            ['users', 'client'],
            ['store', 'database', { connections: 1, readTime: { type: 'constant', valueMs: 5 }, writeTime: { type: 'constant', valueMs: 15 } }],
          ],
          [['users', 'store']],
          {
            ratePerS,
            operations: [operation('get', 'read', 3), operation('put', 'write', 1)],
          },
        );
      // 0.75 * 5 + 0.25 * 15 = 7.5 ms, so that 133.3 req/s are the most.
      expect(codes(of(133))).toEqual([]);
      expect(codes(of(134))).toEqual(['overloaded']);
    });

    it('are not said of users who wait, nor of a spike that passes', () => {
      const one = (workload: Params): Project =>
        project(
          [
            ['users', 'client'],
            ['a', 'service', { serviceTime: { type: 'constant', valueMs: 10 } }],
          ],
          [['users', 'a']],
          workload,
        );
      expect(codes(one({ arrivals: 'closed', users: 1000, thinkTime: { type: 'constant', valueMs: 1 } }))).toEqual([]);
      expect(codes(one({ ratePerS: 50, shape: 'spike', spikePerS: 500 }))).toEqual([]);
      expect(codes(one({ ratePerS: 50, shape: 'ramp', rampToPerS: 500 }))).toEqual(['overloaded']);
      expect(codes(one({ arrivals: 'renewal', interarrival: { type: 'constant', valueMs: 9 } }))).toEqual(['overloaded']);
    });

    it('see that only the first replica works', () => {
      const of = (spread: string): Project =>
        project(
          [
            ['users', 'client'],
            ['a', 'service', { replicas: 3, spread, serviceTime: { type: 'constant', valueMs: 10 } }],
          ],
          [['users', 'a']],
          { ratePerS: 200 },
        );
      expect(codes(of('random'))).toEqual([]);
      expect(codes(of('first'))).toEqual(['overloaded']);
    });
  });

  it('warn of work that no request carries', () => {
    const of = (workload: Params): Project =>
      project(
        [
          ['users', 'client'],
          ['a', 'service', { serviceTime: { type: 'request' } }],
        ],
        [['users', 'a']],
        workload,
      );
    expect(only(of({}), 'no-work-carried')).toMatchObject({ recordId: 'a', path: 'params.serviceTime' });
    expect(codes(of({ arrivals: 'trace', trace: [{ atMs: 0, workMs: 1, priority: 1 }] }))).toEqual([]);
  });

  it('warn of a workload that nobody sends', () => {
    const of = sound();
    of.workloads.push({ id: 'spare', name: 'Spare', params: {} });
    expect(projectProblems(of)).toMatchObject([{ code: 'workload-not-used', recordId: 'spare', severity: 'warning' }]);
    expect(designProblems(of, 'design')).toEqual([]);
  });
});
