import { isCanvasFocused } from './actions/focus';
import { stopsIn } from './tab-stops';

/** Names of the panels of the window, in the order in which the keys go through them. */
export type Pane = 'top' | 'palette' | 'canvas' | 'inspector' | 'time' | 'results' | 'status';

/** Where the keyboard begins in a panel: at the tab that is open, or at the first thing in it. */
function enter(pane: HTMLElement): boolean {
  const start = pane.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ?? stopsIn(pane)[0];
  start?.focus();
  return start !== undefined;
}

/** Puts the keyboard into a panel, once it is there. */
export function focusPane(name: Pane): void {
  requestAnimationFrame(() => {
    const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
    if (pane !== null) enter(pane);
  });
}

/** Puts the keyboard into the next panel of those that are open, or, with -1, into the one before. */
export function focusNextPane(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
  const focused = document.activeElement;
  const own = panes.findIndex((pane) => pane.contains(focused));
  // What has the focus where nothing has it is the canvas.
  const from = own < 0 && isCanvasFocused(focused) ? panes.findIndex((pane) => pane.dataset.pane === 'canvas') : own;
  for (let step = 1; step <= panes.length; step++) {
    const pane = panes[(from + by * step + panes.length * 2) % panes.length];
    if (pane !== undefined && enter(pane)) return;
  }
}
