import type { MenuAction } from '../../../src-shared/protocol/desktop-api';
import { runAction } from './table';

/** Which action each item of the desktop's menu stands for. */
const ACTION_OF: Readonly<Record<MenuAction, string>> = {
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
  'toggle-theme': 'view.theme',
  run: 'run.start',
  pause: 'run.pause',
  step: 'run.step',
  stop: 'run.stop',
  help: 'help.pages',
  shortcuts: 'help.shortcuts',
  about: 'help.about',
};

/** Runs what an item of the desktop's menu asks for. */
export function runMenuAction(item: MenuAction): void {
  runAction(ACTION_OF[item]);
}
