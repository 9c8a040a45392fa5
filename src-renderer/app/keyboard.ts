import type { Action } from './actions/action';
import { isCanvasFocused, isDialogOpen, isEditingText } from './actions/focus';
import { matchesShortcut } from './actions/shortcut';
import { ACTIONS } from './actions/table';

function allowedHere(action: Action): boolean {
  switch (action.scope) {
    case 'anywhere':
      return true;
    case 'window':
      return !isEditingText();
    case 'canvas':
      return !isEditingText() && isCanvasFocused();
    case 'native':
      return false;
  }
}

/** Space pans while it is held and dragged with, and plays or pauses when it is only pressed. */
const SPACE_ACTION = 'run.toggle';
/** A longer press of Space meant to pan, even where nothing was dragged in the end. */
const TAP_MS = 400;

/** Keys that move within a row of tabs. */
const TAB_KEYS = /^(?:Arrow|Home$|End$|Enter$)/;

/** Whether a key press is for the widget that has the focus: menus and lists also search by letters, rows of tabs only move. */
function belongsToWidget(event: KeyboardEvent): boolean {
  const target = event.target as Element | null;
  if (target?.closest?.('[role="menu"], [role="listbox"], [role="combobox"]') != null) return true;
  return TAB_KEYS.test(event.key) && target?.closest?.('[role="tablist"]') != null;
}

/** Answers key presses from the action table. Gives a function that stops it. */
export function listenToKeys(): () => void {
  let spaceDownAt: number | null = null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || isDialogOpen()) return;
    if (event.key === ' ') {
      if (isEditingText() || !isCanvasFocused()) return;
      event.preventDefault();
      if (!event.repeat) spaceDownAt = event.timeStamp;
      return;
    }
    const action = ACTIONS.find((candidate) => candidate.shortcuts.some((shortcut) => matchesShortcut(event, shortcut)) && allowedHere(candidate));
    if (action === undefined) return;
    if (!event.ctrlKey && !event.metaKey && belongsToWidget(event)) return;
    event.preventDefault();
    if (action.enabled()) action.run();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || spaceDownAt === null) return;
    const isTap = event.timeStamp - spaceDownAt < TAP_MS;
    spaceDownAt = null;
    const action = ACTIONS.find((candidate) => candidate.id === SPACE_ACTION);
    if (isTap && action?.enabled() === true) action.run();
  };
  const onPointerDown = (): void => {
    spaceDownAt = null;
  };
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('pointerdown', onPointerDown, true);
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('pointerdown', onPointerDown, true);
  };
}
