import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile';
import type { Distribution } from '../kinds/distribution';
import type { Fault } from '../project/fault';
import type { Draft } from '../validation/draft';
import { DESIGN_ID, draft } from '../validation/draft';
import { expectedAvailability } from './expected-availability';
import { simulate } from './simulate';

const exponential = (meanMs: number): Distribution => ({ type: 'exponential', meanMs });
/** Up nine tenths of the time. */
const often: Fault['timing'] = { type: 'random', between: exponential(900), lasts: exponential(100) };
const crash: Fault['effect'] = { type: 'crash', silent: false, restartMs: 0 };

function expected(write: (parts: Draft) => void) {
  const parts = draft('Availability');
  parts.client('clients', {});
  write(parts);
  const project = parts.build({});
  const plan = compile(project, DESIGN_ID);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return expectedAvailability(plan.value, project.designs[0]?.faults ?? []);
}

describe('expected availability', () => {
  test('is one where nothing fails by chance, whatever is planned', () => {
    const result = expected((parts) => {
      parts.service('web', {});
      parts.link('clients', 'web');
      parts.fault('web', crash, { type: 'once', atMs: 0, lastsMs: 1e6 });
      parts.fault('web', { type: 'slow', factor: 2 }, often);
    });
    expect(result).toEqual({
      availability: 1,
      downtimePerYearS: 0,
      clients: [{ id: 'clients', availability: 1 }],
      components: [{ id: 'web', availability: 1 }],
    });
  });

  test('counts repair and restart, and multiplies independent failures of one instance and of a series, links included', () => {
    const result = expected((parts) => {
      parts.service('web', {});
      parts.database('store', {});
      const link = parts.link('clients', 'web');
      parts.link('web', 'store');
      parts.fault('web', { ...crash, restartMs: 50 }, { type: 'random', between: { type: 'uniform', minMs: 500, maxMs: 1000 }, lasts: exponential(200) });
      parts.fault('web', crash, often);
      parts.fault('store', crash, often);
      parts.fault(link, { type: 'cut', direction: 'requests' }, often);
    });
    // 750 / (750 + 200 + 50) = 0.75 and 0.9 at the service; 0.9 of the store; 0.9 of the link.
    expect(result.components).toEqual([
      { id: 'web', availability: expect.closeTo(0.675, 12) },
      { id: 'store', availability: expect.closeTo(0.9, 12) },
    ]);
    expect(result.availability).toBeCloseTo(0.675 * 0.9 * 0.9, 12);
    expect(result.downtimePerYearS).toBeCloseTo((1 - 0.675 * 0.81) * 31_536_000, 3);
  });

  test('of replicas is that of one that is up, and a fault of one instance is of that one only', () => {
    const both = expected((parts) => {
      parts.service('web', { replicas: 2 });
      parts.link('clients', 'web');
      parts.fault('web', crash, often);
    });
    expect(both.availability).toBeCloseTo(0.99, 12);
    const one = expected((parts) => {
      parts.service('web', { replicas: 2 });
      parts.link('clients', 'web');
      parts.fault('web', crash, often, 1);
    });
    expect(one.availability).toBe(1);
  });

  test('of alternatives is that of one that works; what they share counts once', () => {
    const result = expected((parts) => {
      parts.balancer('balancer', {});
      for (const id of ['a', 'b']) {
        parts.service(id, {});
        parts.fault(id, crash, often);
        parts.link('balancer', id);
      }
      parts.database('store', {});
      parts.fault('store', crash, often);
      parts.link('a', 'store');
      parts.link('b', 'store');
      parts.link('clients', 'balancer');
    });
    // The store, and one of the two: 0.9 * (1 - 0.1^2). Taking the two ways as independent would give 1 - 0.19^2 = 0.9639.
    expect(result.availability).toBeCloseTo(0.9 * 0.99, 12);
  });

  test('of calls by chance, and of two of three in parallel', () => {
    const design = (probability: number, waitFor: number | null) => (parts: Draft) => {
      parts.service('web', { calls: waitFor === null ? 'sequence' : 'parallel', waitFor });
      parts.link('clients', 'web');
      for (const id of ['a', 'b', 'c']) {
        parts.service(id, {});
        parts.fault(id, crash, often);
        parts.link('web', id, { probability });
      }
    };
    expect(expected(design(0.5, null)).availability).toBeCloseTo(0.95 ** 3, 12);
    expect(expected(design(1, null)).availability).toBeCloseTo(0.9 ** 3, 12);
    expect(expected(design(1, 2)).availability).toBeCloseTo(0.9 ** 3 + 3 * 0.9 ** 2 * 0.1, 12);
  });

  test('of a long chain, of calls by chance too, is that of its links one after the other', () => {
    const chain = (probability: number) => (parts: Draft) => {
      const ids = Array.from({ length: 1200 }, (_, index) => `s${index}`);
      for (const [index, id] of ids.entries()) {
        parts.service(id, {});
        parts.link(index === 0 ? 'clients' : `s${index - 1}`, id, index === 0 ? {} : { probability });
      }
      parts.fault('s0', crash, often);
      parts.fault('s1', crash, often);
    };
    expect(expected(chain(1)).availability).toBeCloseTo(0.81, 12);
    expect(expected(chain(0.5)).availability).toBeCloseTo(0.9 * 0.95, 12);
  });

  test('of parts that call each other counts each of them once', () => {
    const result = expected((parts) => {
      for (const id of ['a', 'b']) {
        parts.service(id, {});
        parts.fault(id, crash, often);
      }
      parts.link('clients', 'a');
      parts.link('a', 'b');
      parts.link('b', 'a', { mode: 'forward', probability: 0.5 });
    });
    expect(result.availability).toBeCloseTo(0.81, 12);
  });

  test('is what a long run measures, replicas that must be up included', () => {
    const parts = draft('Measured');
    parts.client('clients', { ratePerS: 1 });
    parts.service('web', { replicas: 3, required: 2 });
    parts.link('clients', 'web');
    parts.fault('web', { ...crash, restartMs: 50 }, { type: 'random', between: exponential(900), lasts: { type: 'constant', valueMs: 50 } });
    const outcome = simulate(parts.build({ durationMs: 2e7, warmUpMs: 0 }), DESIGN_ID);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    const { components, expected: calculated } = outcome.value;
    expect(calculated.availability).toBeCloseTo(0.9 ** 3 + 3 * 0.9 ** 2 * 0.1, 12);
    // 20,000 cycles: the standard error of the unavailability of 0.028 is below 0.0005.
    expect(Math.abs((components.find(({ id }) => id === 'web')?.metrics.availability ?? 0) - calculated.availability)).toBeLessThan(0.002);
    expect(components.find(({ id }) => id === 'web')?.metrics.crashes).toBeGreaterThan(55_000);
  });
});
