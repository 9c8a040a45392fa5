import { describe, expect, it } from 'vitest';
import { simulate } from '../../src-shared/run/simulate';
import { DESIGN_ID, draft } from '../../src-shared/validation/draft';
import { formatInterval, resultText } from './print-result';
import { progressLine } from './progress';
import { textTable } from './table';

describe('formatInterval', () => {
  it('writes mean and half-width in one unit', () => {
    expect(formatInterval('latencyMeanMs', 1.5, 0.0213)).toBe('1.5 ± 0.021 ms');
    expect(formatInterval('latencyMeanMs', 1500, 130)).toBe('1.5 ± 0.13 s');
    expect(formatInterval('throughput', 12_500, 40)).toBe('12.5 ± 0.04k req/s');
    expect(formatInterval('utilisation', 0.751, 0.0022)).toBe('75.1 ± 0.22 %');
    expect(formatInterval('networkMeanMs', 0.25, 0)).toBe('250 µs');
    expect(formatInterval('failureShare', 0, 0)).toBe('0 %');
    expect(formatInterval('failureShare', 0, 0.01)).toBe('0 % ± 1 %');
  });
});

describe('resultText', () => {
  const text = (fails: boolean): string => {
    const parts = draft('Text');
    parts.client('clients', { ratePerS: 1 });
    parts.service('web', {});
    parts.database('store', {});
    parts.link('clients', 'web');
    parts.link('web', 'store');
    if (fails)
      parts.fault(
        'store',
        { type: 'crash', silent: false, restartMs: 0 },
        { type: 'random', between: { type: 'exponential', meanMs: 99_000 }, lasts: { type: 'exponential', meanMs: 1000 } },
      );
    const result = simulate(parts.build({ durationMs: 5000, warmUpMs: 0 }), DESIGN_ID);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return resultText(result.value);
  };
  it('says what availability failures by chance let expect, and nothing where there are none', () => {
    // 1 % of 365 days.
    expect(text(true)).toContain(
      'Availability to be expected from failures and repairs by chance\n  end to end: 99 %, 3.65 days of downtime a year\n  store: 99 %\n',
    );
    expect(text(false)).not.toContain('Availability');
  });
});

describe('resultText of copies', () => {
  const text = (copies: number): string => {
    const parts = draft('Copies');
    const operation = (type: 'read' | 'write') => ({ name: type, weight: 1, type, requestBytes: 1, responseBytes: 1, priority: 1, items: 1, itemSkew: 0 });
    parts.client('clients', { ratePerS: 20, operations: [operation('read'), operation('write')] });
    parts.database('store', { copies, readFrom: 'followers', copyDelay: { type: 'constant', valueMs: 500 } });
    parts.link('clients', 'store');
    const about = { scope: { type: 'component', component: 'store' } } as const;
    const project = {
      ...parts.build({ durationMs: 20_000, warmUpMs: 0, replications: 2 }),
      objectives: [
        { id: 'fresh', name: 'Fresh', ...about, demand: { type: 'stale-share', atMost: 1 } } as const,
        { id: 'kept', name: 'Kept', ...about, demand: { type: 'lost-writes', atMost: 0 } } as const,
      ],
    };
    const result = simulate(project, DESIGN_ID);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    return resultText(result.value);
  };

  it('tells what reads showed and what was lost, by the names and units of the window', () => {
    const told = text(2);
    const [, heading = '', , , store = ''] = told.slice(told.indexOf('Copies of data')).split('\n');
    expect(heading).toMatch(/^ {2}of +Stale reads +Staleness, p50 +Staleness, p99 .*Replication lag, p99 +Writes lost/);
    expect(store).toMatch(/^ {2}store +\d.* %/);
    expect(told).toMatch(/pass +Fresh +store +Stale reads +≤ 100 %/);
    // Nothing was lost in any replication: that is at the bound, and beyond doubt.
    expect(told).toMatch(/pass +Kept +store +Writes lost +≤ 0 +0\n/);
    expect(told).not.toMatch(/staleShare|lostWrites/);
  });

  it('says nothing of it where there are none', () => {
    expect(text(1)).not.toContain('Copies of data');
  });
});

describe('progressLine', () => {
  it('estimates the rest by the pace so far', () => {
    expect(progressLine('Simulating', 0.25, 3000)).toBe('Simulating: 25 %, 9 s left');
    expect(progressLine('Simulating', 0, 3000)).toBe('Simulating: 0 %');
    expect(progressLine('Simulating', 1, 3000)).toBe('Simulating: 100 %, 0 ms left');
  });
});

describe('textTable', () => {
  it('lines numbers up on the right and leaves empty columns out', () => {
    expect(
      textTable(
        [{ title: 'name' }, { title: 'n', numeric: true }, { title: 'gone' }],
        [
          ['é', '1', ''],
          ['longer', '1000', ''],
        ],
      ),
    ).toEqual(['name       n', 'é          1', 'longer  1000']);
  });
});
