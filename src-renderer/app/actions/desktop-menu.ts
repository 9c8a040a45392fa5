import { notifications } from '@mantine/notifications';
import { MENU_ACTIONS, type MenuAction } from '../../../src-shared/protocol/desktop-api';
import { uiStore } from '../ui-store';
import { isDialogOpen, isEditingText } from './focus';
import { actionById, runAction } from './table';

/** Which action each item of the desktop's menu stands for. */
export const ACTION_OF: Readonly<Record<MenuAction, string>> = {
  new: 'file.new',
  open: 'file.open',
  save: 'file.save',
  'save-as': 'file.saveAs',
  gallery: 'file.new',
  'export-csv': 'file.exportCsv',
  'export-json': 'file.exportJson',
  'export-png': 'file.exportPng',
  'export-svg': 'file.exportSvg',
  'export-report': 'file.report',
  'export-pdf': 'file.printReport',
  'export-series': 'file.exportSeries',
  'export-charts': 'file.exportCharts',
  'export-film': 'file.exportFilm',
  undo: 'edit.undo',
  redo: 'edit.redo',
  cut: 'edit.cut',
  copy: 'edit.copy',
  paste: 'edit.paste',
  duplicate: 'edit.duplicate',
  delete: 'edit.delete',
  'select-all': 'edit.selectAll',
  find: 'view.findPart',
  'command-palette': 'help.commands',
  'zoom-in': 'view.zoomIn',
  'zoom-out': 'view.zoomOut',
  fit: 'view.fit',
  'toggle-dock': 'view.dock',
  'toggle-palette': 'view.palette',
  'toggle-inspector': 'view.inspector',
  compare: 'view.compare',
  sweep: 'view.sweep',
  search: 'view.search',
  objectives: 'edit.objectives',
  'toggle-theme': 'view.theme',
  run: 'run.start',
  pause: 'run.pause',
  step: 'run.step',
  'step-back': 'run.stepBack',
  'leave-past': 'run.leavePast',
  pin: 'run.pin',
  stop: 'run.stop',
  help: 'help.pages',
  fidelity: 'help.fidelity',
  shortcuts: 'help.shortcuts',
  about: 'help.about',
};

/** What may be done while a dialog covers the window: nothing that changes what is behind it. */
const OVER_DIALOGS: ReadonlySet<MenuAction> = new Set(['toggle-theme', 'help', 'fidelity', 'shortcuts', 'about']);
/** What leads out of the gallery as its own buttons do. */
const OVER_GALLERY: ReadonlySet<MenuAction> = new Set(['new', 'open', 'gallery']);
/** What is about the text that is being written, wherever that is. */
const ON_TEXT: ReadonlySet<MenuAction> = new Set(['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'select-all']);

/** Items of the desktop's menu that can do now what they say. */
export function possibleItems(): readonly MenuAction[] {
  // The page is searched once for all of them: a large design makes that search dear.
  const covered = isDialogOpen();
  const { galleryOpen } = uiStore.getState();
  const editing = isEditingText();
  const isReached = (item: MenuAction): boolean =>
    !covered || OVER_DIALOGS.has(item) || (galleryOpen && OVER_GALLERY.has(item)) || (editing && ON_TEXT.has(item));
  return MENU_ACTIONS.filter((item) => isReached(item) && actionById(ACTION_OF[item])?.enabled() === true);
}

/** Pause between two looks at what is possible, in ms: shorter than the way of the mouse to a menu. */
const LOOK_EVERY_MS = 250;

/**
 * Tells which items can do nothing, whenever that changes. Actions look at many stores and at the page itself: to ask all of them now
 * and then costs less than to follow everything that they depend on. Gives a function that stops it.
 */
export function followPossible(tell: (impossible: readonly MenuAction[]) => void): () => void {
  let last: string | null = null;
  const look = (): void => {
    const possible = new Set(possibleItems());
    const impossible = MENU_ACTIONS.filter((item) => !possible.has(item));
    const text = impossible.join(' ');
    if (text === last) return;
    last = text;
    tell(impossible);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/** Runs what an item of the desktop's menu asks for; says so where it has become impossible since the menu was told. */
export function runMenuAction(item: MenuAction): void {
  if (possibleItems().includes(item)) runAction(ACTION_OF[item]);
  else notifications.show({ color: 'gray', title: actionById(ACTION_OF[item])?.title ?? '', message: 'This is not possible at the moment.' });
}
