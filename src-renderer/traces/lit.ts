import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { passedBy } from '../../src-shared/analysis/waterfall';
import type { Trace } from '../../src-shared/protocol/trace';
import { uiStore } from '../app/ui-store';
import { dockStore } from '../results/dock-store';
import { runStore } from '../run/run';
import { selectedTrace, tracesStore } from './traces-store';

interface Lit {
  /** The request whose way is lit; null: none, and everything looks as usual. */
  readonly trace: Trace | null;
  readonly componentIds: ReadonlySet<string>;
  readonly linkIds: ReadonlySet<string>;
}

const NONE: Lit = { trace: null, componentIds: new Set(), linkIds: new Set() };

/** The way of the request on display, while the page of traces is open and the canvas shows the design that ran. */
export const litStore = createStore<Lit>()(() => NONE);

function derive(): void {
  const { dockOpen, activeDesignId } = uiStore.getState();
  const visible = dockOpen && dockStore.getState().tab === 'traces' && runStore.getState().designId === activeDesignId;
  const trace = visible ? selectedTrace(tracesStore.getState()) : null;
  if (trace !== litStore.getState().trace) litStore.setState(trace === null ? NONE : { trace, ...passedBy(trace) });
}

tracesStore.subscribe(derive);
dockStore.subscribe(derive);
uiStore.subscribe((state, before) => {
  if (state.dockOpen !== before.dockOpen || state.activeDesignId !== before.activeDesignId) derive();
});

/** Whether a part or link is on the way that is lit; undefined: no way is. */
export function useLit(id: string, what: 'componentIds' | 'linkIds'): 'on' | 'off' | undefined {
  return useStore(litStore, (lit) => (lit.trace === null ? undefined : lit[what].has(id) ? 'on' : 'off'));
}
