import type { Problem } from '../base/problem';
import { ok, type Result } from '../base/result';
import type { Project } from '../project/project';
import type { RunResult } from './result';
import { createSession } from './session';

/** Events between two reports of progress. */
const SLICE = 262_144;

/** Runs all replications of a design to the end and returns the result; the design's errors where it has any. */
export function simulate(
  project: Project,
  designId: string,
  options: { readonly onProgress?: (share: number) => void } = {},
): Result<RunResult, readonly Problem[]> {
  const session = createSession(project, designId);
  if (!session.ok) return session;
  while (session.value.advance(SLICE) !== 'finished') options.onProgress?.(session.value.progress());
  options.onProgress?.(1);
  return ok(session.value.result());
}
