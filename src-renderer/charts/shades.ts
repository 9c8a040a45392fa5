import type { FaultWindow } from '../faults/windows';

/** A time in which a fault was under way, as charts shade it. */
export interface Shade {
  readonly fromS: number;
  /** Infinity while it is not over. */
  readonly toS: number;
  readonly name: string;
}

/** Shades for the windows of faults; one that never ended reaches to the end of the run. Windows of one fault that overlap are one. */
export function shadesOf(windows: readonly FaultWindow[], faults: ReadonlyMap<string, { readonly name: string }>, runEndS: number): readonly Shade[] {
  const shades: Shade[] = [];
  const last = new Map<string, number>();
  for (const window of windows) {
    const name = faults.get(window.faultId)?.name ?? window.faultId;
    const shade = { fromS: window.fromMs / 1000, toS: window.toMs === null ? runEndS : window.toMs / 1000, name };
    const index = last.get(window.faultId);
    const before = index === undefined ? undefined : shades[index];
    if (index !== undefined && before !== undefined && shade.fromS <= before.toS) shades[index] = { ...before, toS: Math.max(before.toS, shade.toS) };
    else {
      last.set(window.faultId, shades.length);
      shades.push(shade);
    }
  }
  return shades;
}

/** Names of the faults that were under way at a time. */
export function namesAt(shades: readonly Shade[], seconds: number): string {
  return [...new Set(shades.filter((shade) => seconds >= shade.fromS && seconds <= shade.toS).map((shade) => shade.name))].join(', ');
}
