import { notifications } from '@mantine/notifications';
import type { MenuAction } from '../../../src-shared/protocol/desktop-api';
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

/** Runs what an item of the desktop's menu asks for. The menu does not know what is possible now: where something is not, that is said. */
export function runMenuAction(item: MenuAction): void {
  const action = actionById(ACTION_OF[item]);
  if (action !== undefined && !action.enabled()) notifications.show({ color: 'gray', title: action.title, message: 'This is not possible at the moment.' });
  else runAction(ACTION_OF[item]);
}
