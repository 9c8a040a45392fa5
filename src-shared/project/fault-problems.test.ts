import { describe, expect, it } from 'vitest';
import type { Problem } from '../base/problem';
import type { Fault } from './fault';
import { designProblems, projectProblems } from './problems';
import type { Project } from './project';
import { smallProject } from './small-project';

const once = (atMs: number, lastsMs: number): Fault['timing'] => ({ type: 'once', atMs, lastsMs });
const often: Extract<Fault['timing'], { type: 'random' }> = {
  type: 'random',
  between: { type: 'exponential', meanMs: 1000 },
  lasts: { type: 'exponential', meanMs: 10 },
};
const crash: Fault['effect'] = { type: 'crash', silent: false, restartMs: 0 };
const pause: Fault['effect'] = { type: 'pause' };

type Given = Partial<Fault> & Pick<Fault, 'target'>;

function withFaults(...faults: readonly Given[]): Project {
  const base = smallProject(
    [
      ['users', 'client'],
      ['balancer', 'load-balancer'],
      ['web', 'service', { replicas: 3 }],
      ['store', 'database'],
    ],
    [
      ['users', 'balancer'],
      ['balancer', 'web'],
      ['web', 'store'],
    ],
  );
  const all = faults.map((fault, index): Fault => ({ id: `fault-${index + 1}`, name: `Fault ${index + 1}`, effect: crash, timing: once(10, 10), ...fault }));
  return { ...base, designs: base.designs.map((design) => ({ ...design, faults: all })) };
}
const found = (...faults: readonly Given[]): readonly Problem[] => designProblems(withFaults(...faults), 'design');

describe('problems of faults', () => {
  it('are none where every effect hits a target that can suffer it', () => {
    const faults: readonly Given[] = [
      { target: 'users', effect: { type: 'surge', factor: 2 } },
      { target: 'balancer', timing: often },
      { target: 'web', effect: pause, instance: 2, timing: often },
      { target: 'web', effect: { type: 'slow', factor: 2 } },
      { target: 'store', effect: { type: 'errors', share: 0.5 } },
      { target: 'web', effect: { type: 'resize', machine: 'vcpu-8', restartMs: 0 }, timing: once(10, 0) },
      { target: 'users-balancer', effect: { type: 'latency', addedMs: 5 } },
      { target: 'balancer-web', effect: { type: 'loss', share: 0.1 }, timing: often },
      { target: 'web-store', effect: { type: 'cut', direction: 'both' } },
    ];
    expect(found(...faults)).toEqual([]);
    expect(projectProblems(withFaults(...faults))).toEqual([]);
  });

  it.each<[string, Given, string, string, RegExp]>([
    ['a target that is gone', { target: 'moon' }, 'fault-target-missing', 'target', /"moon", which the design does not have/],
    [
      'latency of a component',
      { target: 'web', effect: { type: 'latency', addedMs: 5 } },
      'fault-does-not-fit',
      'effect.type',
      /added latency cannot happen to "WEB"/,
    ],
    ['a surge at a service', { target: 'web', effect: { type: 'surge', factor: 5 } }, 'fault-does-not-fit', 'effect.type', /surge cannot happen to "WEB"/],
    ['a crash of clients', { target: 'users' }, 'fault-does-not-fit', 'effect.type', /crash cannot happen to "USERS"/],
    ['a pause of a balancer', { target: 'balancer', effect: pause }, 'fault-does-not-fit', 'effect.type', /pause cannot happen/],
    ['a crash of a link', { target: 'web-store' }, 'fault-does-not-fit', 'effect.type', /crash cannot happen to a link/],
    ['a partition of a single copy', { target: 'store', effect: { type: 'partition', callers: 0.5 } }, 'fault-without-copies', 'effect.type', /one copy/],
    [
      'a partition of a service, which has no copies of data',
      { target: 'web', effect: { type: 'partition', callers: 0.5 } },
      'fault-does-not-fit',
      'effect.type',
      /cannot happen to "WEB"/,
    ],
    ['an instance that is not there', { target: 'web', instance: 3 }, 'fault-no-such-instance', 'instance', /"WEB" has no instance 4: it has 3/],
    [
      'an instance of a link',
      { target: 'web-store', instance: 0, effect: { type: 'latency', addedMs: 5 } },
      'fault-no-such-instance',
      'instance',
      /no instances/,
    ],
    [
      'a machine that is not there',
      { target: 'web', effect: { type: 'resize', machine: 'huge', restartMs: 0 } },
      'no-such-machine',
      'effect.machine',
      /none with the id "huge"/,
    ],
    [
      'a resize by chance',
      { target: 'web', effect: { type: 'resize', machine: 'vcpu-8', restartMs: 0 }, timing: often },
      'fault-does-not-fit',
      'timing.type',
      /by chance/,
    ],
    [
      'failures without an end',
      { target: 'web', timing: { ...often, between: { type: 'constant', valueMs: 0 } } },
      'fault-without-pause',
      'timing.between',
      /No time lies/,
    ],
    ['the work of a request', { target: 'web', timing: { ...often, lasts: { type: 'request' } } }, 'no-request-here', 'timing.lasts', /no request/],
  ])('prevent a run: %s', (_name, fault, code, path, message) => {
    const problems = found(fault);
    expect(problems).toMatchObject([{ severity: 'error', code, path, recordId: 'fault-1', designId: 'design' }]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('warn of a fault after the end of the run, and of one that changes nothing', () => {
    expect(found({ target: 'web', timing: once(60_000, 10) })).toMatchObject([{ severity: 'warning', code: 'fault-after-end', path: 'timing.atMs' }]);
    for (const fault of [
      { target: 'web', effect: pause, timing: once(10, 0) },
      { target: 'web', effect: { type: 'slow', factor: 1 } },
      { target: 'store', effect: { type: 'errors', share: 0 } },
      { target: 'users', effect: { type: 'surge', factor: 1 } },
      { target: 'web-store', effect: { type: 'latency', addedMs: 0 } },
    ] as const)
      expect(found(fault)).toMatchObject([{ severity: 'warning', code: 'fault-without-effect' }]);
  });

  it('say that two faults have one id, and leave alone what is disabled', () => {
    expect(found({ target: 'web', id: 'same' }, { target: 'store', id: 'same' })).toMatchObject([
      { severity: 'error', code: 'duplicate-id', recordId: 'same' },
    ]);
    expect(found({ target: 'moon', disabled: true })).toEqual([]);
  });
});
