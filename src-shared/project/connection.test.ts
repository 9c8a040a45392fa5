import { describe, expect, it } from 'vitest';
import { closesCallCycle, connectionRefusal, isForward } from './connection';
import type { Design, Project } from './project';
import { emptyProject } from './project';

function project(links: readonly (readonly [string, string, Record<string, unknown>?])[]): Project {
  const empty = emptyProject();
  const part = (id: string, kind: string): Design['components'][number] => ({ id, kind, name: id, params: {} });
  const design: Design = {
    id: 'design-1',
    name: 'Design 1',
    components: [
      part('users', 'client'),
      part('front', 'load-balancer'),
      part('web', 'service'),
      part('shop', 'service'),
      part('store', 'database'),
      part('eye', 'telemetry-collector'),
      part('odd', 'teapot'),
    ],
    links: links.map(([from, to, params], index) => ({ id: `link-${index}`, from, to, params: params ?? {} })),
    faults: [],
    notes: [],
  };
  return { ...empty, designs: [design] };
}
const refusal = (from: string, to: string, links: Parameters<typeof project>[0] = []): string | null => connectionRefusal(project(links), 'design-1', from, to);

describe('connectionRefusal', () => {
  it('allows what makes a system', () => {
    expect(refusal('users', 'front')).toBeNull();
    expect(refusal('front', 'web')).toBeNull();
    expect(refusal('web', 'shop')).toBeNull();
    expect(refusal('shop', 'store')).toBeNull();
    expect(refusal('users', 'store')).toBeNull();
  });

  it('lets parts that serve report to a collector, and clients not', () => {
    for (const id of ['front', 'web', 'store']) expect(refusal(id, 'eye')).toBeNull();
    expect(refusal('users', 'eye')).toBe('users cannot report to eye: services, databases, load balancers and jobs report telemetry.');
  });

  it('says that a part lacks the port', () => {
    expect(refusal('store', 'web')).toBe('store calls no other part: parts of the kind Database can be linked to a telemetry collector only.');
    expect(refusal('eye', 'web')).toBe('No link can start at eye: parts of the kind Telemetry collector have no output.');
    expect(refusal('web', 'users')).toBe('No link can end at users: parts of the kind Clients have no input.');
  });

  it('refuses a second link between the same two parts, in the same direction only', () => {
    expect(refusal('web', 'shop', [['web', 'shop']])).toBe('web is already linked to shop.');
    expect(refusal('shop', 'web', [['web', 'shop']])).toBeNull();
    expect(refusal('web', 'web', [['web', 'web']])).toBe('web is already linked to itself.');
  });

  it('lets only a service hand a request to itself or back', () => {
    expect(refusal('web', 'web')).toBeNull();
    expect(refusal('front', 'front')).toContain('cannot send to itself');
    expect(refusal('front', 'web', [['web', 'front']])).toContain('circle');
    expect(refusal('front', 'web', [['web', 'front', { mode: 'forward' }]])).toBeNull();
  });

  it('refuses parts that do not exist or whose kind is unknown', () => {
    expect(refusal('web', 'gone')).toBe('One of the two parts no longer exists.');
    expect(refusal('web', 'odd')).toContain('does not know');
    expect(connectionRefusal(project([]), 'design-9', 'users', 'web')).toBe('One of the two parts no longer exists.');
  });
});

describe('closesCallCycle', () => {
  const design = (links: Parameters<typeof project>[0]): Design => project(links).designs[0]!;
  it('sees a way back over calls, of any length', () => {
    expect(closesCallCycle(design([['web', 'shop']]), 'shop', 'web')).toBe(true);
    expect(
      closesCallCycle(
        design([
          ['web', 'front'],
          ['front', 'shop'],
        ]),
        'shop',
        'web',
      ),
    ).toBe(true);
    expect(closesCallCycle(design([['web', 'shop']]), 'web', 'store')).toBe(false);
    expect(closesCallCycle(design([]), 'web', 'web')).toBe(true);
  });
  it('does not count forward links, which wait for no reply', () => {
    const forwarding = design([['web', 'shop', { mode: 'forward' }]]);
    expect(closesCallCycle(forwarding, 'shop', 'web')).toBe(false);
    expect(isForward(forwarding, forwarding.links[0]!)).toBe(true);
  });
  it('ignores the mode where it means nothing', () => {
    expect(closesCallCycle(design([['front', 'web', { mode: 'forward' }]]), 'web', 'front')).toBe(true);
  });
});
