import { isDialogOpen } from './actions/focus';
import { isGone, stopsIn } from './tab-stops';

/** Marks where the focus goes when the element that had it is gone from the same panel. */
const HOME = '[data-focus-home]';
/** Buttons that are disabled for less than this, in ms, keep the focus. */
const MOMENT_MS = 400;
/** After this time, in ms, what has taken the place of an element that is gone is there. */
const GONE_MS = 40;

/** An element that has had the focus, and where it stood: its ancestors from the inside out, each with the place of the child that led to it. */
interface Visit {
  /** Null once somebody has put the focus nowhere on purpose: by a click beside everything, or by a key that leaves a field. */
  readonly element: HTMLElement | null;
  readonly path: readonly { readonly ancestor: Element; readonly place: number }[];
  /** What it belongs to and may not be left for: the window itself, or one dialog or menu over it. */
  readonly layer: Element | null;
}

function visitOf(element: HTMLElement): Visit & { readonly element: HTMLElement } {
  const path: { ancestor: Element; place: number }[] = [];
  let layer: Element | null = null;
  for (let child: Element = element; child.parentElement !== null && child.parentElement !== document.documentElement; child = child.parentElement) {
    if (child.matches('[role="dialog"], [role="menu"], #root') && layer === null) layer = child;
    path.push({ ancestor: child.parentElement, place: [...child.parentElement.children].indexOf(child) });
  }
  return { element, path, layer };
}

const isDialog = (layer: Element | null | undefined): boolean => layer?.matches('[role="dialog"]') === true;

function isFocusNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** What stands in the place of an element that has gone, or next to it: the nearest around it that is left. */
function heir({ path, layer }: Visit): HTMLElement | undefined {
  for (const { ancestor, place } of path) {
    if (!ancestor.isConnected || layer === null || !layer.contains(ancestor)) continue;
    const home = [...ancestor.querySelectorAll(HOME)].flatMap(stopsIn)[0];
    if (home !== undefined) return home;
    const children = [...ancestor.children];
    const found = children.slice(place).flatMap(stopsIn)[0] ?? children.slice(0, place).flatMap(stopsIn).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Sees to it that the focus is never lost: where the element that has it is taken away or disabled, it goes to what has come into its
 * place, or stands beside it; where a whole dialog or menu has gone, back to where it was before. Gives a function that stops it.
 */
export function keepFocus(): () => void {
  /** The latest visit of each layer, the present one last. */
  let visits: readonly Visit[] = [];
  /** Where a dialog was left that comes back just now. */
  let left: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const visit = visitOf(target);
    const before = visits.find(({ layer }) => layer === visit.layer);
    const others = visits.filter(({ layer }) => layer !== visit.layer && layer?.isConnected === true);
    // A dialog that another one stood over puts the focus on its first button again, and again: it goes on where it was left instead.
    const from = visits.at(-1);
    if (before !== undefined && before !== from && isDialog(from?.layer) && isDialog(visit.layer)) {
      left = before.element === null || isGone(before.element) ? heir(before) : before.element;
      setTimeout(() => {
        left = undefined;
      }, GONE_MS);
    }
    if (left !== undefined && left !== target && visit.layer?.contains(left) === true) {
      visits = [...others, visitOf(left)];
      left.focus();
      return;
    }
    visits = [...others, visit];
  };
  const onFocusOut = (): void => {
    setTimeout(() => {
      const last = visits.at(-1);
      if (last?.element != null && isFocusNowhere() && !isGone(last.element)) visits = [...visits.slice(0, -1), { ...last, element: null }];
    });
  };
  const isLost = (): boolean => {
    const last = visits.at(-1);
    if (last === undefined) return false;
    if (last.element === null) return isFocusNowhere() && last.layer?.isConnected === false;
    return isGone(last.element) && (isFocusNowhere() || document.activeElement === last.element);
  };
  const repair = (): void => {
    timer = undefined;
    const last = visits.at(-1)?.element;
    // Out of use for a moment only.
    if (last != null && !isGone(last) && isFocusNowhere()) last.focus();
    if (!isLost()) return;
    for (const visit of [...visits].reverse()) {
      // Nothing behind a dialog.
      if (visit.layer?.isConnected !== true || (isDialogOpen() && !isDialog(visit.layer))) continue;
      const gone = visit.element !== null && isGone(visit.element);
      // Where a part of the canvas is gone, nothing has the focus: that is the canvas, whose keys work then.
      if (visit.element === null || (gone && visit.path.some(({ ancestor }) => ancestor.isConnected && ancestor.matches('[data-canvas]')))) {
        visits = [{ ...visit, element: null }];
        return;
      }
      const next = gone ? heir(visit) : visit.element;
      next?.focus();
      if (next !== undefined && document.activeElement === next) return;
    }
    // What cannot have it yet, such as a dialog that is only coming back, is tried again with the next change.
  };
  const observer = new MutationObserver(() => {
    if (timer !== undefined || !isLost()) return;
    // Not at once, so that whoever has a better idea of where it belongs comes first.
    timer = setTimeout(repair, visits.at(-1)?.element?.isConnected === true ? MOMENT_MS : GONE_MS);
  });
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('focusout', onFocusOut);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'inert'] });
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('focusout', onFocusOut);
    observer.disconnect();
    clearTimeout(timer);
  };
}
