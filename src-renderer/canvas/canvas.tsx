import {
  Background,
  BackgroundVariant,
  Controls,
  type FinalConnectionState,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStore as useFlowStore,
} from '@xyflow/react';
import { type DragEvent, memo, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { kindOf } from '../../src-shared/kinds/registry';
import { connectParts, reconnectLink } from '../app/actions/connecting';
import { KindIcon } from '../app/kind-icon';
import { select, uiStore, useUi } from '../app/ui-store';
import { addComponent } from '../document/commands/components';
import { GRID } from '../document/commands/move';
import { addNote } from '../document/commands/notes';
import { useDocument } from '../document/document-store';
import type { Point } from '../document/records';
import { TraceLayer } from '../traces/trace-layer';
import classes from './canvas.module.css';
import { attachCanvas, FIT, rememberViewport, snap, toCanvas } from './canvas-api';
import { CanvasMenu, type CanvasMenuPlace } from './canvas-menu';
import { ConnectionLine, hoverStore, refusalBetween } from './connection-line';
import { distanceAt, setDistance, useDistance } from './distance';
import { applyFlowEdgeChanges, applyFlowNodeChanges, type CanvasNode, commitDrag, flowStore, type LinkEdge as LinkEdgeType } from './flow-store';
import { LabelLayer } from './label-layer';
import { LinkEdge, LinkMarkers } from './link-edge';
import { LinkMap } from './link-map';
import { NoteNode } from './note-node';
import { PartNode } from './part-node';
import { useInView } from './use-in-view';

/** Type under which the palette drags a kind. */
export const KIND_MIME = 'application/x-topolab-kind';

const NODE_TYPES = { part: PartNode, note: NoteNode };
const EDGE_TYPES = { link: LinkEdge };
/** Where a dropped part hangs from the pointer: by its head. */
const GRIP = { x: 64, y: 28 };
/** Above this many parts only the visible ones are drawn; below it, drawing all makes panning smoother. */
const CULL_ABOVE = 600;

function placeAt(designId: string, kindId: string, pointer: Point): void {
  const at = snap({ x: pointer.x - GRIP.x, y: pointer.y - GRIP.y }, GRID);
  if (kindId === 'note') {
    const id = addNote(designId, at);
    if (id !== undefined) {
      select([id]);
      uiStore.setState({ editingId: id });
    }
    return;
  }
  const id = addComponent(designId, kindId, at);
  if (id !== undefined) select([id]);
}

function nodeUnder(event: MouseEvent | TouchEvent): string | null {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  if (point === undefined) return null;
  const element = document.elementFromPoint(point.clientX, point.clientY)?.closest<HTMLElement>('.react-flow__node');
  return element?.dataset.id ?? null;
}

/** Ends the drawing of a link: on a handle or anywhere on a part. */
function endConnection(designId: string, event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
  const { fromNode, fromHandle, toNode } = state;
  hoverStore.setState({ nodeId: null });
  if (fromNode === null || fromHandle === null) return;
  const under = nodeUnder(event);
  const target = toNode?.id ?? (under === fromNode.id ? null : under);
  if (target === null || !flowStore.getState().nodes.some((node) => node.id === target && node.type === 'part')) return;
  const [from, to] = fromHandle.type === 'source' ? [fromNode.id, target] : [target, fromNode.id];
  // A refusal has been read at the pointer already.
  if (refusalBetween(from, true, to) === null) connectParts(designId, from, to);
}

/** Tells parts and style sheet how much can be read at the zoom of the canvas. */
function Distance({ children }: { readonly children: ReactNode }) {
  const distance = useFlowStore((state) => distanceAt(state.transform[2]));
  useEffect(() => setDistance(distance), [distance]);
  const shown = useDistance();
  useInView();
  return (
    <div className={classes.distance} data-far={shown !== 'near' || undefined} data-map={shown === 'map' || undefined}>
      {children}
    </div>
  );
}

/** What follows the pointer while a part picked in the palette waits for its place. */
function Ghost({ kindId, at }: { readonly kindId: string; readonly at: Point }) {
  const kind = kindOf(kindId);
  return (
    <div className={classes.ghost} style={{ left: at.x, top: at.y }} aria-hidden="true">
      {kind !== undefined && <KindIcon look={kind.look} size={22} />}
      {kind?.title ?? 'Note'}
    </div>
  );
}

interface FlowProps {
  readonly designId: string;
  readonly onMenu: (place: CanvasMenuPlace) => void;
}

/** The drawing itself; made anew for each design, so that each keeps its own view. */
const Flow = memo(function Flow({ designId, onMenu }: FlowProps) {
  const nodes = useStore(flowStore, (state) => state.nodes);
  const edges = useStore(flowStore, (state) => state.edges);
  const placing = useUi((state) => state.placing !== null);
  // An empty canvas has nothing to fit: without a place of its own it would jump at the first part.
  const [viewport] = useState(() => uiStore.getState().viewports[designId] ?? (nodes.length === 0 ? { x: 0, y: 0, zoom: 1 } : undefined));
  return (
    <ReactFlow<CanvasNode, LinkEdgeType>
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      className={placing ? (classes.placing ?? '') : ''}
      onInit={(instance) => attachCanvas(instance, document.querySelector<HTMLElement>('[data-canvas]'))}
      {...(viewport === undefined ? { fitView: true, fitViewOptions: FIT } : { defaultViewport: viewport })}
      minZoom={0.05}
      maxZoom={2.5}
      snapToGrid
      snapGrid={[GRID, GRID]}
      onlyRenderVisibleElements={nodes.length > CULL_ABOVE}
      nodeDragThreshold={3}
      connectOnClick={false}
      connectionRadius={26}
      connectionLineComponent={ConnectionLine}
      isValidConnection={({ source, target }) => refusalBetween(source, true, target) === null}
      onConnectEnd={(event, state) => endConnection(designId, event, state)}
      edgesReconnectable
      reconnectRadius={8}
      onReconnect={(edge, { source, target }) => reconnectLink(designId, edge.id, source, target)}
      onNodesChange={applyFlowNodeChanges}
      onEdgesChange={applyFlowEdgeChanges}
      onNodeDragStop={commitDrag}
      onSelectionDragStop={commitDrag}
      onNodeMouseEnter={(_event, node) => hoverStore.setState({ nodeId: node.type === 'part' ? node.id : null })}
      onNodeMouseLeave={() => hoverStore.setState({ nodeId: null })}
      onNodeDoubleClick={(_event, node) => uiStore.setState({ editingId: node.id })}
      onNodeContextMenu={(event, node) => {
        event.preventDefault();
        if (!uiStore.getState().selection.includes(node.id)) select([node.id]);
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onEdgeContextMenu={(event, edge) => {
        event.preventDefault();
        if (!uiStore.getState().selection.includes(edge.id)) select([edge.id]);
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onSelectionContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onPaneContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      onPaneClick={(event) => {
        const { placing: kindId } = uiStore.getState();
        if (kindId === null) return;
        uiStore.setState({ placing: null });
        placeAt(designId, kindId, toCanvas({ x: event.clientX, y: event.clientY }));
      }}
      onMoveEnd={(_event, moved) => rememberViewport(designId, moved)}
      deleteKeyCode={null}
      selectionKeyCode="Shift"
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      panActivationKeyCode="Space"
      selectionMode={SelectionMode.Partial}
      panOnDrag={[0, 1]}
      zoomOnDoubleClick={false}
      disableKeyboardA11y
      autoPanOnNodeFocus={false}
      elevateNodesOnSelect
      attributionPosition="top-right"
      aria-label="Canvas"
    >
      <Background variant={BackgroundVariant.Dots} gap={GRID * 2} size={2.2} color="var(--tl-dot)" />
      <Controls showInteractive={false} position="bottom-left" aria-label="View of the canvas" />
      <LinkMap />
      <LabelLayer />
      <TraceLayer />
      <Overview />
    </ReactFlow>
  );
});

/** The overview of the whole design; of use only while something is out of sight. */
function Overview() {
  const needed = useFlowStore((state) => {
    const [x, y, zoom] = state.transform;
    for (const node of state.nodes) {
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const right = left + (node.measured?.width ?? 0) * zoom;
      const bottom = top + (node.measured?.height ?? 0) * zoom;
      if (left < 0 || top < 0 || right > state.width || bottom > state.height) return true;
    }
    return state.nodes.length > 24;
  });
  if (!needed) return null;
  return (
    <MiniMap
      pannable
      zoomable
      position="bottom-right"
      ariaLabel="Overview"
      className={classes.map ?? ''}
      style={{ width: 138, height: 92 }}
      nodeColor={miniColor}
      nodeBorderRadius={12}
      maskColor="color-mix(in srgb, var(--tl-canvas) 65%, transparent)"
    />
  );
}

function miniColor(node: CanvasNode): string {
  if (node.type === 'note') return 'var(--tl-strained-soft)';
  const kind = kindOf(node.data.component.kind);
  return kind === undefined ? 'var(--tl-edge)' : `var(--tl-${kind.look.accent})`;
}

function EmptyHint() {
  const empty = useStore(flowStore, (state) => state.nodes.length === 0);
  const placing = useUi((state) => state.placing !== null);
  if (!empty || placing) return null;
  return (
    <div className={classes.empty}>
      <b>Nothing here yet</b>
      <span>Drag parts in from the palette, or click one and then the canvas.</span>
      <span>Pull from the dot at a part’s right edge to another part to connect them.</span>
    </div>
  );
}

/** The canvas: draws the active design and takes what is dropped on it. */
export function Canvas() {
  const designId = useUi((state) => state.activeDesignId);
  const documentNumber = useDocument((state) => state.documentNumber);
  const placing = useUi((state) => state.placing);
  const surface = useRef<HTMLElement>(null);
  const [menu, setMenu] = useState<CanvasMenuPlace | null>(null);
  const [pointer, setPointer] = useState<Point | null>(null);
  useEffect(() => {
    attachCanvas(null, surface.current);
    return () => attachCanvas(null, null);
  }, []);

  const trackPointer = (event: PointerEvent<HTMLElement>): void => {
    if (placing === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    setPointer({ x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const allowDrop = (event: DragEvent<HTMLElement>): void => {
    if (!event.dataTransfer.types.includes(KIND_MIME)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent<HTMLElement>): void => {
    const kindId = event.dataTransfer.getData(KIND_MIME);
    if (kindId === '') return;
    event.preventDefault();
    placeAt(designId, kindId, toCanvas({ x: event.clientX, y: event.clientY }));
  };
  return (
    <section
      ref={surface}
      className={classes.canvas}
      data-canvas
      data-testid="canvas"
      aria-label="Design"
      onPointerMove={trackPointer}
      onPointerLeave={() => setPointer(null)}
      onDragOver={allowDrop}
      onDrop={drop}
      onFocus={(event) => {
        // Walking over the parts with the Tab key selects them, so that the inspector and all commands follow.
        const { target } = event;
        const id = target.matches('.react-flow__node, .react-flow__edge') && target.matches(':focus-visible') ? target.dataset.id : undefined;
        if (id !== undefined && !uiStore.getState().selection.includes(id)) select([id]);
      }}
    >
      <ReactFlowProvider key={`${documentNumber}/${designId}`}>
        <LinkMarkers />
        <Distance>
          <Flow designId={designId} onMenu={setMenu} />
        </Distance>
      </ReactFlowProvider>
      <EmptyHint />
      {placing !== null && pointer !== null && <Ghost kindId={placing} at={pointer} />}
      {placing !== null && <div className={classes.hint}>Click where it shall stand. Escape cancels.</div>}
      <CanvasMenu place={menu} onClose={() => setMenu(null)} />
    </section>
  );
}
