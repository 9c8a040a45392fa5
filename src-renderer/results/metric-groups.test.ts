import { expect, it } from 'vitest';
import { METRIC_NAMES } from '../../src-shared/analysis/result-export';
import { groupsOfMetrics, metricGroup, ORDERED_METRICS } from './metric-groups';

it('orders every metric once, what is looked at first at the front', () => {
  expect([...ORDERED_METRICS].sort()).toEqual([...METRIC_NAMES].sort());
  expect(new Set(ORDERED_METRICS).size).toBe(METRIC_NAMES.length);
  expect(ORDERED_METRICS[0]).toBe('throughput');
  expect(metricGroup('completed')).toBe('Counts');
  expect(groupsOfMetrics(['throughput', 'latencyP95Ms', 'failureShare'])).toEqual(['Load', 'Latency']);
});
