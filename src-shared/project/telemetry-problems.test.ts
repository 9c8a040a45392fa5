import { describe, expect, it } from 'vitest';
import { designProblems } from './problems';
import { smallProject } from './small-project';

type Parts = Parameters<typeof smallProject>[0];
type Links = Parameters<typeof smallProject>[1];

const found = (parts: Parts, links: Links): (readonly [string, string | undefined, string])[] =>
  designProblems(smallProject(parts, links), 'design').map(({ code, recordId, severity }) => [code, recordId, severity]);

describe('problems of telemetry', () => {
  it('are none where parts that serve report to a collector, whatever a link to it says of calls', () => {
    expect(
      found(
        [
          ['users', 'client'],
          ['front', 'load-balancer'],
          ['web', 'service'],
          ['store', 'database'],
          ['eye', 'telemetry-collector'],
        ],
        [
          ['users', 'front'],
          ['front', 'web'],
          ['web', 'store'],
          ['front', 'eye'],
          ['web', 'eye', { timeoutMs: 0.001 }],
          ['store', 'eye'],
        ],
      ),
    ).toEqual([]);
  });

  it('name a collector that nobody reports to, and reports of those who have none', () => {
    expect(
      found(
        [
          ['users', 'client'],
          ['web', 'service'],
          ['blind', 'telemetry-collector'],
          ['eye', 'telemetry-collector', { batchSpans: 10, bufferSpans: 5 }],
        ],
        [
          ['users', 'web'],
          ['users', 'eye'],
          ['web', 'eye'],
        ],
      ),
    ).toEqual([
      ['batch-above-buffer', 'eye', 'warning'],
      ['no-telemetry', 'users-eye', 'error'],
      ['observes-nothing', 'blind', 'warning'],
    ]);
  });

  it('do not count reports as load: a collector is no part that requests reach', () => {
    expect(
      found(
        [
          ['users', 'client'],
          ['web', 'service'],
          ['idle', 'service'],
          ['eye', 'telemetry-collector', { servers: 1, spanProcessingMs: 1000 }],
        ],
        [
          ['users', 'web'],
          ['web', 'eye'],
          ['idle', 'eye'],
        ],
      ),
    ).toEqual([['not-linked', 'idle', 'warning']]);
  });
});
