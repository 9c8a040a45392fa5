import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProject } from './parse';
import type { Design, Project } from './project';
import { setParameter } from './set-parameter';

const parsed = parseProject(readFileSync(resolve(import.meta.dirname, '../../examples/three-tier.topolab'), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.problem);
const shop: Project = parsed.value;
const design = shop.designs[0] as Design;

/** Values of a record of the shop after an assignment. */
function valuesAfter(assignment: string, id: string): Record<string, unknown> {
  const result = setParameter(shop, design, assignment);
  if (!result.ok) throw new Error(result.error);
  const [changed] = result.value.designs;
  const record =
    changed?.components.find((component) => component.id === id && component.workload === undefined) ??
    changed?.links.find((link) => link.id === id) ??
    result.value.workloads.find((workload) => workload.id === id);
  return record?.params ?? {};
}

function refusal(assignment: string): string {
  const result = setParameter(shop, design, assignment);
  if (result.ok) throw new Error(`${assignment} was accepted`);
  return result.error;
}

describe('setParameter', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['web.replicas=5', 'web', { replicas: 5 }],
    ['Application.servers=8', 'app', { servers: 8 }],
    ['application.servers = 8', 'app', { servers: 8 }],
    ['web.queueLimit=none', 'web', { queueLimit: null }],
    ['app.queueLimit=unlimited', 'app', { queueLimit: null }],
    ['app.discipline=lifo', 'app', { discipline: 'lifo' }],
    ['shoppers.ratePerS=450', 'shoppers', { ratePerS: 450 }],
    ['shoppers.ratePerS=10k req/s', 'shoppers', { ratePerS: 10_000 }],
    ['shoppers.stopMs=1.5 min', 'shoppers', { stopMs: 90_000 }],
    ['web-app.timeoutMs=250ms', 'web-app', { timeoutMs: 250 }],
    ['web-app.timeoutMs=1.5 s', 'web-app', { timeoutMs: 1500 }],
    ['web-app.timeoutMs=no timeout', 'web-app', { timeoutMs: null }],
    ['web-app.bandwidthMbps=1 Gbit/s', 'web-app', { bandwidthMbps: 1000 }],
    ['app-database.probability=0.5', 'app-database', { probability: 0.5 }],
    ['app-database.probability=5 %', 'app-database', { probability: 0.05 }],
    ['web.serviceTime={"type":"exponential","meanMs":3}', 'web', { serviceTime: { type: 'exponential', meanMs: 3 } }],
    ['web.serviceTime.p50Ms=6ms', 'web', { serviceTime: { type: 'fit', p50Ms: 6, p99Ms: 20 } }],
    ['shoppers-balancer.latency.sigma=1', 'shoppers-balancer', { latency: { type: 'lognormal', meanMs: 20, sigma: 1 } }],
  ])('understands %s', (assignment, id, values) => {
    expect(valuesAfter(assignment, id)).toMatchObject(values);
  });

  it('reaches into lists, by number and by name', () => {
    expect((valuesAfter('shoppers.operations[2].weight=20', 'shoppers').operations as { weight: number }[])[2]?.weight).toBe(20);
    expect((valuesAfter('shoppers.operations.checkout.weight=20', 'shoppers').operations as { weight: number }[])[2]?.weight).toBe(20);
    expect(valuesAfter('app.perOperation.search.serviceTime.p50Ms=30', 'app').perOperation).toMatchObject([
      { serviceTime: { p50Ms: 30, p99Ms: 120 } },
      { operation: 'checkout' },
    ]);
  });

  it('finds names that hold points and equals signs after them', () => {
    const renamed: Design = {
      ...design,
      components: design.components.map((component) => (component.id === 'web' ? { ...component, name: 'Web v1.2' } : component)),
    };
    const result = setParameter({ ...shop, designs: [renamed] }, renamed, 'Web v1.2.replicas=7');
    expect(result.ok && result.value.designs[0]?.components.find((component) => component.id === 'web')?.params.replicas).toBe(7);
  });

  it('changes nothing but what it was told, and not the project that it was given', () => {
    const before = JSON.stringify(shop);
    const result = setParameter(shop, design, 'web.replicas=5');
    expect(JSON.stringify(shop)).toBe(before);
    expect(result.ok && JSON.stringify(result.value).replace('"replicas":5', '"replicas":3')).toBe(before);
  });

  it('lists what there is when a name is unknown', () => {
    expect(refusal('wep.replicas=3')).toMatch(/no part or link called "wep".*web \(Web\).*Links: .*web-app.*Workloads: shoppers/);
    expect(refusal('web.replica=3')).toMatch(/no parameter "replica"; was "replicas" meant\? There are: replicas, servers/);
    expect(refusal('web')).toContain('form part.parameter=value');
    expect(refusal('web=3')).toContain('needs a parameter after it: replicas');
    expect(refusal('shoppers.operations.pay.weight=1')).toContain('there are: browse, search, checkout');
    expect(refusal('shoppers.operations[0]=1')).toContain('say which value of the operation: name, weight');
    expect(refusal('web.serviceTime.meanMs=5')).toContain('there is: type, p50Ms, p99Ms');
  });

  it('says what is allowed when a value is not', () => {
    expect(refusal('web.replicas=0')).toContain('a whole number from 1 to 10000 replicas');
    expect(refusal('web.replicas=1.5')).toContain('a whole number');
    expect(refusal('web.replicas=many')).toContain('is not a number');
    expect(refusal('web-app.timeoutMs=3 parsecs')).toContain('not a unit known here');
    expect(refusal('app.discipline=best')).toContain('"fifo", "lifo"');
    expect(refusal('web.serviceTime=5ms')).toContain('a distribution as JSON');
    expect(refusal('web.serviceTime={"type":"guess"}')).toContain('not a distribution');
    expect(refusal('web.serviceTime.p50Ms=-1')).toContain('above 0');
    expect(refusal('web.replicas.more=1')).toContain('nothing called "more" inside of it');
  });
});
