import type { LiveStore } from '../run/live-store';

/** Live numbers of the present with those of the past over them, while the past is on display. */
export interface LayeredLive extends LiveStore {
  /** Shows the past, or the present again; whoever subscribed is told. */
  readonly showPast: (isShown: boolean) => void;
}

/** Lays the store of the past over that of the present: what is written goes to the present, what is read comes from what is on display. */
export function layerLive(present: LiveStore, past: LiveStore): LayeredLive {
  let isPast = false;
  const listeners = new Set<() => void>();
  const shown = (): LiveStore => (isPast ? past : present);
  return {
    ...present,
    setVisible: (visible) => {
      present.setVisible(visible);
      past.setVisible(visible);
    },
    part: (id) => shown().part(id),
    instances: (id) => shown().instances(id),
    setInView: (ids) => {
      present.setInView(ids);
      past.setInView(ids);
    },
    subscribe: (id, listener, whileInView) => {
      const ofPresent = (): void => {
        if (!isPast) listener();
      };
      const ofPast = (): void => {
        if (isPast) listener();
      };
      listeners.add(listener);
      const stops = [present.subscribe(id, ofPresent, whileInView), past.subscribe(id, ofPast, whileInView)];
      return () => {
        listeners.delete(listener);
        for (const stop of stops) stop();
      };
    },
    showPast: (isShown) => {
      if (isShown === isPast) return;
      isPast = isShown;
      for (const listener of listeners) listener();
    },
  };
}
