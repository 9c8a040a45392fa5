import { expect, it } from 'vitest';
import { DEFAULT_MACHINES } from '../../src-shared/kinds/machine';
import { describeMachine, formatPrice, monthlyPrice } from './machine-words';

const machine = { ...DEFAULT_MACHINES[2]! };

it('says in one line what a machine can do and costs', () => {
  expect(describeMachine(machine)).toBe('4 vCPU, 16 GB, 0.20 USD/h');
  expect(describeMachine({ ...machine, speed: 1.5, pricePerHour: 0 })).toBe('4 vCPU, 1.5× speed, 16 GB, no price');
  expect(monthlyPrice(machine)).toBe('146 USD a month');
  expect([formatPrice(0), formatPrice(4.8), formatPrice(0.0125)]).toEqual(['free', '4.80 USD', '0.0125 USD']);
});
