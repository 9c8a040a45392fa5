import { expect, it } from 'vitest';
import { INSTANCE_STATES } from '../../src-shared/engine/names';
import { NO_PRIMARY } from '../../src-shared/run/frame';
import { countStates, loadOf, loadStep, stateOf, summariseStates } from './instances';

const of = (...states: (typeof INSTANCE_STATES)[number][]) => ({
  present: new Float64Array(states.length),
  states: Uint8Array.from(states, (state) => INSTANCE_STATES.indexOf(state)),
  upShares: null,
  primary: null,
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
  expect(stateOf(instances, 1)).toBe('down');
});

it('tells which of several copies leads, and that none does', () => {
  const instances = of('down', 'up', 'up');
  expect(summariseStates(instances)).toBe('2 of 3 up, 1 down');
  expect(summariseStates({ ...instances, primary: 1 })).toBe('2 of 3 up, 1 down, instance 2 is the primary');
  expect(summariseStates({ ...instances, primary: NO_PRIMARY })).toBe('2 of 3 up, 1 down, no primary');
});

it('tells means once the run is over', () => {
  const instances = { present: new Float64Array(3), states: null, upShares: Float64Array.of(1, 0.25, 0), primary: null };
  expect(summariseStates(instances)).toBe('1.25 of 3 up in the mean');
  expect([0, 1, 2].map((index) => stateOf(instances, index))).toEqual(['up', 'up', 'off']);
  expect(summariseStates({ ...instances, upShares: Float64Array.of(1, 1, 1) })).toBe('3 of 3 up');
});

it('tells how full an instance is', () => {
  expect([0, 0.5, 1, 2, 3, 9].map(loadStep)).toEqual(['idle', 'light', 'busy', 'busy', 'queueing', 'swamped']);
  expect(loadOf(6, 4)).toBe(1.5);
  expect(loadOf(Number.NaN, 4)).toBe(0);
});
