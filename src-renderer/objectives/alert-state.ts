import type { ObjectiveVerdict, RunEvent } from '../../src-shared/run/result';

/** Names of the objectives that alert at the end of a journal, each once, in the order in which they began to. */
export function openAlerts(journal: readonly RunEvent[]): readonly string[] {
  const open = new Map<string, string>();
  for (const { type, objective } of journal) {
    if (objective === undefined) continue;
    const key = `${objective.id}/${objective.rule}`;
    if (type === 'alert') open.set(key, objective.name);
    else open.delete(key);
  }
  return [...new Set(open.values())];
}

/** What the badge of objectives says: its state, a few words, and more for those who point at it. */
export interface BadgeText {
  readonly state: 'alert' | 'met' | 'missed' | 'open';
  readonly words: string;
  readonly help: string;
}

/** Words while a run is under way: what alerts now. */
export function alertBadge(alerting: readonly string[]): BadgeText {
  if (alerting.length === 0) return { state: 'open', words: 'No alerts', help: 'No objective alerts. Open the events of the run.' };
  return {
    state: 'alert',
    words: alerting.length === 1 ? `Alert: ${alerting[0]}` : `${alerting.length} alerts`,
    help: `Objectives that alert now: ${alerting.join(', ')}. Open the events of the run.`,
  };
}

/** Words after a run: how many objectives were met. */
export function verdictBadge(verdicts: readonly ObjectiveVerdict[]): BadgeText {
  const met = verdicts.filter(({ verdict }) => verdict === 'pass').length;
  const rest = verdicts.filter(({ verdict }) => verdict !== 'pass').map(({ name, verdict }) => `${name} (${verdict === 'fail' ? 'missed' : 'not judged'})`);
  // Nothing was missed: what could not be judged is no failure of the design.
  if (met === 0 && verdicts.every(({ verdict }) => verdict === 'unknown'))
    return {
      state: 'open',
      words: verdicts.length === 1 ? 'Objective not judged' : `${verdicts.length} objectives not judged`,
      help: `${verdicts[0]?.reason ?? ''} Open the summary of the run.`.trimStart(),
    };
  return met === verdicts.length
    ? { state: 'met', words: met === 1 ? 'Objective met' : `${met} objectives met`, help: 'Every objective was met. Open the summary of the run.' }
    : { state: 'missed', words: `${met} of ${verdicts.length} objectives met`, help: `${rest.join(', ')}. Open the summary of the run.` };
}
