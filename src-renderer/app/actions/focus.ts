/** Whether the keyboard writes into a text at the moment. */
export function isEditingText(element: Element | null = document.activeElement): boolean {
  if (element === null) return false;
  if (element instanceof HTMLTextAreaElement) return !element.readOnly;
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range', 'color', 'file', 'submit', 'reset'].includes(element.type);
  return element instanceof HTMLElement && element.isContentEditable;
}

/** Whether a dialog covers the window; then its own keys count and no shortcut does. */
export function isDialogOpen(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}

/** Whether the canvas, or nothing in particular, has the focus: the keys that buttons need are free. */
export function isCanvasFocused(element: Element | null = document.activeElement): boolean {
  if (element === null || element === document.body) return true;
  return element.closest('[data-canvas]') !== null && element.closest('button, a, [role="menu"]') === null;
}
