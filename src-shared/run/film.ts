import { type FromFilm, toFilmSchema } from '../protocol/film-messages';
import { createSession } from './session';
import { projectAgain } from './time-travel';

const EVENTS_PER_CALL = 65_536;

/**
 * Answers one message to a film worker: repeats a run and sends a frame for each of its evenly spaced instants, the last one at the
 * end. Each frame describes the time since the one before. What is no message is dropped.
 */
export function serveFilm(raw: unknown, send: (message: FromFilm) => void): void {
  const parsed = toFilmSchema.safeParse(raw);
  if (!parsed.success) return;
  const { project, designId, injected, frames, endMs } = parsed.data;
  try {
    const opened = createSession(projectAgain(project, designId, injected), designId, { forResult: false });
    if (!opened.ok) {
      send({ type: 'refused', problems: [...opened.error] });
      return;
    }
    const session = opened.value;
    send({ type: 'opened', componentIds: [...session.componentIds], linkIds: [...session.linkIds], instanceCounts: [...session.instanceCounts] });
    for (let index = 0; index < frames; index++) {
      const at = (endMs * (index + 1)) / frames;
      session.breakAt(at);
      // A run that a limit has ended stays as it was at its end.
      while (session.simulatedMs() < at && session.advance(EVENTS_PER_CALL) === 'running');
      send({ type: 'frame', index, frame: session.frame() });
    }
    send({ type: 'done' });
  } catch (error) {
    send({ type: 'bug', message: error instanceof Error ? error.message : String(error) });
  }
}
