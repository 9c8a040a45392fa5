import type { RunEvent } from '../../src-shared/run/result';

/** A time in which a fault really was under way. */
export interface FaultWindow {
  readonly faultId: string;
  readonly instance: number | null;
  readonly fromMs: number;
  /** null: not over yet. */
  readonly toMs: number | null;
}

/** The windows of all faults, in the order in which they began, from what the run noted. */
export function faultWindows(journal: readonly RunEvent[]): readonly FaultWindow[] {
  const windows: FaultWindow[] = [];
  const open = new Map<string, number>();
  for (const { type, faultId, instance, atMs } of journal) {
    if (faultId === null || (type !== 'fault-begins' && type !== 'fault-ends')) continue;
    const key = `${faultId}/${instance ?? ''}`;
    if (type === 'fault-begins') {
      open.set(key, windows.length);
      windows.push({ faultId, instance, fromMs: atMs, toMs: null });
      continue;
    }
    const index = open.get(key);
    const begun = index === undefined ? undefined : windows[index];
    if (index === undefined || begun === undefined) continue;
    windows[index] = { ...begun, toMs: atMs };
    open.delete(key);
  }
  return windows;
}

/** Ids of the faults that are under way, each once. */
export function activeFaults(windows: readonly FaultWindow[]): readonly string[] {
  return [...new Set(windows.filter((window) => window.toMs === null).map((window) => window.faultId))];
}
