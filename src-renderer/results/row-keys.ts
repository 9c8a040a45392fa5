import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';

interface RowKeysOptions {
  /** Rows of the whole table, also those that are not in the page. */
  readonly rows: number;
  readonly rowHeight: number;
  /** What is in sight of the table, in px. */
  readonly view: { readonly top: number; readonly height: number };
  /** Whether rows can be chosen, so that their first cells hold buttons. */
  readonly hasTarget: boolean;
  /** Place of the row that is chosen, -1 for none: it comes into sight, and the Tab key leads to it, whoever has chosen it. */
  readonly chosen: number;
}

/** The row that a key leads to from another; null where the key leads nowhere. `page`: rows in sight. */
export function rowAfter(key: string, from: number, rows: number, page: number): number | null {
  const wanted = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: rows - 1 }[key];
  return wanted === undefined ? null : Math.min(rows - 1, Math.max(0, wanted));
}

const rowOf = (button: Element): number => Number(button.closest('tr')?.getAttribute('aria-rowindex') ?? 2) - 2;

/** Height of the head, which stays in sight, in px. */
const headOf = (scroller: Element): number => scroller.querySelector('thead')?.getBoundingClientRect().height ?? 0;

/**
 * Makes the rows of a table one stop of the Tab key: arrows, Page, Home and End lead from row to row, also to those that are not in the page
 * yet. Rows tell their place by `aria-rowindex`, their first cells hold the buttons. Gives the handler of keys for the body of the table.
 */
export function useRowKeys(
  scroller: RefObject<HTMLElement | null>,
  { rows, rowHeight, view, hasTarget, chosen }: RowKeysOptions,
): (event: KeyboardEvent) => void {
  const current = useRef(0);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || chosen < 0) return;
    current.current = chosen;
    const room = element.clientHeight - headOf(element);
    const top = chosen * rowHeight;
    if (top < element.scrollTop || top + rowHeight > element.scrollTop + room) element.scrollTop = top - (room - rowHeight) / 2;
  }, [scroller, rowHeight, chosen]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || !hasTarget) return;
    const buttons = [...element.querySelectorAll<HTMLElement>('tbody th button')];
    const aim = buttons.find((button) => rowOf(button) === wanted.current);
    if (aim !== undefined) {
      current.current = wanted.current ?? 0;
      wanted.current = null;
      aim.focus({ preventScroll: true });
    }
    const inSight = (row: number): boolean => row >= Math.floor(view.top / rowHeight) && row <= Math.ceil((view.top + view.height) / rowHeight);
    const first = Math.ceil(view.top / rowHeight);
    // The row that has the focus keeps it; else the one that had it last, if it can be seen.
    const focused = buttons.find((button) => button === document.activeElement);
    const stop = focused !== undefined ? rowOf(focused) : inSight(current.current) && current.current < rows ? current.current : first;
    for (const button of buttons) button.tabIndex = rowOf(button) === stop ? 0 : -1;
  });
  return (event) => {
    const element = scroller.current;
    const button = (event.target as Element).closest('th button');
    if (element === null || button === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const room = element.clientHeight - headOf(element);
    // From the row that the key before leads to, where that is not in the page yet.
    const next = rowAfter(event.key, wanted.current ?? rowOf(button), rows, Math.max(1, Math.floor(room / rowHeight)));
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    const top = next * rowHeight;
    const scrollTo = top < element.scrollTop ? top : top + rowHeight > element.scrollTop + room ? top + rowHeight - room : element.scrollTop;
    const there = [...element.querySelectorAll<HTMLElement>('tbody th button')].find((other) => rowOf(other) === next);
    current.current = next;
    wanted.current = there === undefined ? next : null;
    there?.focus({ preventScroll: true });
    if (there !== undefined) for (const other of element.querySelectorAll<HTMLElement>('tbody th button')) other.tabIndex = other === there ? 0 : -1;
    element.scrollTop = scrollTo;
  };
}
