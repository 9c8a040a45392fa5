// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyProject } from '../../src-shared/project/project';
import { select, uiStore } from '../app/ui-store';
import { addComponent, renameComponent } from '../document/commands/components';
import { connect } from '../document/commands/links';
import { documentStore, openDocument, undo } from '../document/document-store';
import { applyFlowEdgeChanges, applyFlowNodeChanges, commitDrag, flowStore } from './flow-store';

const D = 'design-1';
const nodes = () => flowStore.getState().nodes;
const node = (id: string) => nodes().find((candidate) => candidate.id === id)!;
const stored = (id: string) => documentStore.getState().project.view.designs[D]!.positions[id];

beforeEach(() => {
  openDocument(emptyProject(), null);
  addComponent(D, 'service', { x: 0, y: 0 });
  addComponent(D, 'service', { x: 320, y: 0 });
  connect(D, 'service-1', 'service-2');
  select([]);
});

describe('the drawing', () => {
  it('draws again only what changed', () => {
    const before = node('service-2');
    renameComponent(D, 'service-1', 'Checkout');
    expect(node('service-2')).toBe(before);
    expect(node('service-1').ariaLabel).toBe('Checkout, Service');
    expect(flowStore.getState().edges[0]).toMatchObject({ source: 'service-1', target: 'service-2', ariaLabel: 'Link from Checkout to Service 2' });
  });

  it('keeps a drag out of the document until it ends, and makes it one step', () => {
    const steps = documentStore.getState().past.length;
    for (let x = 16; x <= 160; x += 16) applyFlowNodeChanges([{ type: 'position', id: 'service-1', position: { x, y: 32 }, dragging: true }]);
    select(['service-1']);
    // Under way it is on the screen only: the drawing, which all parts and links are drawn from, does not change.
    expect(node('service-1').position).toEqual({ x: 0, y: 0 });
    applyFlowNodeChanges([{ type: 'position', id: 'service-1', position: { x: 160, y: 32 }, dragging: false }]);
    expect(node('service-1').position).toEqual({ x: 160, y: 32 });
    expect(stored('service-1')).toEqual({ x: 0, y: 0 });
    commitDrag();
    commitDrag();
    expect(stored('service-1')).toEqual({ x: 160, y: 32 });
    expect(documentStore.getState().past.length).toBe(steps + 1);
    undo();
    expect(node('service-1').position).toEqual({ x: 0, y: 0 });
  });

  it('shares its selection with the window and drops what no longer exists', () => {
    applyFlowNodeChanges([{ type: 'select', id: 'service-2', selected: true }]);
    applyFlowEdgeChanges([{ type: 'select', id: 'link-1', selected: true }]);
    expect(uiStore.getState().selection).toEqual(['service-2', 'link-1']);
    expect(node('service-2').selected).toBe(true);
    undo();
    expect(uiStore.getState().selection).toEqual(['service-2']);
    undo();
    expect(uiStore.getState().selection).toEqual([]);
  });

  it('keeps measured sizes, which React Flow needs to draw a part at all', () => {
    applyFlowNodeChanges([{ type: 'dimensions', id: 'service-1', dimensions: { width: 200, height: 70 } }]);
    renameComponent(D, 'service-1', 'Other');
    expect(node('service-1').measured).toEqual({ width: 200, height: 70 });
  });
});
