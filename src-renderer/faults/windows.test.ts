import { expect, it } from 'vitest';
import type { RunEvent } from '../../src-shared/run/result';
import { activeFaults, faultWindows } from './windows';

const event = (type: RunEvent['type'], atMs: number, faultId: string | null, instance: number | null = null): RunEvent => ({
  atMs,
  type,
  componentId: null,
  instance,
  linkId: null,
  faultId,
  value: null,
});

it('tells when faults were under way, for each instance by itself', () => {
  const windows = faultWindows([
    event('fault-begins', 1, 'a', 0),
    event('instance-state', 1, null, 0),
    event('fault-begins', 2, 'a', 1),
    event('fault-ends', 3, 'a', 0),
    event('fault-ends', 4, 'never-begun'),
    event('fault-begins', 5, 'b'),
    event('fault-ends', 6, 'b'),
    event('fault-begins', 7, 'a', 0),
  ]);
  expect(windows).toEqual([
    { faultId: 'a', instance: 0, fromMs: 1, toMs: 3 },
    { faultId: 'a', instance: 1, fromMs: 2, toMs: null },
    { faultId: 'b', instance: null, fromMs: 5, toMs: 6 },
    { faultId: 'a', instance: 0, fromMs: 7, toMs: null },
  ]);
  expect(activeFaults(windows)).toEqual(['a']);
});
