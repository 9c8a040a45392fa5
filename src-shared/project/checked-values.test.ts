import { describe, expect, it } from 'vitest';
import { serviceParams } from '../kinds/service/service-params';
import { checkedValues } from './checked-values';

describe('checkedValues', () => {
  it('fills in defaults and puts them in place of what is not allowed', () => {
    const { values, problems } = checkedValues(serviceParams, { replicas: 0, servers: 4, colour: 'red' }, 'Service');
    expect(values).toMatchObject({ replicas: 1, servers: 4, discipline: 'fifo' });
    expect(values).not.toHaveProperty('colour');
    expect(problems.map((problem) => problem.path)).toEqual(['replicas', 'colour']);
  });

  it('does not check the same object twice, and notices another value in it', () => {
    const stored: Record<string, unknown> = { replicas: 2 };
    const first = checkedValues(serviceParams, stored, 'Service');
    expect(checkedValues(serviceParams, stored, 'Service')).toBe(first);
    stored.replicas = 3;
    expect(checkedValues(serviceParams, stored, 'Service').values.replicas).toBe(3);
    stored.servers = 2;
    expect(checkedValues(serviceParams, stored, 'Service').values.servers).toBe(2);
    delete stored.replicas;
    expect(checkedValues(serviceParams, stored, 'Service').values.replicas).toBe(1);
    expect(checkedValues(serviceParams, { ...stored }, 'Service')).toEqual(checkedValues(serviceParams, stored, 'Service'));
  });
});
