import { adviceActions } from '../../advice/advice-actions';
import { reportActions } from '../../report/report-actions';
import { dockActions } from '../../results/dock-actions';
import { traceActions } from '../../traces/trace-actions';
import type { Action } from './action';
import { editActions } from './edit-actions';
import { faultActions } from './fault-actions';
import { fileActions } from './file-actions';
import { insertActions } from './insert-actions';
import { runActions } from './run-actions';
import { viewActions } from './view-actions';

/** Everything that can be done: the one table that keyboard, menus, command palette, shortcut sheet and desktop menu read. */
export const ACTIONS: readonly Action[] = [
  ...fileActions,
  ...reportActions,
  ...editActions,
  ...insertActions,
  ...faultActions,
  ...runActions,
  ...traceActions,
  ...adviceActions,
  ...dockActions,
  ...viewActions,
];

const byId = new Map(ACTIONS.map((action) => [action.id, action]));

/** The action with this id, or undefined. */
export function actionById(id: string): Action | undefined {
  return byId.get(id);
}

/** Does what an action is for, if it is possible now. */
export function runAction(id: string): void {
  const action = byId.get(id);
  if (action?.enabled() === true) action.run();
}
