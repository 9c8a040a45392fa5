import { describe, expect, it } from 'vitest';
import { readSystem } from '../../src-shared/analysis/advice/advise';
import type { BottleneckReading } from '../../src-shared/analysis/bottleneck';
import { compile } from '../../src-shared/compile/compile';
import { smallProject } from '../../src-shared/project/small-project';
import { simulate } from '../../src-shared/run/simulate';
import { markOf } from './mark-of';

/** The reading of 100 req/s over a link of so many Mbit/s, with messages of 2 kB each way, to a service that is hardly used. */
function readLink(bandwidthMbps: number): BottleneckReading {
  const base = smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { servers: 16, serviceTime: { type: 'constant', valueMs: 1 } }],
    ],
    [['users', 'web', { bandwidthMbps, requestBytes: 2000, responseBytes: 2000 }]],
    { ratePerS: 100 },
  );
  const project = { ...base, settings: { ...base.settings, durationMs: 12_000, warmUpMs: 500 } };
  const plan = compile(project, 'design');
  const result = simulate(project, 'design');
  const [design] = project.designs;
  if (!plan.ok || !result.ok || design === undefined) throw new Error(JSON.stringify(plan.ok ? result : plan.error));
  return readSystem(project, design, plan.value, result.value).bottleneck;
}

describe('the mark of the bottleneck', () => {
  it('is on the link whose bandwidth is used up, and on nothing else', () => {
    // 100 req/s of 16 kbit are 1.6 Mbit/s.
    const found = readLink(1.5);
    const id = found.resource?.recordId ?? '';
    expect(found.resource).toMatchObject({ record: 'link', type: 'transmitter' });
    expect(markOf(found, 'link', id)).toBe('bottleneck');
    expect(markOf(found, 'component', 'web')).toBeNull();
    expect(markOf(found, 'component', id)).toBeNull();
    expect(markOf(undefined, 'link', id)).toBeNull();
  });

  it('says busiest where the link is loaded, and nothing where there is room', () => {
    const loaded = readLink(2.1);
    expect(markOf(loaded, 'link', loaded.resource?.recordId ?? '')).toBe('busiest');
    const idle = readLink(50);
    expect(markOf(idle, 'link', idle.resource?.recordId ?? '')).toBeNull();
  });
});
