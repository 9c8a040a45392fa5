import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProject, serializeProject } from '../../src-shared/project/parse';
import { projectProblems } from '../../src-shared/project/problems';
import type { Project } from '../../src-shared/project/project';
import { simulate } from '../../src-shared/run/simulate';

const folder = resolve(import.meta.dirname, '../../examples');
const names = readdirSync(folder).filter((name) => name.endsWith('.topolab'));
/** Size of a part on the canvas, with room around it. */
const CARD = { width: 240, height: 150 };

function open(name: string): Project {
  const parsed = parseProject(readFileSync(join(folder, name), 'utf8'));
  if (!parsed.ok) throw new Error(`${parsed.error.place}: ${parsed.error.problem}`);
  return parsed.value;
}

describe('examples', () => {
  it('are those that the gallery promises', () => {
    expect(names).toEqual([
      'big-against-small.topolab',
      'closed-classroom.topolab',
      'overload.topolab',
      'single-server.topolab',
      'three-tier.topolab',
      'web-tier.topolab',
    ]);
  });

  it.each(names)('%s is written as the program writes it, has no problems, and says what to look at', (name) => {
    const project = open(name);
    expect(serializeProject(project)).toBe(readFileSync(join(folder, name), 'utf8'));
    expect(projectProblems(project)).toEqual([]);
    expect(project.description.length).toBeGreaterThan(150);
  });

  it.each(names)('%s has room between its parts, from left to right', (name) => {
    const project = open(name);
    for (const design of project.designs) {
      const positions = project.view.designs[design.id]?.positions ?? {};
      const at = (id: string): { x: number; y: number } => {
        const position = positions[id];
        if (position === undefined) throw new Error(`${id} has no position`);
        return position;
      };
      const ids = design.components.map((component) => component.id);
      for (const id of ids) expect([at(id).x % 16, at(id).y % 16]).toEqual([0, 0]);
      for (const [index, id] of ids.entries())
        for (const other of ids.slice(index + 1))
          expect(Math.abs(at(id).x - at(other).x) >= CARD.width || Math.abs(at(id).y - at(other).y) >= CARD.height).toBe(true);
      for (const link of design.links) expect(at(link.to).x).toBeGreaterThan(at(link.from).x);
      for (const note of design.notes) {
        const { x, y, width = 0, height = 0 } = positions[note.id] ?? { x: 0, y: 0 };
        expect(width).toBeGreaterThan(0);
        for (const id of ids) expect(x + width <= at(id).x || at(id).x + CARD.width <= x || y + height <= at(id).y || at(id).y + CARD.height <= y).toBe(true);
      }
    }
  });

  it.each(names)('%s runs, and its balances hold', (name) => {
    const project = open(name);
    for (const design of project.designs) {
      const result = simulate({ ...project, settings: { ...project.settings, durationMs: 5000, warmUpMs: 1000, replications: 1 } }, design.id);
      if (!result.ok) throw new Error(result.error[0]?.message);
      expect(result.value.checks).toMatchObject({ conservation: { holds: true, violations: [] }, little: { holds: true } });
      expect(result.value.endToEnd.metrics.completed).toBeGreaterThan(0);
    }
  });

  it('keep their promises: the numbers that descriptions name', () => {
    const run = (name: string, designId: string, durationMs: number) => {
      const project = open(name);
      const result = simulate({ ...project, settings: { ...project.settings, durationMs, replications: 1 } }, designId);
      if (!result.ok) throw new Error(result.error[0]?.message);
      return result.value;
    };
    const single = run('single-server.topolab', 'single-server', 2_000_000);
    expect(single.endToEnd.metrics.latencyMeanMs).toBeGreaterThan(46);
    expect(single.endToEnd.metrics.latencyMeanMs).toBeLessThan(54);
    const big = run('big-against-small.topolab', 'big', 300_000).endToEnd.metrics.latencyMeanMs ?? 0;
    const small = run('big-against-small.topolab', 'small', 300_000).endToEnd.metrics.latencyMeanMs ?? 0;
    expect(big).toBeGreaterThan(9);
    expect(big).toBeLessThan(12);
    expect(small / big).toBeGreaterThan(3);
    const overload = run('overload.topolab', 'overload', 60_000);
    expect(overload.endToEnd.failures['queue-full']).toBeGreaterThan(1000);
    expect(overload.endToEnd.failures.timeout).toBeUndefined();
    expect(overload.endToEnd.metrics.latencyP99Ms).toBeLessThan(350);
    const classroom = run('closed-classroom.topolab', 'classroom', 2_000_000).endToEnd.metrics;
    expect(30 / (classroom.throughput ?? 1) - 5).toBeCloseTo((classroom.latencyMeanMs ?? 0) / 1000, 1);
  });
});
