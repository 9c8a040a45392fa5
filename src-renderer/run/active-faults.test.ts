// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src-shared/project/fault';
import type { RunEvent } from '../../src-shared/run/result';
import { type FaultSources, readRunFaults } from './active-faults';

const fault = (id: string, atMs: number, lastsMs: number): Fault => ({
  id,
  name: id,
  target: 'web',
  effect: { type: 'pause' },
  timing: { type: 'once', atMs, lastsMs },
});
const begins = (faultId: string, atMs: number): RunEvent => ({
  atMs,
  type: 'fault-begins',
  componentId: 'web',
  instance: null,
  linkId: null,
  faultId,
  value: null,
});
const sources = (rest: Partial<FaultSources>): FaultSources => ({
  planned: [fault('planned', 100, 50)],
  injected: [],
  journal: [],
  phase: 'running',
  replication: 0,
  simulatedMs: 0,
  found: undefined,
  ...rest,
});
const names = (rest: Partial<FaultSources>): string[] => readRunFaults(sources(rest)).active.map(({ id }) => id);

describe('faults under way', () => {
  it('are those that the journal of the first replication tells of', () => {
    expect(names({ simulatedMs: 120 })).toEqual([]);
    expect(names({ simulatedMs: 120, journal: [begins('planned', 100)] })).toEqual(['planned']);
    expect(names({ simulatedMs: 120, journal: [begins('planned', 100)], phase: 'finished' })).toEqual([]);
    expect([...readRunFaults(sources({ journal: [begins('planned', 100)] })).byTarget.keys()]).toEqual(['web']);
  });

  it('follow the clock in later replications', () => {
    const journal = [begins('planned', 100)];
    expect(names({ replication: 1, simulatedMs: 50, journal })).toEqual([]);
    expect(names({ replication: 1, simulatedMs: 120, journal })).toEqual(['planned']);
    const injected = [fault('open', 30, 0), fault('cleared', 10, 20)];
    expect(names({ replication: 1, simulatedMs: 40, injected })).toEqual(['open']);
    expect(names({ replication: 2, simulatedMs: 20, injected })).toEqual(['cleared']);
    expect(readRunFaults(sources({ replication: 1, simulatedMs: 40, injected })).windows).toEqual([
      { faultId: 'open', instance: null, fromMs: 30, toMs: null },
      { faultId: 'cleared', instance: null, fromMs: 10, toMs: 30 },
    ]);
  });

  it('have the windows of the result once the run is over', () => {
    const found = [{ id: 'planned', name: 'planned', target: 'web', instance: 1, live: false, windows: [{ beginMs: 100, endMs: 150 }] }];
    expect(readRunFaults(sources({ phase: 'finished', found })).windows).toEqual([{ faultId: 'planned', instance: 1, fromMs: 100, toMs: 150 }]);
  });
});
