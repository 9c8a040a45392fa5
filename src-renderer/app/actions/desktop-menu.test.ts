// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyProject } from '../../../src-shared/project/project';
import { MENU_ACTIONS, type MenuAction } from '../../../src-shared/protocol/desktop-api';
import { addComponent } from '../../document/commands/components';
import { openDocument } from '../../document/document-store';
import { activeDesign, select, uiStore } from '../ui-store';
import { ACTION_OF, followPossible, possibleItems } from './desktop-menu';
import { actionById } from './table';

const isPossible = (item: MenuAction): boolean => possibleItems().includes(item);

function openDialog(): HTMLElement {
  const dialog = document.createElement('div');
  dialog.setAttribute('aria-modal', 'true');
  document.body.append(dialog);
  return dialog;
}

beforeEach(() => {
  openDocument(emptyProject(), null);
  select([]);
});
afterEach(() => {
  document.body.replaceChildren();
  uiStore.setState({ galleryOpen: false });
  vi.useRealTimers();
});

describe("the desktop's menu", () => {
  it('leads to actions that there are', () => {
    expect(MENU_ACTIONS.filter((item) => actionById(ACTION_OF[item]) === undefined)).toEqual([]);
  });

  it('offers what is possible: nothing of a result before a run, nothing of a selection without one', () => {
    for (const item of ['export-report', 'export-pdf', 'export-csv', 'export-film', 'export-png', 'undo', 'copy', 'delete', 'find', 'pause', 'stop'] as const)
      expect(isPossible(item), item).toBe(false);
    for (const item of ['new', 'open', 'save', 'save-as', 'run', 'help', 'paste'] as const) expect(isPossible(item), item).toBe(true);
    const id = addComponent(activeDesign()?.id ?? '', 'service', { x: 0, y: 0 });
    select([id ?? '']);
    for (const item of ['undo', 'copy', 'delete', 'duplicate', 'find', 'export-png', 'export-svg', 'select-all'] as const)
      expect(isPossible(item), item).toBe(true);
  });

  it('leaves alone what a dialog covers, but not the text that is written in it', () => {
    const id = addComponent(activeDesign()?.id ?? '', 'service', { x: 0, y: 0 });
    select([id ?? '']);
    const dialog = openDialog();
    expect(possibleItems()).toEqual(['toggle-theme', 'help', 'fidelity', 'shortcuts', 'about']);
    uiStore.setState({ galleryOpen: true });
    expect(possibleItems()).toEqual(['new', 'open', 'toggle-theme', 'help', 'fidelity', 'shortcuts', 'gallery', 'about']);
    uiStore.setState({ galleryOpen: false });
    const field = document.createElement('input');
    dialog.append(field);
    field.focus();
    expect(possibleItems()).toEqual(expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'select-all', 'help']));
    expect(isPossible('duplicate')).toBe(false);
  });

  it('is told what is impossible when that changes, and only then', () => {
    vi.useFakeTimers();
    const told: (readonly MenuAction[])[] = [];
    const stop = followPossible((items) => told.push(items));
    vi.advanceTimersByTime(2000);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('select-all');
    addComponent(activeDesign()?.id ?? '', 'service', { x: 0, y: 0 });
    vi.advanceTimersByTime(2000);
    expect(told).toHaveLength(2);
    expect(told[1]).not.toContain('select-all');
    stop();
    openDocument(emptyProject(), null);
    vi.advanceTimersByTime(2000);
    expect(told).toHaveLength(2);
  });
});
