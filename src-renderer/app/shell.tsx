import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { Canvas } from '../canvas/canvas';
import { Inspector } from '../inspector/inspector';
import { Palette } from '../palette/palette';
import { Dock } from '../results/dock';
import { PastBanner } from '../time-travel/past-banner';
import { TimeBar } from '../time-travel/time-bar';
import { DesignTabs } from './design-tabs';
import classes from './shell.module.css';
import { StatusBar } from './status-bar';
import { TopBar } from './top-bar';
import { uiStore, useUi } from './ui-store';

const LEAST_DOCK = 120;
/** What has to stay visible of the canvas above the dock. */
const LEAST_CANVAS = 200;

function setDockHeight(height: number): void {
  const most = Math.max(LEAST_DOCK, window.innerHeight - LEAST_CANVAS - 74);
  uiStore.setState({ dockHeight: Math.round(Math.min(most, Math.max(LEAST_DOCK, height))) });
}

/** The upper edge of the dock, which can be dragged, or moved with the arrow keys. */
function DockEdge() {
  const height = useUi((state) => state.dockHeight);
  const start = useRef<{ readonly y: number; readonly height: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { y: event.clientY, height };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    setDockHeight(height + (event.key === 'ArrowUp' ? 24 : -24));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      className={classes.edge}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the lower panel"
      aria-valuenow={height}
      aria-valuemin={LEAST_DOCK}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (start.current !== null) setDockHeight(start.current.height + start.current.y - event.clientY);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onDoubleClick={() => setDockHeight(250)}
      onKeyDown={onKeyDown}
    />
  );
}

/** Lays out the window: bars above and below, palette, designs with their canvas, and inspector between them, the dock under the canvas. */
export function Shell() {
  const paletteOpen = useUi((state) => state.paletteOpen);
  const inspectorOpen = useUi((state) => state.inspectorOpen);
  const dockOpen = useUi((state) => state.dockOpen);
  const dockHeight = useUi((state) => state.dockHeight);
  return (
    <div className={classes.shell} data-palette={paletteOpen} data-inspector={inspectorOpen}>
      <section className={classes.top} aria-label="File and run" data-pane="top">
        <TopBar />
      </section>
      {paletteOpen && (
        <aside className={classes.left} aria-label="Parts" data-pane="palette">
          <Palette />
        </aside>
      )}
      <main className={classes.centre}>
        <DesignTabs />
        <div className={classes.canvas} data-pane="canvas">
          <Canvas />
          <PastBanner />
        </div>
      </main>
      {inspectorOpen && (
        <aside className={classes.right} aria-label="Inspector" data-pane="inspector">
          <Inspector />
        </aside>
      )}
      <div className={classes.time} data-pane="time">
        <TimeBar />
      </div>
      {dockOpen && (
        <section className={classes.bottom} aria-label="Results" data-pane="results" style={{ height: `min(${dockHeight}px, 100vh - ${LEAST_CANVAS + 74}px)` }}>
          <DockEdge />
          <div className={classes.dock}>
            <Dock />
          </div>
        </section>
      )}
      <footer className={classes.status} data-pane="status">
        <StatusBar />
      </footer>
    </div>
  );
}
