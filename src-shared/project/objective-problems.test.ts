import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Objective, objectiveSchema } from './objective';
import { parseProject, serializeProject } from './parse';
import { designProblems, projectProblems } from './problems';
import type { Project } from './project';
import { smallProject } from './small-project';

const base = smallProject(
  [
    ['users', 'client'],
    ['web', 'service'],
  ],
  [['users', 'web']],
);
const good: Objective = { id: 'fast', name: 'Fast', scope: { type: 'end-to-end' }, demand: { type: 'latency', percentile: 99, atMostMs: 100 } };

function withObjective(change: Partial<Objective>, settings: Partial<Project['settings']> = {}): Project {
  return { ...base, settings: { ...base.settings, ...settings }, objectives: [{ ...good, ...change }] };
}

const codes = (project: Project): (readonly [string, string | undefined, string | undefined])[] =>
  projectProblems(project).map(({ code, recordId, path }) => [code, recordId, path] as const);

describe('objectiveProblems', () => {
  it('says nothing of objectives that can be judged', () => {
    expect(codes(withObjective({}))).toEqual([]);
    expect(codes(withObjective({ design: 'design', windowMs: 5000, windowShare: 0.99 }))).toEqual([]);
    expect(codes(withObjective({ scope: { type: 'component', component: 'web' }, demand: { type: 'error-share', atMost: 0.01 }, windowMs: 5000 }))).toEqual([]);
    expect(codes(withObjective({ scope: { type: 'operation', component: 'users', operation: 'view' } }))).toEqual([]);
  });

  it.each<[string, string, Partial<Objective>]>([
    ['objective-without-design', 'design', { design: 'gone' }],
    ['objective-without-part', 'scope.component', { scope: { type: 'component', component: 'gone' } }],
    ['objective-without-part', 'scope.component', { scope: { type: 'operation', component: 'gone', operation: 'view' } }],
    ['objective-without-operation', 'scope.operation', { scope: { type: 'operation', component: 'users', operation: 'gone' } }],
    ['objective-without-operation', 'scope.operation', { scope: { type: 'operation', component: 'web', operation: 'view' } }],
    [
      'objective-not-measurable',
      'demand',
      { scope: { type: 'operation', component: 'users', operation: 'view' }, demand: { type: 'cost-per-hour', atMost: 1 } },
    ],
    ['objective-without-fault', 'demand', { demand: { type: 'recovery-time', atMostMs: 5000, errorShare: 0.01 } }],
    ['objective-share-without-windows', 'windowShare', { windowShare: 0.9 }],
    ['objective-windows-not-judged', 'windowMs', { scope: { type: 'component', component: 'web' }, windowMs: 5000 }],
    ['objective-windows-not-judged', 'windowMs', { demand: { type: 'cost-per-hour', atMost: 1 }, windowMs: 5000 }],
    ['objective-window-too-long', 'windowMs', { windowMs: 56_000 }],
    ['objective-window-too-short', 'windowMs', { windowMs: 100 }],
  ])('finds %s at %s', (code, path, change) => {
    const project = withObjective(change);
    expect(codes(project)).toEqual([[code, 'fast', path]]);
    expect(designProblems(project, 'design').map((problem) => problem.code)).toEqual(objectiveIsElsewhere(change) ? [] : [code]);
    expect(projectProblems(project)[0]?.severity).toBe('warning');
  });

  it('lets a time to recover be judged where the timeline has a fault, but not of an operation or by a share of windows', () => {
    const [design] = base.designs as [Project['designs'][number]];
    const faults = [
      {
        id: 'f',
        name: 'F',
        target: 'web',
        effect: { type: 'crash' as const, silent: false, restartMs: 0 },
        timing: { type: 'once' as const, atMs: 1000, lastsMs: 1000 },
      },
    ];
    const of = (change: Partial<Objective>): string[] =>
      codes({ ...withObjective({ demand: { type: 'recovery-time', atMostMs: 5000, errorShare: 0.01 }, ...change }), designs: [{ ...design, faults }] }).map(
        ([code]) => code,
      );
    expect(of({})).toEqual([]);
    expect(of({ windowMs: 2000 })).toEqual([]);
    expect(of({ scope: { type: 'operation', component: 'users', operation: 'view' } })).toEqual(['objective-not-measurable']);
    expect(of({ windowMs: 2000, windowShare: 0.9 })).toEqual(['objective-share-of-recovery']);
  });

  it('is content where one of several designs has what an objective is about', () => {
    const other = { ...base.designs[0], id: 'other', name: 'Other' } as Project['designs'][number];
    const project = withObjective({ scope: { type: 'component', component: 'web' } });
    const renamed = { ...project, designs: [...project.designs, { ...other, components: other.components.filter(({ id }) => id === 'users'), links: [] }] };
    expect(codes(renamed).map(([code]) => code)).not.toContain('objective-without-part');
  });
});

const objectiveIsElsewhere = (change: Partial<Objective>): boolean => change.design !== undefined;

describe('objectives and sweeps in a file', () => {
  it('are written as the README shows', () => {
    const block = /```json\n("objectives": [\s\S]*?)\n```/.exec(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'))?.[1];
    const { objectives } = JSON.parse(`{${block}}`) as { readonly objectives: readonly unknown[] };
    expect(objectives).toHaveLength(3);
    for (const objective of objectives) expect(objectiveSchema.safeParse(objective).success).toBe(true);
  });

  it('come back as they were, with the type of a choice first', () => {
    const project: Project = {
      ...withObjective({ windowMs: 5000 }),
      view: { designs: { design: { positions: {} } } },
      sweeps: [
        { id: 's', name: 'S', design: 'design', axes: [{ parameter: 'web.replicas', values: { scale: 'log', steps: 3, to: 4, from: 1, type: 'range' } }] },
      ],
    };
    const text = serializeProject(project);
    const parsed = parseProject(text);
    expect(parsed.ok && parsed.value.objectives).toEqual(project.objectives);
    expect(parsed.ok && parsed.value.sweeps).toEqual(project.sweeps);
    expect(text).toContain('{ "type": "range", "from": 1, "to": 4, "steps": 3, "scale": "log" }');
  });

  it('are refused by name where an id is used twice or a value is not allowed', () => {
    const place = (project: Project): string => {
      const parsed = parseProject(serializeProject(project));
      return parsed.ok ? '' : parsed.error.place;
    };
    expect(place({ ...base, objectives: [good, good] })).toBe('objectives[1].id (objective "Fast")');
    expect(place(withObjective({ demand: { type: 'availability', atLeast: 1.5 } }))).toBe('objectives[0].demand.atLeast (objective "Fast")');
  });

  it('are empty in a file of version 1, which had none', () => {
    const { objectives: _objectives, sweeps: _sweeps, machines: _machines, ...first } = JSON.parse(serializeProject(base)) as Record<string, unknown>;
    const old = parseProject(JSON.stringify({ ...first, formatVersion: 1 }));
    expect(old.ok && [old.value.objectives, old.value.sweeps]).toEqual([[], []]);
  });
});
