import type { Draft } from 'immer';
import { err, ok, type Result } from '../../../src-shared/base/result';
import { parseProject, serializeProject } from '../../../src-shared/project/parse';
import type { ParseFailure } from '../../../src-shared/project/parse-failure';
import { type Design, emptyProject, LIMITS, type Project } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';
import { designOf, draftDesign, fallbackPosition, type Point, recordIds } from '../records';
import { removeRecords } from './components';
import { insertFaults } from './faults';
import { bringMachines } from './machines';
import { freshWorkload } from './workloads';

/** Parts lifted out of a design, with all that they need elsewhere: a project of one design that holds nothing else. */
function extract(project: Project, designId: string, ids: readonly string[]): Project | null {
  const design = designOf(project, designId);
  if (design === undefined) return null;
  const wanted = new Set(ids);
  const components = design.components.filter((component) => wanted.has(component.id));
  const notes = design.notes.filter((note) => wanted.has(note.id));
  if (components.length + notes.length === 0) return null;
  // A link comes along when both its ends do, selected or not: what looks connected stays connected.
  const links = design.links.filter((link) => wanted.has(link.from) && wanted.has(link.to));
  const lifted = new Set([...components, ...links].map((record) => record.id));
  const faults = design.faults.filter((fault) => lifted.has(fault.target));
  const workloads = project.workloads.filter((workload) => components.some((component) => component.workload === workload.id));
  const stored = project.view.designs[designId]?.positions ?? {};
  const positions = Object.fromEntries([...components, ...notes].map((record, index) => [record.id, stored[record.id] ?? fallbackPosition(index)]));
  const kinds = new Set(components.map((component) => component.kind));
  return {
    ...emptyProject('Parts'),
    kindVersions: Object.fromEntries(Object.entries(project.kindVersions).filter(([kind]) => kinds.has(kind))),
    machines: project.machines,
    workloads,
    designs: [{ id: 'parts', name: 'Parts', components, links, faults, notes }],
    view: { designs: { parts: { positions } } },
  };
}

/** The selected parts as text for the clipboard: a small project file, so that it pastes into any project and reads well in an editor. Null where nothing can be copied. */
export function copyText(designId: string, ids: readonly string[]): string | null {
  const parts = extract(documentStore.getState().project, designId, ids);
  return parts === null ? null : serializeProject(parts);
}

/** Puts parts into a design under new ids, moved by an offset, with their links and faults. Gives the new ids of components and notes. */
function insert(draft: Draft<Project>, designId: string, parts: Project, offset: Point): string[] {
  const target = draftDesign(draft, designId);
  const source = parts.designs[0];
  if (target === undefined || source === undefined) return [];
  const taken = recordIds(target.design as Design);
  const names = new Set(target.design.components.map((component) => component.name));
  const ids = new Map<string, string>();
  const workloads = new Map<string, string>();
  for (const workload of parts.workloads) {
    if (source.components.some((component) => component.workload === workload.id))
      workloads.set(workload.id, freshWorkload(draft, workload.name, structuredClone(workload.params)));
  }
  const place = (oldId: string, newId: string, index: number): void => {
    const position = parts.view.designs[source.id]?.positions[oldId] ?? fallbackPosition(index);
    target.view.positions[newId] = { ...position, x: position.x + offset.x, y: position.y + offset.y };
  };
  for (const [index, component] of source.components.entries()) {
    const id = freshId(component.kind, taken);
    const name = freshName(component.name, names);
    names.add(name);
    ids.set(component.id, id);
    const copy = { ...structuredClone(component), id, name: name.slice(0, LIMITS.nameLength) };
    const workload = component.workload === undefined ? undefined : workloads.get(component.workload);
    if (workload !== undefined) copy.workload = workload;
    target.design.components.push(copy);
    place(component.id, id, index);
    draft.kindVersions[component.kind] = parts.kindVersions[component.kind] ?? draft.kindVersions[component.kind] ?? 1;
  }
  const links = new Map<string, string>();
  for (const link of source.links) {
    const [from, to] = [ids.get(link.from), ids.get(link.to)];
    if (from === undefined || to === undefined) continue;
    const id = freshId('link', taken);
    links.set(link.id, id);
    target.design.links.push({ ...structuredClone(link), id, from, to });
  }
  for (const [index, note] of source.notes.entries()) {
    const id = freshId('note', taken);
    ids.set(note.id, id);
    target.design.notes.push({ ...note, id });
    place(note.id, id, source.components.length + index);
  }
  insertFaults(draft, designId, source.faults, new Map([...ids, ...links]));
  bringMachines(draft, parts);
  return [...ids.values()];
}

/** Upper left corner of what is to be inserted. */
function corner(parts: Project): Point {
  const positions = Object.values(parts.view.designs[parts.designs[0]?.id ?? '']?.positions ?? {});
  if (positions.length === 0) return { x: 0, y: 0 };
  return { x: Math.min(...positions.map((position) => position.x)), y: Math.min(...positions.map((position) => position.y)) };
}

/** Whether something already stands exactly where a part would come to lie. */
function collides(project: Project, designId: string, parts: Project, offset: Point): boolean {
  const taken = new Set(Object.values(project.view.designs[designId]?.positions ?? {}).map((position) => `${position.x},${position.y}`));
  return Object.values(parts.view.designs[parts.designs[0]?.id ?? '']?.positions ?? {}).some((position) =>
    taken.has(`${position.x + offset.x},${position.y + offset.y}`),
  );
}

function insertCopy(label: string, designId: string, parts: Project, offset: Point): string[] {
  let moved = offset;
  const { project } = documentStore.getState();
  for (let attempt = 0; attempt < 500 && collides(project, designId, parts, moved); attempt++) moved = { x: moved.x + 32, y: moved.y + 32 };
  let ids: string[] = [];
  change(
    label,
    (draft) => {
      ids = insert(draft, designId, parts, moved);
    },
    { designId },
  );
  return ids;
}

/** Why a paste changed nothing. */
export type PasteFailure = { readonly kind: 'empty' } | { readonly kind: 'too-many' } | { readonly kind: 'unreadable'; readonly failure: ParseFailure };

/** Inserts parts from clipboard text, checked as strictly as a file. `at` is where their upper left corner goes; else they keep their places, or move off what stands there. */
export function pasteText(designId: string, text: string, at?: Point): Result<readonly string[], PasteFailure> {
  const parsed = parseProject(text);
  if (!parsed.ok) return err({ kind: 'unreadable', failure: parsed.error });
  const parts = parsed.value;
  const source = parts.designs[0];
  if (source === undefined || source.components.length + source.notes.length === 0) return err({ kind: 'empty' });
  const target = designOf(documentStore.getState().project, designId);
  if (
    target === undefined ||
    target.components.length + source.components.length > LIMITS.componentsPerDesign ||
    target.links.length + source.links.length > LIMITS.linksPerDesign
  )
    return err({ kind: 'too-many' });
  const from = corner(parts);
  return ok(insertCopy('Paste', designId, parts, at === undefined ? { x: 0, y: 0 } : { x: at.x - from.x, y: at.y - from.y }));
}

/** Copies parts within their design, a little below and to the right. Gives the new ids. */
export function duplicateParts(designId: string, ids: readonly string[]): readonly string[] {
  const parts = extract(documentStore.getState().project, designId, ids);
  return parts === null ? [] : insertCopy('Duplicate', designId, parts, { x: 32, y: 32 });
}

/** Copies parts as text and deletes them, as one step. Null where nothing can be cut. */
export function cutText(designId: string, ids: readonly string[]): string | null {
  const text = copyText(designId, ids);
  if (text !== null) change('Cut', (draft) => removeRecords(draft, designId, new Set(ids)), { designId });
  return text;
}
