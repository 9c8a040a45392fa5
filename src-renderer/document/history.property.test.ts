import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProject, serializeProject } from '../../src-shared/project/parse';
import { emptyProject } from '../../src-shared/project/project';
import { copyText, duplicateParts, pasteText } from './commands/clipboard';
import { addComponent, deleteRecords, renameComponent } from './commands/components';
import { addDesign, deleteDesign, duplicateDesign, moveDesign } from './commands/designs';
import { addFault, deleteFault, type NewFault, updateFault } from './commands/faults';
import { connect, moveLink } from './commands/links';
import { addMachine } from './commands/machines';
import { moveParts, nudgeParts } from './commands/move';
import { addNote, setNoteText } from './commands/notes';
import { setParameter } from './commands/parameters';
import { renameProject, setSetting } from './commands/settings';
import { chooseWorkload, separateWorkload } from './commands/workloads';
import { documentStore, openDocument, redo, sealHistory, undo } from './document-store';

const project = () => documentStore.getState().project;

/** One random command: its kind, and numbers that pick what it works on. */
interface Play {
  readonly command: number;
  readonly one: number;
  readonly two: number;
}

function pick<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(1, list.length)];
}

const FAULT: NewFault = { name: 'Pause', target: '', effect: { type: 'pause' }, timing: { type: 'once', atMs: 1, lastsMs: 1 } };
const KINDS = ['client', 'load-balancer', 'service', 'database'];

function play({ command, one, two }: Play): void {
  const design = pick(project().designs, two)!;
  const component = pick(design.components, one);
  const other = pick(design.components, two);
  const link = pick(design.links, one);
  const id = design.id;
  const all = [...design.components, ...design.links, ...design.notes].map((record) => record.id);
  const some = all.filter((_id, index) => (one + index * two) % 3 === 0);
  switch (command % 20) {
    case 0:
    case 1:
      addComponent(id, pick(KINDS, one)!, { x: one * 16, y: two * 16 });
      return;
    case 2:
    case 3:
      if (component !== undefined && other !== undefined) connect(id, component.id, other.id);
      return;
    case 4:
      deleteRecords(id, some);
      return;
    case 5:
      duplicateParts(id, some);
      return;
    case 6: {
      const text = copyText(id, some);
      if (text !== null) pasteText(pick(project().designs, one)!.id, text);
      return;
    }
    case 7:
      if (component !== undefined) renameComponent(id, component.id, `Name ${two}`);
      return;
    case 8:
      if (component !== undefined)
        setParameter(
          { type: 'component', designId: id, id: component.id },
          component.kind === 'client' ? 'ratePerS' : component.kind === 'database' ? 'connections' : 'replicas',
          one + 1,
        );
      return;
    case 9:
      if (link !== undefined) setParameter({ type: 'link', designId: id, id: link.id }, 'jitterMs', two);
      return;
    case 10:
      moveParts(id, new Map(design.components.map((candidate, index) => [candidate.id, { x: index * one, y: two }])));
      return;
    case 11:
      nudgeParts(id, some, 16, 0);
      return;
    case 12:
      setNoteText(id, addNote(id, { x: one, y: two }) ?? '', `note ${one}`);
      return;
    case 13:
      if (two % 2 === 0) duplicateDesign(id);
      else addDesign();
      return;
    case 14:
      if (two % 2 === 0) deleteDesign(id);
      else moveDesign(id, 1);
      return;
    case 15:
      if (component?.workload !== undefined) {
        if (two % 2 === 0) separateWorkload(id, component.id);
        else chooseWorkload(id, component.id, pick(project().workloads, two)!.id);
      }
      if (link !== undefined) moveLink(id, link.id, -1);
      return;
    case 16:
      if (component !== undefined) addFault(id, { ...FAULT, target: component.id });
      return;
    case 17:
      if (link !== undefined) addFault(id, { ...FAULT, target: link.id, effect: { type: 'latency', addedMs: two } });
      return;
    case 18: {
      const fault = pick(design.faults, one);
      if (fault === undefined) addMachine();
      else if (two % 3 === 0) deleteFault(id, fault.id);
      else updateFault(id, fault.id, 'Move fault', (before) => ({ ...before, timing: { type: 'once', atMs: two, lastsMs: one } }), 'move');
      return;
    }
    default:
      if (two % 3 === 0) sealHistory();
      setSetting('seed', one);
      renameProject(`Project ${two}`);
  }
}

const plays = fc.array(fc.record({ command: fc.nat(1000), one: fc.nat(40), two: fc.nat(40) }), { maxLength: 40 });

describe('any sequence of commands', () => {
  it('is undone to the beginning and redone to the end', () => {
    fc.assert(
      fc.property(plays, (sequence) => {
        openDocument(emptyProject(), null);
        const initial = project();
        sequence.forEach(play);
        const final = project();
        while (undo() !== undefined);
        expect(project()).toEqual(initial);
        expect(documentStore.getState().dirty).toBe(false);
        while (redo() !== undefined);
        expect(project()).toEqual(final);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves a project that its file format accepts, with no workload that nobody uses and no fault of what is gone', () => {
    fc.assert(
      fc.property(plays, (sequence) => {
        openDocument(emptyProject(), null);
        sequence.forEach(play);
        const parsed = parseProject(serializeProject(project()));
        expect(parsed).toMatchObject({ ok: true });
        const used = new Set(project().designs.flatMap((design) => design.components.map((component) => component.workload)));
        expect(project().workloads.filter((workload) => !used.has(workload.id))).toEqual([]);
        for (const { components, links, faults } of project().designs) {
          const records = new Set([...components, ...links].map((record) => record.id));
          expect(faults.filter((fault) => !records.has(fault.target))).toEqual([]);
          expect(new Set(faults.map((fault) => fault.id)).size).toBe(faults.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});
