import type { Fault } from '../../src-shared/project/fault';
import type { RunEvent } from '../../src-shared/run/result';
import type { RunState } from '../run/run-state';

/** How far one can look back at a run: to its beginning from here. */
export interface Reach {
  /** Simulated time that the first replication has reached, in ms. */
  readonly ms: number;
  /** Events executed there; null where it came to its end, where a repetition ends by itself. */
  readonly events: number | null;
}

/** Why one cannot look back, in words; `quiet` where there is nothing to say. */
export type Unreachable = 'quiet' | 'running' | 'warm-up' | 'crashed';

/** How far one can look back at a run, or why not at all. */
export function reachOf(state: RunState): Reach | Unreachable {
  const { phase, frame, result, project, simulatedMs } = state;
  if (project === null) return 'quiet';
  if (phase === 'starting' || phase === 'running') return 'running';
  if (phase === 'crashed') return 'crashed';
  if (phase === 'paused') {
    if (state.replication > 0) return { ms: project.settings.durationMs, events: null };
    if (frame === null || !(simulatedMs > 0)) return 'quiet';
    // The pilot that looks for the end of the transient is thrown away, and nothing of it is drawn.
    if (project.settings.warmUpMs === 'auto' && frame.events === frame.replicationEvents) return 'warm-up';
    return { ms: simulatedMs, events: frame.replicationEvents };
  }
  if (result === null || !(result.simulatedMs > 0)) return 'quiet';
  const isCut = result.ended === 'stopped' && frame !== null && frame.replication === 0;
  return { ms: result.simulatedMs, events: isCut ? frame.replicationEvents : null };
}

/**
 * Faults that were injected into the first replication, with the instants at which they really began and what they lasted, as a project would have
 * them; one that never ended lasts beyond the end of the run.
 */
export function injectedAgain(injected: readonly Fault[], journal: readonly RunEvent[], durationMs: number): readonly Fault[] {
  return injected.flatMap((fault): Fault[] => {
    const begins = journal.find(({ type, faultId }) => type === 'fault-begins' && faultId === fault.id);
    if (begins === undefined) return [];
    const ends = journal.find(({ type, faultId }) => type === 'fault-ends' && faultId === fault.id);
    const lasts = fault.timing.type === 'once' ? fault.timing.lastsMs : 0;
    const lastsMs = ends !== undefined ? ends.atMs - begins.atMs : lasts > 0 ? lasts : durationMs;
    return [{ ...fault, timing: { type: 'once', atMs: begins.atMs, lastsMs } }];
  });
}
