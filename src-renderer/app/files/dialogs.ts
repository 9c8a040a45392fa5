import { createStore } from 'zustand/vanilla';

/** Something that went wrong with a file: where, what, and what to do. */
export interface Told {
  readonly title: string;
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;
}

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';
export type ChangedAnswer = 'replace' | 'save-as' | 'cancel';
export type DraftAnswer = 'recover' | 'discard' | 'later';

/** The dialog that waits for an answer; one at a time. */
export type OpenDialog =
  | { readonly type: 'unsaved'; readonly name: string; readonly answer: (answer: UnsavedAnswer) => void }
  | { readonly type: 'changed'; readonly name: string; readonly answer: (answer: ChangedAnswer) => void }
  | { readonly type: 'draft'; readonly name: string; readonly answer: (answer: DraftAnswer) => void }
  | { readonly type: 'failure'; readonly told: Told; readonly answer: () => void };

/** Dialogs in the order in which they were asked for; the first is shown. */
export const dialogStore = createStore<{ readonly queue: readonly OpenDialog[] }>()(() => ({ queue: [] }));

function show(dialog: OpenDialog): void {
  dialogStore.setState((state) => ({ queue: [...state.queue, dialog] }));
}

function closeFirst(): void {
  dialogStore.setState((state) => ({ queue: state.queue.slice(1) }));
}

function answering<T>(resolve: (value: T) => void): (value: T) => void {
  return (value) => {
    closeFirst();
    resolve(value);
  };
}

/** Asks what to do with unsaved changes. */
export function askUnsaved(name: string): Promise<UnsavedAnswer> {
  return new Promise((resolve) => show({ type: 'unsaved', name, answer: answering(resolve) }));
}

/** Asks what to do about a file that another program has changed. */
export function askChanged(name: string): Promise<ChangedAnswer> {
  return new Promise((resolve) => show({ type: 'changed', name, answer: answering(resolve) }));
}

/** Offers work that an earlier session did not save. */
export function askDraft(name: string): Promise<DraftAnswer> {
  return new Promise((resolve) => show({ type: 'draft', name, answer: answering(resolve) }));
}

/** Tells what went wrong; nothing that is open has changed. */
export function tellFailure(told: Told): Promise<void> {
  return new Promise((resolve) => show({ type: 'failure', told, answer: answering<void>(resolve) }));
}
