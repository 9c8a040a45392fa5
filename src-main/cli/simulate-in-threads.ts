import type { Problem } from '../../src-shared/base/problem';
import type { Result } from '../../src-shared/base/result';
import { invariant, ok } from '../../src-shared/base/result';
import { compile } from '../../src-shared/compile/compile';
import { NS_PER_MS } from '../../src-shared/kinds/lowering';
import type { Project } from '../../src-shared/project/project';
import { createCombiner } from '../../src-shared/run/combine';
import type { ReplicationPart } from '../../src-shared/run/replication';
import type { RunResult } from '../../src-shared/run/result';
import { createReplicationRunner } from '../../src-shared/run/session';
import { simulate } from '../../src-shared/run/simulate';
import type { WorkerTask } from './worker';
import { runInWorkers, usualThreads } from './worker-pool';

/**
 * Runs a design, its replications spread over the cores of the machine. The parts are combined in the order of their index,
 * so that the result is the same, byte for byte, as with one thread.
 */
export async function simulateInThreads(
  entry: string,
  project: Project,
  designId: string,
  onProgress: (share: number) => void,
  threads = usualThreads(),
): Promise<Result<RunResult, readonly Problem[]>> {
  const { replications, warmUpMs } = project.settings;
  if (replications === 1 || threads === 1) return simulate(project, designId, { onProgress });
  const plan = compile(project, designId);
  if (!plan.ok) return plan;
  const design = project.designs.find((candidate) => candidate.id === designId);
  invariant(design !== undefined, 'compile has found the design');
  // Where the warm-up is to be found, it is found once, and every thread leaves out the same.
  const pilot = warmUpMs === 'auto' ? createReplicationRunner(project, designId) : null;
  if (pilot !== null && !pilot.ok) return pilot;
  const warmUp = pilot === null ? Math.floor(Number(warmUpMs) * NS_PER_MS + 0.5) : pilot.value.warmUp;
  const combiner = createCombiner(project, design, plan.value);
  await runInWorkers<ReplicationPart>(entry, threads, { type: 'replications', project, designId, warmUp } satisfies WorkerTask, {
    count: replications,
    message: (index) => index,
    onProgress,
    onValue: (part) => {
      combiner.add(part);
      // The first replication that reaches a limit of the simulator ends the run.
      return part.limited ? 'stop' : 'go-on';
    },
  });
  return ok(combiner.result('finished'));
}
