import { executeSweep, planSweep } from '../../src-shared/analysis/sweep-plan';
import { sweepPointOf } from '../../src-shared/analysis/sweep-result';
import { formatDuration, formatNumber } from '../../src-shared/base/format';
import { pointVariant } from '../../src-shared/project/sweep-points';
import { ENGINE_VERSION } from '../../src-shared/run/combine';
import { chooseSweep } from './choose-sweep';
import { prepareVariants } from './choose-variants';
import { CommandFailure, EXIT } from './exit-code';
import { readProject } from './read-project';
import type { Terminal } from './terminal';
import { variantsInThreads } from './variants-in-threads';
import { usualThreads } from './worker-pool';

/** Rounds in which one worker and all of them take turns, so that a slow moment of the machine hits both. */
const ROUNDS = 3;

/** `topolab bench sweep FILE`: how much faster the first sweep of a project is on all cores than on one worker; the best of three rounds of each counts. */
export async function benchSweep(entry: string, file: string | undefined, terminal: Terminal, now: () => number): Promise<void> {
  if (file === undefined) throw new CommandFailure(EXIT.usage, 'Say which sweep: topolab bench sweep FILE, such as examples/three-tier.topolab.');
  const stored = await readProject(file);
  const sweep = chooseSweep(stored, { over: [] });
  const planned = planSweep(stored, sweep, { engineVersion: ENGINE_VERSION, refine: 0 });
  if (!planned.ok) throw new CommandFailure(EXIT.usage, planned.error);
  const { project, points } = planned.value;
  const variants = prepareVariants(
    project,
    points.map(({ values }) => pointVariant(sweep, values)),
    terminal,
  );
  const all = usualThreads();
  const run = async (threads: number): Promise<{ readonly wall: number; readonly json: string }> => {
    const begun = now();
    const found = await executeSweep(planned.value, (some, onPoint) =>
      variantsInThreads(entry, project, variants, {
        threads,
        onRun: ({ result }, place) => {
          const point = some[place];
          if (point !== undefined) onPoint(sweepPointOf(point.index, point.values, result));
        },
      }),
    );
    return { wall: now() - begun, json: JSON.stringify(found) };
  };
  const walls: Record<'one' | 'all', number[]> = { one: [], all: [] };
  const results = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, threads] of [
      ['one', 1],
      ['all', all],
    ] as const) {
      const { wall, json } = await run(threads);
      walls[name].push(wall);
      results.add(json);
    }
    terminal.log(
      `round ${round + 1} of ${ROUNDS}: one worker ${formatDuration(walls.one[round] ?? 0)}, ${all} workers ${formatDuration(walls.all[round] ?? 0)}`,
    );
  }
  const [one, many] = [Math.min(...walls.one), Math.min(...walls.all)];
  terminal.out(
    `${points.length} points × ${project.settings.replications} replications: one worker ${formatDuration(one)}, ${all} workers ${formatDuration(many)}, speed-up ${formatNumber(one / many)}; ${results.size === 1 ? 'equal results' : 'THE RESULTS DIFFER'}\n`,
  );
  if (results.size !== 1) throw new CommandFailure(EXIT.model, 'The results depend on the number of workers.');
}
