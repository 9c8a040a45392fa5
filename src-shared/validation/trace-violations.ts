import { criticalPath } from '../analysis/waterfall';
import type { Project } from '../project/project';
import { DEFAULT_TRACE_OPTIONS, type Trace } from '../protocol/trace';
import { createReplicationRunner } from '../run/session';
import { createTraceRun } from '../run/traces';

/**
 * What is wrong with the traces of a project's first design, in words: whether tracing changes what the first replication measures, and whether each
 * trace tells of every moment between its begin and its end. Empty where all is well, and where the design cannot run at all.
 */
export function traceViolations(project: Project): string[] {
  const designId = project.designs[0]?.id ?? '';
  const runner = createReplicationRunner(project, designId);
  if (!runner.ok) return [];
  const traced = createTraceRun(project, designId, { ...DEFAULT_TRACE_OPTIONS, warmUpMs: runner.value.warmUp / 1e6, sampleRate: 1, sampleLimit: 2000 });
  if (!traced.ok) return ['the design runs, and cannot be traced'];
  while (traced.value.advance(1_000_000));
  const changed = JSON.stringify(traced.value.part()) !== JSON.stringify(runner.value.run(0));
  const { traces, simulatedMs } = traced.value.traces();
  return [...(changed ? ['tracing has changed the numbers'] : []), ...traces.flatMap((trace) => violationsOf(trace, Math.floor(simulatedMs * 1e6 + 0.5)))];
}

function violationsOf(trace: Trace, untilNs: number): string[] {
  const found: string[] = [];
  const end = trace.endNs ?? untilNs;
  let at = trace.beginNs;
  for (const { kind, beginNs, endNs } of criticalPath(trace, end)) {
    if (beginNs !== at) found.push(`the critical path has a gap at ${at}`);
    if (kind === 'other') found.push(`nothing is recorded from ${beginNs} to ${endNs}`);
    at = endNs;
  }
  if (at !== end) found.push(`the critical path ends at ${at}, not at ${end}`);
  for (const { kind, parent, beginNs } of trace.spans.slice(1))
    if (beginNs < (trace.spans[parent]?.beginNs ?? Infinity)) found.push(`a ${kind} begins at ${beginNs}, before what contains it`);
  return found.map((what) => `request ${trace.number}: ${what}: ${JSON.stringify(trace)}`);
}
