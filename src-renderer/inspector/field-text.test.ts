import { describe, expect, it } from 'vitest';
import { linkParams } from '../../src-shared/kinds/link/link';
import { serviceParams } from '../../src-shared/kinds/service/service-params';
import { describeValue, type QuantitySpec, quantitySpec, rangeText, readQuantity } from './field-text';

const replicas = quantitySpec(serviceParams.replicas)!;
const loss = quantitySpec(linkParams.loss)!;
const timeout = quantitySpec(linkParams.timeoutMs)!;
const read = (spec: QuantitySpec, text: string, unit = ''): number | string => {
  const result = readQuantity(spec, text, unit);
  return result.ok ? result.value : result.error;
};

describe('readQuantity', () => {
  it('takes numbers with and without units', () => {
    expect(read(replicas, '6')).toBe(6);
    expect(read(replicas, '6 replicas', 'replicas')).toBe(6);
    expect(read(loss, '2.5 %', '%')).toBe(0.025);
    expect(read(timeout, '250ms', 's')).toBe(250);
    expect(read(timeout, '1.5', 's')).toBe(1500);
  });
  it('says what is allowed', () => {
    expect(read(replicas, '0')).toBe('Allowed is 1 to 10000 replicas.');
    expect(read(replicas, '1.5')).toBe('Write a whole number of replicas.');
    expect(read(loss, '120', '%')).toBe('Allowed is 0 to 100 %.');
    expect(read(timeout, '0', 'ms')).toBe('Allowed is at least 1 ns.');
    expect(read(replicas, 'many', 'replicas')).toContain('not a number');
  });
});

describe('words for values', () => {
  it('names ranges', () => {
    expect(rangeText({ dimension: 'count', unit: 'users', min: 1, max: 1e12 })).toBe('at least 1 user');
    expect(rangeText({ dimension: 'number', unit: '', min: -1e12, max: 1e12 })).toBe('any number');
  });
  it('names defaults as the field shows them', () => {
    expect(describeValue(linkParams.timeoutMs, null)).toBe('no timeout');
    expect(describeValue(linkParams.lossDetectionMs, 1000)).toBe('1 s');
    expect(describeValue(linkParams.mode, 'call')).toBe('call');
    expect(describeValue(serviceParams.perOperation, [])).toBe('no operations');
    expect(describeValue(serviceParams.replicas, 3)).toBe('3 replicas');
  });
});
