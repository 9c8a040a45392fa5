import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem';
import { designProblems, projectProblems } from './problems';
import type { Project } from './project';
import { DEFAULT_SETTINGS } from './project';
import { type Params, smallProject } from './small-project';

const sound = (): Project =>
  smallProject(
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
    const of = smallProject(
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
    const of = smallProject(
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
        smallProject(
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
        smallProject(
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
    const of = smallProject(
      [
        ['users', 'client'],
        ['web', 'service', { serviceTime: { type: 'uniform', minMs: 5, maxMs: 1 } }],
      ],
      [['users', 'web']],
    );
    expect(only(of, 'bounds-reversed')).toMatchObject({ recordId: 'web', path: 'params.serviceTime.minMs', designId: 'design' });
    const balancer = smallProject(
      [
        ['users', 'client'],
        ['balancer', 'load-balancer'],
      ],
      [['users', 'balancer']],
    );
    expect(only(balancer, 'no-target')).toMatchObject({ recordId: 'balancer', severity: 'error' });
  });

  it('of a kind are not those of a default that stands in for a wrong value', () => {
    const of = smallProject(
      [
        ['users', 'client'],
        ['web', 'service', { calls: 'parallel', waitFor: 'two' }],
      ],
      [['users', 'web']],
    );
    expect(codes(of)).toEqual(['value-not-allowed']);
  });

  it('are there when nobody sends requests', () => {
    expect(only(smallProject([['web', 'service']], []), 'no-client')).toMatchObject({ severity: 'error', designId: 'design' });
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
    const of = smallProject(
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
        smallProject(
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
        smallProject(
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

  it('warn of parts that get no requests', () => {
    const of = smallProject(
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
    const of = smallProject(
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
      smallProject(
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
    const of = smallProject(
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

  it('warn of work that no request carries', () => {
    const of = (workload: Params): Project =>
      smallProject(
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
