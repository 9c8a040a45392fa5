import { useCallback, useSyncExternalStore } from 'react';
import type { LiveInstances, LivePart } from './live-store';
import { liveStore } from './run';

export type { LiveInstances, LivePart } from './live-store';

function useLive(id: string): LivePart | null {
  const subscribe = useCallback((listener: () => void) => liveStore.subscribe(id, listener), [id]);
  return useSyncExternalStore(subscribe, () => liveStore.part(id));
}

/**
 * Health and numbers of a component: averages over the visible window while a run is under way, those of the measured window once
 * it has finished, null where nothing ran. Drawn again only when something reads differently.
 */
export function useLiveComponent(id: string): LivePart | null {
  return useLive(id);
}

/** Health and numbers of a link, by the same rules. */
export function useLiveLink(id: string): LivePart | null {
  return useLive(id);
}

/** The instances of a component that has several, or one that is not up; else null. */
export function useLiveInstances(id: string): LiveInstances | null {
  const subscribe = useCallback((listener: () => void) => liveStore.subscribe(id, listener), [id]);
  return useSyncExternalStore(subscribe, () => liveStore.instances(id));
}

/**
 * One word or number of a part or link as the canvas draws it. Drawn again only when that reads differently, and not while it is out
 * of view.
 */
export function useDrawnLive<T extends string | number | boolean | null>(id: string, read: (part: LivePart | null) => T): T {
  const subscribe = useCallback((listener: () => void) => liveStore.subscribe(id, listener, true), [id]);
  return useSyncExternalStore(subscribe, () => read(liveStore.part(id)));
}

/** The instances of a component by the rules of {@link useLiveInstances}, for the canvas. */
export function useDrawnInstances(id: string): LiveInstances | null {
  const subscribe = useCallback((listener: () => void) => liveStore.subscribe(id, listener, true), [id]);
  return useSyncExternalStore(subscribe, () => liveStore.instances(id));
}
