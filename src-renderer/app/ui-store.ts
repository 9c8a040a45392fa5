import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Design } from '../../src-shared/project/project';
import type { StepUnit } from '../../src-shared/protocol/messages';
import { documentStore } from '../document/document-store';
import { designOf } from '../document/records';

export type InspectorTab = 'parameters' | 'live' | 'notes' | 'manual';

/** What belongs to the view and never to the document: nothing here is undone, and nothing makes the file unsaved. */
export interface UiState {
  readonly activeDesignId: string;
  /** Ids of the selected components, links and notes of the active design. */
  readonly selection: readonly string[];
  /** Id of the part whose name, or of the note whose text, is being edited on the canvas. */
  readonly editingId: string | null;
  /** Kind picked in the palette that the next click on the canvas places. */
  readonly placing: string | null;
  /** Where each design was last looked at; goes into the file when it is saved. */
  readonly viewports: Readonly<Record<string, { readonly x: number; readonly y: number; readonly zoom: number }>>;
  readonly inspectorTab: InspectorTab;
  /** What one press of Step, and of Step back, executes. */
  readonly stepUnit: StepUnit;
  readonly paletteOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly dockOpen: boolean;
  readonly dockHeight: number;
  readonly galleryOpen: boolean;
  readonly shortcutsOpen: boolean;
  readonly aboutOpen: boolean;
  readonly machinesOpen: boolean;
  /** Fault whose form is open. */
  readonly editingFaultId: string | null;
  /** Component for which a partner is being chosen in the connect dialog. */
  readonly connectingFrom: string | null;
}

const LAYOUT_KEY = 'topolab.layout';

/** Layout of the panels from the last visit; anything unreadable counts as none. */
function storedLayout(): Partial<Pick<UiState, 'paletteOpen' | 'inspectorOpen' | 'dockOpen' | 'dockHeight'>> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(LAYOUT_KEY) ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    const record = parsed as Record<string, unknown>;
    return {
      ...(typeof record.paletteOpen === 'boolean' && { paletteOpen: record.paletteOpen }),
      ...(typeof record.inspectorOpen === 'boolean' && { inspectorOpen: record.inspectorOpen }),
      ...(typeof record.dockOpen === 'boolean' && { dockOpen: record.dockOpen }),
      ...(typeof record.dockHeight === 'number' && Number.isFinite(record.dockHeight) && { dockHeight: record.dockHeight }),
    };
  } catch {
    return {};
  }
}

/** State of the window: which design is shown, what is selected, which panels are open. */
export const uiStore = createStore<UiState>()(() => ({
  activeDesignId: documentStore.getState().project.designs[0]?.id ?? '',
  selection: [],
  editingId: null,
  placing: null,
  viewports: {},
  inspectorTab: 'parameters',
  stepUnit: 'request',
  paletteOpen: true,
  inspectorOpen: true,
  dockOpen: true,
  dockHeight: 250,
  galleryOpen: false,
  shortcutsOpen: false,
  aboutOpen: false,
  machinesOpen: false,
  editingFaultId: null,
  connectingFrom: null,
  ...storedLayout(),
}));

/** Selects from the window's state in a component. */
export function useUi<T>(selector: (state: UiState) => T): T {
  return useStore(uiStore, selector);
}

uiStore.subscribe((state, before) => {
  const { paletteOpen, inspectorOpen, dockOpen, dockHeight } = state;
  if (paletteOpen === before.paletteOpen && inspectorOpen === before.inspectorOpen && dockOpen === before.dockOpen && dockHeight === before.dockHeight) return;
  try {
    localStorage.setItem(LAYOUT_KEY, JSON.stringify({ paletteOpen, inspectorOpen, dockOpen, dockHeight }));
  } catch {
    // A full or forbidden storage costs the remembered layout, nothing else.
  }
});

// Keeps what the window points at in step with the document: a deleted design is no longer shown, a deleted part no longer selected.
documentStore.subscribe((state, before) => {
  if (state.project === before.project) return;
  const ui = uiStore.getState();
  if (state.documentNumber !== before.documentNumber) {
    const viewports = Object.fromEntries(
      Object.entries(state.project.view.designs).flatMap(([id, view]) => (view.viewport === undefined ? [] : [[id, view.viewport]])),
    );
    uiStore.setState({
      activeDesignId: state.project.designs[0]?.id ?? '',
      selection: [],
      editingId: null,
      placing: null,
      connectingFrom: null,
      editingFaultId: null,
      viewports,
    });
    return;
  }
  const design = designOf(state.project, ui.activeDesignId);
  if (design === undefined) {
    uiStore.setState({
      activeDesignId: state.project.designs[0]?.id ?? '',
      selection: [],
      editingId: null,
      connectingFrom: null,
      editingFaultId: null,
    });
    return;
  }
  if (design === designOf(before.project, ui.activeDesignId)) return;
  const exists = (id: string): boolean =>
    design.components.some((part) => part.id === id) || design.links.some((link) => link.id === id) || design.notes.some((note) => note.id === id);
  const selection = ui.selection.filter(exists);
  if (selection.length !== ui.selection.length) uiStore.setState({ selection });
  if (ui.editingId !== null && !exists(ui.editingId)) uiStore.setState({ editingId: null });
  if (ui.editingFaultId !== null && !design.faults.some((fault) => fault.id === ui.editingFaultId)) uiStore.setState({ editingFaultId: null });
});

/** The design that the window shows. */
export function activeDesign(): Design | undefined {
  return designOf(documentStore.getState().project, uiStore.getState().activeDesignId);
}

/** The design that the window shows, for a component. */
export function useActiveDesign(): Design | undefined {
  const id = useUi((state) => state.activeDesignId);
  return useStore(documentStore, (state) => designOf(state.project, id));
}

/** Selects these records and nothing else. */
export function select(ids: readonly string[]): void {
  const { selection } = uiStore.getState();
  if (selection.length === ids.length && ids.every((id, index) => selection[index] === id)) return;
  uiStore.setState({ selection: ids });
}

/** Shows another design. */
export function showDesign(designId: string): void {
  if (uiStore.getState().activeDesignId !== designId)
    uiStore.setState({ activeDesignId: designId, selection: [], editingId: null, connectingFrom: null, editingFaultId: null });
}
