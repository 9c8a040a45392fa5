import { expect, it } from 'vitest';
import { INSTANCE_STATES } from '../../src-shared/engine/layout';
import { countStates, loadOf, loadStep, stateOf, summariseStates } from './instances';

const of = (...states: (typeof INSTANCE_STATES)[number][]) => ({
  present: new Float64Array(states.length),
  states: Uint8Array.from(states, (state) => INSTANCE_STATES.indexOf(state)),
});

it('sums up the states of many instances', () => {
  const instances = of('up', 'down', 'up', 'off', 'starting', 'starting');
  expect(countStates(instances)).toEqual([
    { state: 'up', count: 2 },
    { state: 'starting', count: 2 },
    { state: 'down', count: 1 },
    { state: 'off', count: 1 },
  ]);
  expect(summariseStates(instances)).toBe('2 of 6 up, 2 starting, 1 down');
  expect(summariseStates({ present: new Float64Array(3), states: null })).toBe('3 of 3 up');
  expect(stateOf(instances, 1)).toBe('down');
});

it('tells how full an instance is', () => {
  expect([0, 0.5, 1, 2, 3, 9].map(loadStep)).toEqual(['idle', 'light', 'busy', 'busy', 'queueing', 'swamped']);
  expect(loadOf(6, 4)).toBe(1.5);
  expect(loadOf(Number.NaN, 4)).toBe(0);
});
