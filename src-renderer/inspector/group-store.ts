import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const KEY = 'topolab.groups';

/** Groups that someone has opened or closed, from the last visit; anything unreadable counts as none. */
function stored(): Readonly<Record<string, boolean>> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
  } catch {
    return {};
  }
}

const groupStore = createStore<{ readonly open: Readonly<Record<string, boolean>> }>()(() => ({ open: stored() }));

/** Opens or closes groups of the inspector, by `kind/title`; remembered for the next visit. */
export function setGroupsOpen(keys: readonly string[], open: boolean): void {
  const next = { ...groupStore.getState().open, ...Object.fromEntries(keys.map((key) => [key, open])) };
  groupStore.setState({ open: next });
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A full or forbidden storage costs the remembered groups, nothing else.
  }
}

/** What someone has opened or closed, by `kind/title`. */
export function useOpenGroups(): Readonly<Record<string, boolean>> {
  return useStore(groupStore, (state) => state.open);
}
