import { beforeEach, describe, expect, it } from 'vitest';
import { parseProject, serializeProject } from '../../../src-shared/project/parse';
import type { Design } from '../../../src-shared/project/project';
import { emptyProject } from '../../../src-shared/project/project';
import { documentStore, openDocument, undo } from '../document-store';
import { copyText, cutText, duplicateParts, pasteText } from './clipboard';
import { addComponent, deleteRecords } from './components';
import { duplicateDesign } from './designs';
import { addFault, deleteFault, duplicateFault, type NewFault, updateFault } from './faults';
import { connect } from './links';

const D = 'design-1';
const design = (id = D): Design => documentStore.getState().project.designs.find((candidate) => candidate.id === id)!;
const steps = (): number => documentStore.getState().past.length;
const crash = (target: string): NewFault => ({
  name: 'Crash',
  target,
  effect: { type: 'crash', silent: false, restartMs: 0 },
  timing: { type: 'once', atMs: 1000, lastsMs: 5000 },
});
const cut = (target: string): NewFault => ({ ...crash(target), name: 'Cut', effect: { type: 'cut', direction: 'both' } });

let service = '';
let database = '';
let link = '';
beforeEach(() => {
  openDocument(emptyProject(), null);
  service = addComponent(D, 'service', { x: 0, y: 0 })!;
  database = addComponent(D, 'database', { x: 300, y: 0 })!;
  const outcome = connect(D, service, database);
  link = outcome.type === 'linked' ? outcome.linkId : '';
});

describe('faults on the timeline', () => {
  it('are added under free ids and names', () => {
    expect([addFault(D, crash(service)), addFault(D, crash(database))]).toEqual(['fault-1', 'fault-2']);
    expect(design().faults.map((fault) => fault.name)).toEqual(['Crash', 'Crash 2']);
    expect(duplicateFault(D, 'fault-1')).toBe('fault-3');
    expect(design().faults[2]).toMatchObject({ name: 'Crash 3', target: service });
    expect(parseProject(serializeProject(documentStore.getState().project)).ok).toBe(true);
  });

  it('change in one step for a drag, and not at all to what a file could not hold', () => {
    const id = addFault(D, crash(service))!;
    const before = steps();
    for (const atMs of [1100, 1200, 1300]) updateFault(D, id, 'Move fault', (fault) => ({ ...fault, timing: { type: 'once', atMs, lastsMs: 5000 } }), 'move');
    expect(steps()).toBe(before + 1);
    expect(updateFault(D, id, 'Move fault', (fault) => ({ ...fault, timing: { type: 'once', atMs: -1, lastsMs: 5000 } }))).toBe(false);
    expect(updateFault(D, id, 'Rename', (fault) => ({ ...fault, name: '' }))).toBe(false);
    expect(design().faults[0]).toMatchObject({ name: 'Crash', timing: { atMs: 1300 } });
    undo();
    expect(design().faults[0]).toMatchObject({ timing: { atMs: 1000 } });
  });

  it('go with what they are on, and come back with it', () => {
    addFault(D, crash(service));
    addFault(D, crash(database));
    addFault(D, cut(link));
    deleteRecords(D, [service]);
    expect(design().faults.map((fault) => fault.target)).toEqual([database]);
    undo();
    expect(design().faults).toHaveLength(3);
    deleteRecords(D, [link]);
    expect(design().faults.map((fault) => fault.name)).toEqual(['Crash', 'Crash 2']);
    deleteFault(D, 'fault-1');
    expect(design().faults.map((fault) => fault.id)).toEqual(['fault-2']);
  });

  it('are copied with parts and links, on the copies', () => {
    addFault(D, crash(service));
    addFault(D, cut(link));
    const [one] = duplicateParts(D, [service, database]);
    expect(design().faults.slice(2)).toMatchObject([
      { id: 'fault-3', name: 'Crash 2', target: one },
      { id: 'fault-4', name: 'Cut 2', target: design().links[1]!.id },
    ]);
    const text = copyText(D, [service])!;
    openDocument(emptyProject('Other'), null);
    pasteText(D, text);
    expect(design().faults).toMatchObject([{ id: 'fault-1', target: design().components[0]!.id }]);
    expect(parseProject(serializeProject(documentStore.getState().project)).ok).toBe(true);
  });

  it('go to the clipboard with a cut', () => {
    addFault(D, crash(service));
    const text = cutText(D, [service])!;
    expect(design().faults).toEqual([]);
    pasteText(D, text);
    expect(design().faults).toMatchObject([{ target: design().components.find((component) => component.kind === 'service')!.id }]);
  });

  it('come along when a design is duplicated', () => {
    addFault(D, crash(service));
    expect(design(duplicateDesign(D)).faults).toEqual(design().faults);
  });
});
