import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem';
import { designProblems } from './problems';
import type { Project } from './project';
import { type LinkSpec, type PartSpec, smallProject } from './small-project';

function only(of: Project, code: string): Problem {
  const found = designProblems(of, 'design').filter((problem) => problem.code === code);
  expect(designProblems(of, 'design').map((problem) => problem.code)).toContain(code);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const codes = (of: Project): string[] => designProblems(of, 'design').map((problem) => problem.code);

describe('routeProblems', () => {
  const three: PartSpec[] = [
    ['users', 'client'],
    ['a', 'service'],
    ['b', 'service'],
    ['c', 'service'],
  ];

  it('name the parts on a circle of calls, once', () => {
    const of = smallProject(three, [
      ['users', 'a'],
      ['a', 'b'],
      ['b', 'c', { probability: 0.5 }],
      ['c', 'a'],
    ]);
    expect(only(of, 'call-cycle')).toMatchObject({ severity: 'error', recordId: 'a', message: expect.stringContaining('A → B → C → A') });
    expect(codes(of)).toEqual(['call-cycle']);
  });

  it('name two circles apart, and a part that calls itself', () => {
    const of = smallProject(three, [
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
        smallProject(three, [
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
        smallProject(parts, [
          ['users', 'x'],
          ['x', 'y'],
          ['y', 'web'],
        ]),
      ),
    ).toEqual([]);
    expect(
      only(
        smallProject(parts, [
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
      smallProject(three, [
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
        smallProject(parts, [
          ['users', 'x'],
          ['x', 'a'],
          ['a', 'x', { mode: 'forward', probability: 0.5 }],
          ['a', 'b', { mode: 'forward', probability: 0.5 }],
        ]),
      ),
    ).toEqual([]);
    expect(
      only(
        smallProject(parts, [
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
      smallProject(three, [
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
    expect(only(smallProject(parts, links), 'call-cycle').message).toContain('…');
  });
});
