import { LIMITS } from '../../../src-shared/project/project';
import { SEARCH_LIMIT, type Search, searchSchema } from '../../../src-shared/project/search';
import { SWEEP_LIMIT, type Sweep, sweepSchema } from '../../../src-shared/project/sweep';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';

/** Adds a sweep behind the others, under a name that no other has. Gives its id. */
export function addSweep(sweep: Omit<Sweep, 'id'>): string | undefined {
  const { sweeps } = documentStore.getState().project;
  const parsed = sweepSchema.safeParse(named(sweep, 'sweep', sweeps));
  if (!parsed.success || sweeps.length >= SWEEP_LIMIT) return undefined;
  change('Add sweep', (draft) => void draft.sweeps.push(parsed.data), { designId: parsed.data.design });
  return parsed.data.id;
}

/** Copies a sweep, right behind it. Gives the id of the copy. */
export function duplicateSweep(id: string): string | undefined {
  const { sweeps } = documentStore.getState().project;
  const source = sweeps.find((sweep) => sweep.id === id);
  if (source === undefined || sweeps.length >= SWEEP_LIMIT) return undefined;
  const copy = named(structuredClone(source), 'sweep', sweeps);
  change(`Duplicate ${source.name}`, (draft) => void draft.sweeps.splice(draft.sweeps.findIndex((sweep) => sweep.id === id) + 1, 0, copy));
  return copy.id;
}

/** Changes a sweep; what the file could not hold changes nothing. Changes under the same mark are one step. */
export function updateSweep(id: string, update: (sweep: Sweep) => Sweep, mark?: string): void {
  const before = documentStore.getState().project.sweeps.find((sweep) => sweep.id === id);
  const parsed = before === undefined ? undefined : sweepSchema.safeParse({ ...update(before), id });
  if (parsed?.success !== true || JSON.stringify(parsed.data) === JSON.stringify(before)) return;
  change(
    'Change sweep',
    (draft) => {
      const index = draft.sweeps.findIndex((sweep) => sweep.id === id);
      if (index >= 0) draft.sweeps[index] = parsed.data;
    },
    mark === undefined ? {} : { mark: `sweep:${id}/${mark}` },
  );
}

/** The name of a sweep whose first parameter is replaced: it goes with the parameter as long as nobody has given another. */
export function renamedWith(sweep: Sweep, oldTitle: string | undefined, newTitle: string | undefined): string {
  if (oldTitle === undefined || newTitle === undefined || oldTitle === newTitle) return sweep.name;
  const own = sweep.name === oldTitle || (sweep.name.startsWith(`${oldTitle} `) && /^\d+$/.test(sweep.name.slice(oldTitle.length + 1)));
  if (!own) return sweep.name;
  const others = documentStore.getState().project.sweeps.filter(({ id }) => id !== sweep.id);
  return freshName(newTitle, new Set(others.map(({ name }) => name))).slice(0, LIMITS.nameLength);
}

/** Deletes a sweep. */
export function deleteSweep(id: string): void {
  const sweep = documentStore.getState().project.sweeps.find((candidate) => candidate.id === id);
  if (sweep === undefined) return;
  change(`Delete ${sweep.name}`, (draft) => {
    draft.sweeps = draft.sweeps.filter((candidate) => candidate.id !== id);
  });
}

/** Adds a search behind the others, under a name that no other has. Gives its id. */
export function addSearch(search: Omit<Search, 'id'>): string | undefined {
  const searches = documentStore.getState().project.searches ?? [];
  const parsed = searchSchema.safeParse(named(search, 'search', searches));
  if (!parsed.success || searches.length >= SEARCH_LIMIT) return undefined;
  change(
    'Add search',
    (draft) => {
      draft.searches = [...(draft.searches ?? []), parsed.data];
    },
    { designId: parsed.data.design },
  );
  return parsed.data.id;
}

/** Copies a search, right behind it. Gives the id of the copy. */
export function duplicateSearch(id: string): string | undefined {
  const searches = documentStore.getState().project.searches ?? [];
  const source = searches.find((search) => search.id === id);
  if (source === undefined || searches.length >= SEARCH_LIMIT) return undefined;
  const copy = named(structuredClone(source), 'search', searches);
  change(`Duplicate ${source.name}`, (draft) => void draft.searches?.splice(searches.indexOf(source) + 1, 0, copy));
  return copy.id;
}

/** Changes a search; what the file could not hold changes nothing. Changes under the same mark are one step. */
export function updateSearch(id: string, update: (search: Search) => Search, mark?: string): void {
  const before = documentStore.getState().project.searches?.find((search) => search.id === id);
  const parsed = before === undefined ? undefined : searchSchema.safeParse({ ...update(before), id });
  if (parsed?.success !== true || JSON.stringify(parsed.data) === JSON.stringify(before)) return;
  change(
    'Change search',
    (draft) => {
      const index = draft.searches?.findIndex((search) => search.id === id) ?? -1;
      if (draft.searches !== undefined && index >= 0) draft.searches[index] = parsed.data;
    },
    mark === undefined ? {} : { mark: `search:${id}/${mark}` },
  );
}

/** Deletes a search; with the last one the list goes from the file. */
export function deleteSearch(id: string): void {
  const search = documentStore.getState().project.searches?.find((candidate) => candidate.id === id);
  if (search === undefined) return;
  change(`Delete ${search.name}`, (draft) => {
    const rest = (draft.searches ?? []).filter((candidate) => candidate.id !== id);
    if (rest.length > 0) draft.searches = rest;
    else delete draft.searches;
  });
}

/** A record under an id and a name that none of the others has. */
function named<T extends { readonly name: string }>(
  record: T,
  stem: string,
  others: readonly { readonly id: string; readonly name: string }[],
): T & { id: string } {
  const id = freshId(stem, new Set(others.map((other) => other.id)));
  const name = freshName(record.name, new Set(others.map((other) => other.name))).slice(0, LIMITS.nameLength);
  return { ...record, id, name };
}
