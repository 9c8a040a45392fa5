import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem';
import { designProblems } from './problems';
import type { Project } from './project';
import { type Params, smallProject } from './small-project';

function only(of: Project, code: string): Problem {
  const found = designProblems(of, 'design').filter((problem) => problem.code === code);
  expect(designProblems(of, 'design').map((problem) => problem.code)).toContain(code);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const codes = (of: Project): string[] => designProblems(of, 'design').map((problem) => problem.code);

describe('loadProblems', () => {
  const tier = (ratePerS: number, second: Params = {}, algorithm = 'round-robin'): Project =>
    smallProject(
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

  it('know the weights of a balancer, for each instance behind a link', () => {
    // Two instances of weight 1 and one of weight 3: of 200 req/s the one gets 120, more than its 100.
    const of = (algorithm: string): Project =>
      smallProject(
        [
          ['users', 'client'],
          ['x', 'load-balancer', { algorithm }],
          ['a', 'service', { replicas: 2, serviceTime: { type: 'exponential', meanMs: 10 } }],
          ['b', 'service', { serviceTime: { type: 'exponential', meanMs: 10 } }],
        ],
        [
          ['users', 'x'],
          ['x', 'a', { weight: 1 }],
          ['x', 'b', { weight: 3 }],
        ],
        { ratePerS: 200 },
      );
    expect(only(of('weighted-random'), 'overloaded').message).toContain('120 req/s');
    expect(codes(of('random'))).toEqual([]);
  });

  it('follow calls, hand-overs and feedback by their probabilities', () => {
    // Every request comes to a 1 / (1 - 0.5) = 2 times, and each visit makes half a call to the database.
    const of = (ratePerS: number, connections: number): Project =>
      smallProject(
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
      smallProject(
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
      smallProject(
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
      smallProject(
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
