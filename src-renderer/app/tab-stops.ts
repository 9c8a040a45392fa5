const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** Whether an element can no longer have the focus: it is not in the page, or out of use. */
export function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled, [inert] *');
}

/** What the Tab key leads to in an element, itself included, in order. */
export function stopsIn(element: Element): HTMLElement[] {
  const own = element.matches(STOPS) ? [element as HTMLElement] : [];
  return [...own, ...element.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) =>
      stop.tabIndex >= 0 &&
      !isGone(stop) &&
      // Of a group of radio buttons, the one that is chosen.
      !(stop instanceof HTMLInputElement && stop.type === 'radio' && !stop.checked) &&
      (stop.checkVisibility?.({ visibilityProperty: true }) ?? true),
  );
}
