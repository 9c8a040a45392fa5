import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RunPlace } from '../../src-shared/protocol/time-travel-messages';

/** What of the run is on display, and how the way there went. */
export interface PastState {
  /** Place in the past that canvas and charts show; null: the present. */
  readonly place: RunPlace | null;
  /** Where a jump under way leads to in ms, as far as that is known before it is over; null without a jump. */
  readonly wantedMs: number | null;
  /** Whether a jump is under way, and the share of it that is done once it takes long enough to be worth telling. */
  readonly isJumping: boolean;
  readonly share: number | null;
  /** Wall time that the latest jump took, in ms. */
  readonly tookMs: number | null;
  /** Up to this instant in ms every interval is at hand without a wait, and so many sessions stand ready at earlier instants. */
  readonly preparedMs: number;
  readonly checkPoints: number;
  /** Why looking back has failed; null where it has not. */
  readonly failure: string | null;
}

/** The present, with nothing known of the past. */
export const PRESENT: PastState = {
  place: null,
  wantedMs: null,
  isJumping: false,
  share: null,
  tookMs: null,
  preparedMs: 0,
  checkPoints: 0,
  failure: null,
};

/** Which place of the run the window shows. */
export const pastStore = createStore<PastState>()(() => PRESENT);

/** Selects from what is known of the past in a component; the selector must give a stable value. */
export function usePast<T>(selector: (state: PastState) => T): T {
  return useStore(pastStore, selector);
}
