import { describe, expect, it } from 'vitest';
import { serializeProject } from '../../src-shared/project/parse';
import { projectProblems } from '../../src-shared/project/problems';
import { EXAMPLES, exampleText, openExample } from './example-runs';

/** Size of a part on the canvas, with room around it. */
const CARD = { width: 240, height: 150 };

/** Warnings that say what an example is there to show, as `design: code`. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'amdahl-and-usl': ['cores: more-cores-than-help', 'cores: more-cores-than-help'],
  'metastable-failure': ['busy: retry-storm-possible'],
  'retry-storm': ['storm: retry-storm-possible'],
  'unequal-machines': ['round-robin: overloaded', 'round-robin: overloaded'],
  'vertical-against-horizontal': ['no-balancer: overloaded'],
};

describe('examples', () => {
  it('are those that the gallery promises', () => {
    expect(EXAMPLES).toEqual([
      'amdahl-and-usl',
      'autoscaler-spike',
      'big-against-small',
      'closed-classroom',
      'hedged-requests',
      'map-reduce-stragglers',
      'metastable-failure',
      'monolith-and-microservices',
      'overload',
      'replicated-database',
      'retry-storm',
      'single-server',
      'sinkhole',
      'telemetry-overhead',
      'three-tier',
      'unequal-machines',
      'vertical-against-horizontal',
      'web-tier',
    ]);
  });

  it.each(EXAMPLES)('%s is written as the program writes it, has no problems but those it shows, and says what to look at', (id) => {
    const project = openExample(id);
    expect(serializeProject(project)).toBe(exampleText(id));
    const problems = projectProblems(project);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ designId, code }) => `${designId}: ${code}`)).toEqual(MEANT[id] ?? []);
    expect(project.description.length).toBeGreaterThan(150);
    expect(project.description.length).toBeLessThan(700);
  });

  it.each(EXAMPLES)('%s has room between its parts, from left to right', (id) => {
    const project = openExample(id);
    for (const design of project.designs) {
      const positions = project.view.designs[design.id]?.positions ?? {};
      const at = (part: string): { x: number; y: number } => {
        const position = positions[part];
        if (position === undefined) throw new Error(`${part} has no position`);
        return position;
      };
      const ids = design.components.map((component) => component.id);
      for (const part of ids) expect([at(part).x % 16, at(part).y % 16]).toEqual([0, 0]);
      for (const [index, part] of ids.entries())
        for (const other of ids.slice(index + 1))
          expect(Math.abs(at(part).x - at(other).x) >= CARD.width || Math.abs(at(part).y - at(other).y) >= CARD.height).toBe(true);
      for (const link of design.links) expect(at(link.to).x).toBeGreaterThan(at(link.from).x);
      for (const note of design.notes) {
        const { x, y, width = 0, height = 0 } = positions[note.id] ?? { x: 0, y: 0 };
        expect(width).toBeGreaterThan(0);
        for (const part of ids)
          expect(x + width <= at(part).x || at(part).x + CARD.width <= x || y + height <= at(part).y || at(part).y + CARD.height <= y).toBe(true);
      }
    }
  });
});
