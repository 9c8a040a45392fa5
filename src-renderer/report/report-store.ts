import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** Which dialog about pictures of the run is open. */
export interface ReportState {
  readonly dialog: 'charts' | 'film' | null;
}

/** State of the dialogs about pictures. */
export const reportStore = createStore<ReportState>()(() => ({ dialog: null }));

/** Whether one of the dialogs is open, for a component. */
export function useReportDialog(dialog: NonNullable<ReportState['dialog']>): boolean {
  return useStore(reportStore, (state) => state.dialog === dialog);
}

/** Opens the dialog for pictures of charts, or for a film of the run. */
export function openReportDialog(dialog: NonNullable<ReportState['dialog']>): void {
  reportStore.setState({ dialog });
}

/** Closes whichever is open. */
export function closeReportDialog(): void {
  reportStore.setState({ dialog: null });
}
