import { beforeEach, describe, expect, it } from 'vitest';
import { parseProject, serializeProject } from '../../../src-shared/project/parse';
import { designProblems } from '../../../src-shared/project/problems';
import type { Component, Design } from '../../../src-shared/project/project';
import { emptyProject } from '../../../src-shared/project/project';
import { documentStore, historyPoint, markSaved, openDocument, redo, sealHistory, undo } from '../document-store';
import { copyText, cutText, duplicateParts, pasteText } from './clipboard';
import { addComponent, deleteRecords, renameComponent, setComponentNote } from './components';
import { addDesign, deleteDesign, duplicateDesign, renameDesign } from './designs';
import { connect, moveLink, reconnect } from './links';
import { moveParts, nudgeParts } from './move';
import { addNote, setNoteText } from './notes';
import { resetParameter, setParameter } from './parameters';
import { setSetting } from './settings';
import { chooseWorkload, separateWorkload, usersOfWorkload } from './workloads';

const D = 'design-1';
const project = () => documentStore.getState().project;
const design = (id = D): Design => project().designs.find((candidate) => candidate.id === id)!;
const part = (id: string): Component => design().components.find((component) => component.id === id)!;
const at = { x: 0, y: 0 };
const add = (kind: string): string => addComponent(D, kind, at)!;
const steps = (): number => documentStore.getState().past.length;

beforeEach(() => openDocument(emptyProject(), null));

describe('adding parts', () => {
  it('gives readable ids, free names and places, and the defaults of the kind', () => {
    expect([add('service'), add('service'), add('load-balancer')]).toEqual(['service-1', 'service-2', 'load-balancer-1']);
    expect(design().components.map((component) => component.name)).toEqual(['Service', 'Service 2', 'Load balancer']);
    expect(new Set(Object.values(project().view.designs[D]!.positions).map(({ x, y }) => `${x},${y}`)).size).toBe(3);
    expect(part('service-1').params.replicas).toBe(1);
    expect(project().kindVersions).toMatchObject({ service: 1, 'load-balancer': 1 });
  });

  it('brings a workload of its own for every client', () => {
    add('client');
    add('client');
    expect(design().components.map((component) => component.workload)).toEqual(['workload-1', 'workload-2']);
    expect(project().workloads[0]!.params.ratePerS).toBe(100);
    expect(part('client-1').params).toEqual({});
  });

  it('makes a project that its own file format reads back, and that runs once it is connected', () => {
    const client = add('client');
    const service = add('service');
    connect(D, client, service);
    addNote(D, at);
    expect(parseProject(serializeProject(project()))).toEqual({
      ok: true,
      value: expect.objectContaining({ designs: project().designs, workloads: project().workloads }),
    });
    expect(designProblems(project(), D)).toEqual([]);
  });

  it('knows no kind that does not exist', () => {
    expect(addComponent(D, 'teapot', at)).toBeUndefined();
    expect(addComponent('nowhere', 'service', at)).toBeUndefined();
    expect(steps()).toBe(0);
  });
});

describe('links', () => {
  it('refuses what the rule refuses, and changes nothing then', () => {
    const [client, database] = [add('client'), add('database')];
    const before = steps();
    expect(connect(D, database, client)).toMatchObject({ type: 'refused' });
    expect(steps()).toBe(before);
  });

  it('makes a link that closes a cycle of calls a forward link', () => {
    const [one, two] = [add('service'), add('service')];
    expect(connect(D, one, two)).toMatchObject({ type: 'linked', forward: false });
    expect(connect(D, two, one)).toMatchObject({ type: 'linked', forward: true });
    expect(connect(D, one, one)).toMatchObject({ type: 'linked', forward: true });
    expect(design().links.map((link) => [link.params.mode, link.params.probability])).toEqual([
      ['call', 1],
      ['forward', 0.5],
      ['forward', 0.5],
    ]);
  });

  it('moves an end to another part and keeps the values', () => {
    const [one, two, three] = [add('service'), add('service'), add('database')];
    connect(D, one, two);
    setParameter({ type: 'link', designId: D, id: 'link-1' }, 'jitterMs', 3);
    expect(reconnect(D, 'link-1', one, three)).toMatchObject({ type: 'linked', forward: false });
    expect(design().links[0]).toMatchObject({ from: one, to: three, params: { jitterMs: 3 } });
  });

  it('changes the order in which a service calls, past links of others', () => {
    const [one, two, other, third] = [add('service'), add('service'), add('service'), add('database')];
    connect(D, one, two);
    connect(D, other, third);
    connect(D, one, third);
    moveLink(D, 'link-3', -1);
    expect(design().links.map((link) => link.id)).toEqual(['link-3', 'link-2', 'link-1']);
    moveLink(D, 'link-3', -1);
    expect(design().links.map((link) => link.id)).toEqual(['link-3', 'link-2', 'link-1']);
  });
});

describe('deleting', () => {
  it('takes along the links of a part, its place, and the workload that only it used', () => {
    const [client, service, database] = [add('client'), add('service'), add('database')];
    connect(D, client, service);
    connect(D, service, database);
    deleteRecords(D, [client, service]);
    expect(design().links).toEqual([]);
    expect(project().workloads).toEqual([]);
    expect(Object.keys(project().view.designs[D]!.positions)).toEqual([database]);
    undo();
    expect(design().links).toHaveLength(2);
    expect(project().workloads).toHaveLength(1);
  });

  it('keeps a workload that another design still uses', () => {
    const client = add('client');
    duplicateDesign(D);
    deleteRecords(D, [client]);
    expect(project().workloads).toHaveLength(1);
    deleteDesign('design-2');
    expect(project().workloads).toEqual([]);
  });
});

describe('designs', () => {
  it('share workloads when duplicated, so that they can be compared', () => {
    add('client');
    expect(duplicateDesign(D)).toBe('design-2');
    expect(design('design-2').components[0]!.workload).toBe('workload-1');
    expect(usersOfWorkload(project(), 'workload-1').map((user) => user.designName)).toEqual(['Design 1', 'Design 2']);
  });

  it('keeps the last one', () => {
    deleteDesign(D);
    expect(project().designs).toHaveLength(1);
    expect(addDesign()).toBe('design-2');
    renameDesign('design-2', '  Big machine ');
    expect(design('design-2').name).toBe('Big machine');
    renameDesign('design-2', '  ');
    expect(design('design-2').name).toBe('Big machine');
  });
});

describe('workloads', () => {
  it('can be chosen, and separated again', () => {
    const [one, two] = [add('client'), add('client')];
    chooseWorkload(D, two, part(one).workload!);
    expect(project().workloads.map((workload) => workload.id)).toEqual(['workload-1']);
    separateWorkload(D, two);
    expect(part(two).workload).toBe('workload-2');
    setParameter({ type: 'component', designId: D, id: two }, 'ratePerS', 7);
    expect(project().workloads.map((workload) => workload.params.ratePerS)).toEqual([100, 7]);
  });
});

describe('copy and paste', () => {
  it('brings parts, links between them and workloads into another project under new ids', () => {
    const [client, service, database] = [add('client'), add('service'), add('database')];
    connect(D, client, service);
    connect(D, service, database);
    setParameter({ type: 'component', designId: D, id: client }, 'ratePerS', 42);
    const text = copyText(D, [client, service])!;
    openDocument(emptyProject('Other'), null);
    add('service');
    const pasted = pasteText(D, text);
    expect(pasted).toEqual({ ok: true, value: ['client-1', 'service-2'] });
    expect(design().links).toMatchObject([{ from: 'client-1', to: 'service-2' }]);
    expect(project().workloads).toMatchObject([{ params: { ratePerS: 42 } }]);
    expect(parseProject(serializeProject(project())).ok).toBe(true);
    undo();
    expect(design().components).toHaveLength(1);
    expect(project().workloads).toEqual([]);
  });

  it('gives a pasted or duplicated client a workload of its own', () => {
    const client = add('client');
    const [copy] = duplicateParts(D, [client]);
    expect(part(copy!).workload).toBe('workload-2');
    expect(part(copy!).name).toBe('Clients 2');
  });

  it('never puts a part exactly on another', () => {
    const service = add('service');
    const text = copyText(D, [service])!;
    pasteText(D, text);
    pasteText(D, text);
    duplicateParts(D, [service]);
    expect(new Set(Object.values(project().view.designs[D]!.positions).map(({ x, y }) => `${x},${y}`)).size).toBe(4);
  });

  it('refuses other text, and changes nothing then', () => {
    add('service');
    const before = project();
    expect(pasteText(D, 'hello')).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
    expect(pasteText(D, serializeProject(emptyProject()))).toMatchObject({ ok: false, error: { kind: 'empty' } });
    expect(project()).toBe(before);
  });

  it('cuts in one step', () => {
    const service = add('service');
    const before = steps();
    expect(cutText(D, [service])).toContain('service-1');
    expect(design().components).toEqual([]);
    expect(steps()).toBe(before + 1);
    expect(cutText(D, [service])).toBeNull();
  });
});

describe('parameters', () => {
  const target = { type: 'component', designId: D, id: 'service-1' } as const;

  it('makes a drag or a burst of typing one step, until the field is left', () => {
    add('service');
    const before = steps();
    for (let replicas = 2; replicas <= 50; replicas++) setParameter(target, 'replicas', replicas);
    expect(steps()).toBe(before + 1);
    expect(documentStore.getState().past.at(-1)!.patches).toHaveLength(1);
    sealHistory();
    setParameter(target, 'replicas', 51);
    expect(steps()).toBe(before + 2);
    undo();
    expect(part('service-1').params.replicas).toBe(50);
    undo();
    expect(part('service-1').params.replicas).toBe(1);
  });

  it('does not take what the declaration does not allow, nor note a change to the same value', () => {
    add('service');
    const before = steps();
    setParameter(target, 'replicas', 0);
    setParameter(target, 'replicas', 1.5);
    setParameter(target, 'unknown', 1);
    setParameter(target, 'replicas', 1);
    setParameter(target, 'serviceTime', { type: 'fit', ...(part('service-1').params.serviceTime as object) });
    expect(steps()).toBe(before);
  });

  it('goes back to the default as a step of its own', () => {
    add('service');
    setParameter(target, 'replicas', 9);
    resetParameter(target, 'replicas');
    expect(part('service-1').params.replicas).toBe(1);
    undo();
    expect(part('service-1').params.replicas).toBe(9);
  });
});

describe('history', () => {
  it('keeps names, notes, places and settings', () => {
    const service = add('service');
    const initial = project();
    renameComponent(D, service, 'Checkout');
    setComponentNote(D, service, 'why');
    moveParts(D, new Map([[service, { x: 160, y: 32 }]]));
    nudgeParts(D, [service], 16, 0);
    nudgeParts(D, [service], 16, 0);
    const note = addNote(D, at)!;
    setNoteText(D, note, 'a');
    setNoteText(D, note, 'ab');
    setSetting('seed', 7);
    setSetting('seed', -1);
    const final = project();
    expect(final.settings.seed).toBe(7);
    expect(final.view.designs[D]!.positions[service]).toEqual({ x: 192, y: 32 });
    expect(steps()).toBe(8);
    while (undo() !== undefined);
    expect(project()).toEqual({ ...initial, ...emptyProject() });
    while (redo() !== undefined);
    expect(project()).toEqual(final);
  });

  it('forgets what was undone when something else is done', () => {
    add('service');
    undo();
    add('database');
    expect(redo()).toBeUndefined();
  });

  it('knows whether the file holds what is open, also after undo', () => {
    const dirty = (): boolean => documentStore.getState().dirty;
    expect(dirty()).toBe(false);
    add('service');
    expect(dirty()).toBe(true);
    markSaved({ name: 'a.topolab' }, historyPoint());
    expect(dirty()).toBe(false);
    undo();
    expect(dirty()).toBe(true);
    redo();
    expect(dirty()).toBe(false);
    const point = historyPoint();
    add('database');
    markSaved({ name: 'a.topolab' }, point);
    expect(dirty()).toBe(true);
    openDocument(emptyProject(), null, true);
    expect(dirty()).toBe(true);
    const before = historyPoint();
    openDocument(emptyProject(), { name: 'b.topolab' });
    markSaved({ name: 'a.topolab' }, before);
    expect(dirty(), 'a save of the document before it').toBe(false);
    expect(documentStore.getState().file).toEqual({ name: 'b.topolab' });
  });
});
