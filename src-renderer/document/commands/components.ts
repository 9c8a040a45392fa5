import type { Draft } from 'immer';
import { defaultsOf } from '../../../src-shared/kinds/params';
import { kindOf } from '../../../src-shared/kinds/registry';
import type { Component, Design, DesignView, Project } from '../../../src-shared/project/project';
import { LIMITS } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId, freshName } from '../ids';
import { designOf, draftDesign, findRecord, type Point, recordIds } from '../records';
import { freshWorkload, removeUnusedWorkloads } from './workloads';

/** Room that a part takes on the canvas, for finding a free place. */
const FOOTPRINT = { width: 216, height: 128 } as const;

/** The position itself, or the nearest one down and to the right of it where nothing stands yet. */
export function freePosition(view: DesignView, wanted: Point): Point {
  const taken = Object.values(view.positions);
  let { x, y } = wanted;
  for (let attempt = 0; attempt < 200; attempt++) {
    const hit = taken.some((position) => Math.abs(position.x - x) < FOOTPRINT.width / 2 && Math.abs(position.y - y) < FOOTPRINT.height / 2);
    if (!hit) break;
    x += 32;
    y += 32;
  }
  return { x, y };
}

/** Adds a component of a kind with its defaults. A kind whose values are shared brings a workload record of its own. Gives the new id. */
export function addComponent(designId: string, kindId: string, position: Point): string | undefined {
  const kind = kindOf(kindId);
  const design = designOf(documentStore.getState().project, designId);
  if (kind === undefined || design === undefined || design.components.length >= LIMITS.componentsPerDesign) return undefined;
  const id = freshId(kind.id, recordIds(design));
  change(
    `Add ${kind.title.toLowerCase()}`,
    (draft) => {
      const target = draftDesign(draft, designId);
      if (target === undefined) return;
      const name = freshName(kind.title, new Set(target.design.components.map((component) => component.name)));
      const values = structuredClone(defaultsOf(kind.params)) as Record<string, unknown>;
      const component: Component = { id, kind: kind.id, name, params: kind.stored === 'component' ? values : {} };
      if (kind.stored === 'workload') component.workload = freshWorkload(draft, name, values);
      target.design.components.push(component);
      target.view.positions[id] = freePosition(target.view, position);
      draft.kindVersions[kind.id] = kind.version;
    },
    { designId },
  );
  return id;
}

/** `Delete Checkout`, or how many things of which sort. */
function deletionLabel(design: Design, ids: readonly string[]): string {
  const only = ids.length === 1 && ids[0] !== undefined ? findRecord(design, ids[0]) : undefined;
  if (only === undefined) return `Delete ${ids.length} parts`;
  return only.type === 'component' ? `Delete ${only.record.name}` : `Delete ${only.type}`;
}

/** Deletes components, links and notes. Links of deleted components go too, with the faults of all of them, and workloads that only they used. */
export function deleteRecords(designId: string, ids: readonly string[]): void {
  const before = designOf(documentStore.getState().project, designId);
  if (before === undefined || ids.length === 0) return;
  change(deletionLabel(before, ids), (draft) => removeRecords(draft, designId, new Set(ids)), { designId });
}

/** The deletion itself, for commands that do more than delete. */
export function removeRecords(draft: Draft<Project>, designId: string, gone: ReadonlySet<string>): void {
  const target = draftDesign(draft, designId);
  if (target === undefined) return;
  const { design, view } = target;
  const candidates = design.components.flatMap((component) => (gone.has(component.id) && component.workload !== undefined ? [component.workload] : []));
  const before = [...design.components, ...design.links].map((record) => record.id);
  design.components = design.components.filter((component) => !gone.has(component.id));
  design.links = design.links.filter((link) => !gone.has(link.id) && !gone.has(link.from) && !gone.has(link.to));
  design.notes = design.notes.filter((note) => !gone.has(note.id));
  const left = new Set([...design.components, ...design.links].map((record) => record.id));
  const struck = new Set(before.filter((id) => !left.has(id)));
  if (design.faults.some((fault) => struck.has(fault.target))) design.faults = design.faults.filter((fault) => !struck.has(fault.target));
  for (const id of gone) delete view.positions[id];
  removeUnusedWorkloads(draft, candidates);
}

/** Gives a component another name. An empty name changes nothing. */
export function renameComponent(designId: string, id: string, name: string): void {
  const trimmed = name.trim().slice(0, LIMITS.nameLength);
  if (trimmed === '') return;
  change(
    `Rename to ${trimmed}`,
    (draft) => {
      const component = draftDesign(draft, designId)?.design.components.find((candidate) => candidate.id === id);
      if (component !== undefined) component.name = trimmed;
    },
    { designId, mark: `name:${designId}/${id}` },
  );
}

/** Writes the note that belongs to a component; an empty one is removed. */
export function setComponentNote(designId: string, id: string, text: string): void {
  change(
    'Edit note',
    (draft) => {
      const component = draftDesign(draft, designId)?.design.components.find((candidate) => candidate.id === id);
      if (component === undefined) return;
      if (text === '') delete component.note;
      else component.note = text.slice(0, LIMITS.noteLength);
    },
    { designId, mark: `note:${designId}/${id}` },
  );
}
