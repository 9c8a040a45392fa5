import { applyEdgeChanges, applyNodeChanges, type Edge, type EdgeChange, type Node, type NodeChange } from '@xyflow/react';
import { createStore } from 'zustand/vanilla';
import { kindOf } from '../../src-shared/kinds/registry';
import { isForward, isTelemetry } from '../../src-shared/project/connection';
import type { Component, Design, DesignView, Link, Note } from '../../src-shared/project/project';
import { activeDesign, select, uiStore } from '../app/ui-store';
import { moveParts } from '../document/commands/move';
import { documentStore } from '../document/document-store';
import { fallbackPosition, type Point } from '../document/records';
import { endMove, moveOnScreen } from './drag';

type Stored = DesignView['positions'][string] | undefined;
export type PartNode = Node<{ readonly component: Component; readonly designId: string; readonly stored: Stored }, 'part'>;
export type NoteNode = Node<{ readonly note: Note; readonly designId: string; readonly stored: Stored }, 'note'>;
export type CanvasNode = PartNode | NoteNode;
export type LinkEdge = Edge<{ readonly link: Link; readonly designId: string; readonly forward: boolean; readonly telemetry: boolean }, 'link'>;

interface FlowState {
  readonly nodes: CanvasNode[];
  readonly edges: LinkEdge[];
}

/** What React Flow draws: derived from the records of the active design, plus what only the drawing knows (measured sizes, a drag under way). Never saved. */
export const flowStore = createStore<FlowState>()(() => ({ nodes: [], edges: [] }));

function position(stored: Stored, index: number): Point {
  return stored === undefined ? fallbackPosition(index) : { x: stored.x, y: stored.y };
}

function partLabel(component: Component): string {
  return `${component.name}, ${kindOf(component.kind)?.title ?? component.kind}`;
}

/** Nodes for a design. A node whose record, place and selection are unchanged keeps its identity, so that only what changed is drawn again. */
function deriveNodes(design: Design, view: DesignView | undefined, selected: ReadonlySet<string>, before: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const nodes: CanvasNode[] = [];
  for (const [index, note] of design.notes.entries()) {
    const stored = view?.positions[note.id];
    const old = known.get(note.id);
    const isSelected = selected.has(note.id);
    if (old?.type === 'note' && old.data.note === note && old.data.stored === stored && old.selected === isSelected && old.data.designId === design.id) {
      nodes.push(old);
      continue;
    }
    const kept = old?.type === 'note' && old.data.designId === design.id ? old : undefined;
    const place =
      kept !== undefined && kept.data.stored === stored
        ? { position: kept.position, width: kept.width, height: kept.height }
        : { position: position(stored, index), width: stored?.width, height: stored?.height };
    nodes.push({
      ...kept,
      ...place,
      id: note.id,
      type: 'note',
      data: { note, designId: design.id, stored },
      selected: isSelected,
      ariaLabel: 'Note',
      zIndex: -1,
    });
  }
  for (const [index, component] of design.components.entries()) {
    const stored = view?.positions[component.id];
    const old = known.get(component.id);
    const isSelected = selected.has(component.id);
    if (
      old?.type === 'part' &&
      old.data.component === component &&
      old.data.stored === stored &&
      old.selected === isSelected &&
      old.data.designId === design.id
    ) {
      nodes.push(old);
      continue;
    }
    const kept = old?.type === 'part' && old.data.designId === design.id ? old : undefined;
    nodes.push({
      ...kept,
      id: component.id,
      type: 'part',
      position: kept !== undefined && kept.data.stored === stored ? kept.position : position(stored, index),
      data: { component, designId: design.id, stored },
      selected: isSelected,
      ariaLabel: partLabel(component),
    });
  }
  return nodes;
}

function deriveEdges(design: Design, selected: ReadonlySet<string>, before: readonly LinkEdge[]): LinkEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const names = new Map(design.components.map((component) => [component.id, component.name]));
  return design.links.map((link) => {
    const old = known.get(link.id);
    const isSelected = selected.has(link.id);
    const forward = isForward(design, link);
    const telemetry = isTelemetry(design, link);
    const ariaLabel = `Link from ${names.get(link.from) ?? link.from} to ${names.get(link.to) ?? link.to}`;
    if (
      old?.data?.link === link &&
      old.data.forward === forward &&
      old.data.telemetry === telemetry &&
      old.selected === isSelected &&
      old.ariaLabel === ariaLabel &&
      old.data.designId === design.id
    )
      return old;
    return {
      id: link.id,
      type: 'link',
      source: link.from,
      target: link.to,
      data: { link, designId: design.id, forward, telemetry },
      selected: isSelected,
      ariaLabel,
    };
  });
}

/** Brings the drawing in step with the document and the selection. */
function derive(): void {
  const design = activeDesign();
  if (design === undefined) return;
  const { nodes, edges } = flowStore.getState();
  const selected = new Set(uiStore.getState().selection);
  flowStore.setState({
    nodes: deriveNodes(design, documentStore.getState().project.view.designs[design.id], selected, nodes),
    edges: deriveEdges(design, selected, edges),
  });
}

documentStore.subscribe((state, before) => {
  if (state.project !== before.project) derive();
});
uiStore.subscribe((state, before) => {
  if (state.selection !== before.selection || state.activeDesignId !== before.activeDesignId) derive();
});
derive();

function changeSelection(changes: readonly { readonly type: string; readonly id?: string; readonly selected?: boolean }[]): void {
  const selection = new Set(uiStore.getState().selection);
  let touched = false;
  for (const change of changes) {
    if (change.type !== 'select' || change.id === undefined) continue;
    touched = true;
    if (change.selected === true) selection.add(change.id);
    else selection.delete(change.id);
  }
  if (touched) select([...selection]);
}

/**
 * Takes what React Flow reports of nodes: sizes stay in the drawing, selection goes to the window's state. A drag is shown on the
 * screen alone while it goes on, and enters the drawing with its end.
 */
export function applyFlowNodeChanges(changes: NodeChange<CanvasNode>[]): void {
  const underWay = new Map<string, Point>();
  const drawn: NodeChange<CanvasNode>[] = [];
  for (const change of changes) {
    if (change.type === 'position' && change.dragging === true && change.position !== undefined) underWay.set(change.id, change.position);
    else if (change.type === 'position' || change.type === 'dimensions') drawn.push(change);
  }
  if (underWay.size > 0) moveOnScreen(flowStore.getState(), underWay);
  if (drawn.some((change) => change.type === 'position')) endMove();
  if (drawn.length > 0) flowStore.setState({ nodes: applyNodeChanges(drawn, flowStore.getState().nodes) });
  changeSelection(changes);
}

/** Takes what React Flow reports of edges. */
export function applyFlowEdgeChanges(changes: EdgeChange<LinkEdge>[]): void {
  const drawn = changes.filter((change) => change.type !== 'select' && change.type !== 'remove' && change.type !== 'add');
  if (drawn.length > 0) flowStore.setState({ edges: applyEdgeChanges(drawn, flowStore.getState().edges) });
  changeSelection(changes);
}

/** Writes the outcome of a drag into the document: one step for all that moved. */
export function commitDrag(): void {
  const design = activeDesign();
  if (design === undefined) return;
  const moved = new Map<string, Point>();
  for (const node of flowStore.getState().nodes) {
    const { stored } = node.data;
    if (stored === undefined || stored.x !== node.position.x || stored.y !== node.position.y) moved.set(node.id, { x: node.position.x, y: node.position.y });
  }
  if (moved.size > 0) moveParts(design.id, moved);
}
