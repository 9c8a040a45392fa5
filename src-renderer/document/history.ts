import type { Patch } from 'immer';

/** One undoable change of the project, as patches in both directions. */
export interface Step {
  readonly id: number;
  /** What was done, in words for the menu: 'Move 3 parts'. */
  readonly label: string;
  /** Changes under the same mark are one step, until something else happens or the mark is sealed. */
  readonly mark: string | null;
  /** Wall time of the latest change in it, in ms. */
  readonly at: number;
  /** Design that the change shows in, so that undo can bring it into view. */
  readonly designId: string | null;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** Steps kept: far more than anyone undoes, few enough to bound memory. */
export const HISTORY_LIMIT = 1000;

function samePath(one: Patch, other: Patch): boolean {
  return one.path.length === other.path.length && one.path.every((part, index) => part === other.path[index]);
}

/** Whether a change writes to exactly the places that the step before it wrote to, so that it can stand in for it. */
function overwrites(before: Step, after: Step): boolean {
  return (
    before.patches.length === after.patches.length &&
    after.patches.every((patch, index) => {
      const earlier = before.patches[index];
      return patch.op === 'replace' && earlier?.op === 'replace' && samePath(patch, earlier);
    })
  );
}

/** Two changes as one step. A long slider drag stays as small as its last change. */
export function mergeSteps(before: Step, after: Step): Step {
  if (overwrites(before, after)) return { ...after, label: before.label, inverse: before.inverse };
  return { ...after, label: before.label, patches: [...before.patches, ...after.patches], inverse: [...after.inverse, ...before.inverse] };
}
