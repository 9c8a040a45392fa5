import { notifications } from '@mantine/notifications';
import { describeParseFailure } from '../../../src-shared/project/parse-failure';
import { canvasCentre, snap } from '../../canvas/canvas-api';
import { copyText, cutText, type PasteFailure, pasteText } from '../../document/commands/clipboard';
import { GRID } from '../../document/commands/move';
import { activeDesign, select, uiStore } from '../ui-store';
import { isDialogOpen, isEditingText } from './focus';

/** What was copied last in this window, for when the system's clipboard may not be read without a key press. */
let lastCopy: string | null = null;

function tellPasteFailed(message: string): void {
  notifications.show({ color: 'red', title: 'Nothing pasted', message });
}

function paste(text: string, fromMenu = false): void {
  const design = activeDesign();
  if (design === undefined) return;
  if (text.trim() === '') {
    if (fromMenu) tellPasteFailed('The clipboard is empty. Copy parts first.');
    return;
  }
  if (!text.trimStart().startsWith('{')) {
    tellPasteFailed('The clipboard holds other text. Copy parts of a design first.');
    return;
  }
  // Where the view has been moved away from what was copied, the middle of the view is meant.
  const result = pasteText(design.id, text, design.components.length === 0 ? snap({ x: canvasCentre().x - 100, y: canvasCentre().y - 60 }, GRID) : undefined);
  if (result.ok) {
    select(result.value);
    return;
  }
  tellPasteFailed(describePasteFailure(result.error));
}

function describePasteFailure(failure: PasteFailure): string {
  switch (failure.kind) {
    case 'empty':
      return 'The clipboard holds a project without parts.';
    case 'too-many':
      return 'The design would hold more parts than a design can.';
    case 'unreadable':
      return describeParseFailure(failure.failure);
  }
}

/** Copies the selection from a menu. */
export async function copySelection(): Promise<void> {
  if (isEditingText()) {
    document.execCommand('copy');
    return;
  }
  const text = copyText(activeDesign()?.id ?? '', uiStore.getState().selection);
  if (text !== null) await keep(text);
}

/** Cuts the selection from a menu. */
export async function cutSelection(): Promise<void> {
  if (isEditingText()) {
    document.execCommand('cut');
    return;
  }
  const text = cutText(activeDesign()?.id ?? '', uiStore.getState().selection);
  if (text !== null) await keep(text);
}

async function keep(text: string): Promise<void> {
  lastCopy = text;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without leave for the system's clipboard the copy still pastes within this window.
  }
}

/** Pastes from a menu, where the system allows reading its clipboard; else what was copied last in this window. */
export async function pasteFromClipboard(): Promise<void> {
  if (isEditingText()) {
    document.execCommand('paste');
    return;
  }
  let text: string | null = null;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    text = lastCopy;
  }
  paste(text ?? lastCopy ?? '', true);
}

/** Whether a clipboard event is about the design and not about text in a field, a dialog or a table. */
function concernsDesign(): boolean {
  return !isEditingText() && !isDialogOpen() && (document.getSelection()?.toString() ?? '') === '';
}

/** Answers the system's copy, cut and paste, which need no permission because a key press of the user stands behind them. */
export function listenToClipboard(): () => void {
  const put = (event: ClipboardEvent, text: string | null): void => {
    if (text === null) return;
    lastCopy = text;
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (concernsDesign()) put(event, copyText(activeDesign()?.id ?? '', uiStore.getState().selection));
  };
  const onCut = (event: ClipboardEvent): void => {
    if (concernsDesign()) put(event, cutText(activeDesign()?.id ?? '', uiStore.getState().selection));
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (isEditingText() || isDialogOpen()) return;
    event.preventDefault();
    paste(event.clipboardData?.getData('text/plain') ?? '');
  };
  document.addEventListener('copy', onCopy);
  document.addEventListener('cut', onCut);
  document.addEventListener('paste', onPaste);
  return () => {
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('cut', onCut);
    document.removeEventListener('paste', onPaste);
  };
}
