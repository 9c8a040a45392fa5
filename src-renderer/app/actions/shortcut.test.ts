import { describe, expect, it } from 'vitest';
import { matchesShortcut, shortcutText } from './shortcut';

const press = (key: string, modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('matchesShortcut', () => {
  it('tells modifiers apart', () => {
    expect(matchesShortcut(press('z', { ctrlKey: true }), 'mod+z')).toBe(true);
    expect(matchesShortcut(press('z', { metaKey: true }), 'mod+z')).toBe(true);
    expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+z')).toBe(false);
    expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+z')).toBe(true);
    expect(matchesShortcut(press('z'), 'mod+z')).toBe(false);
    expect(matchesShortcut(press('z', { ctrlKey: true, altKey: true }), 'mod+z')).toBe(false);
  });
  it('leaves Shift aside for signs, which some keyboards need it for', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?')).toBe(true);
    expect(matchesShortcut(press('/', { shiftKey: true }), '/')).toBe(true);
    expect(matchesShortcut(press('+', { ctrlKey: true, shiftKey: true }), 'mod++')).toBe(true);
    expect(matchesShortcut(press('-', { ctrlKey: true }), 'mod+-')).toBe(true);
  });
  it('names keys as keyboards do', () => {
    expect(shortcutText('mod+shift+z', false)).toBe('Ctrl+Shift+Z');
    expect(shortcutText('mod+shift+z', true)).toBe('⌘⇧Z');
    expect(shortcutText('mod++', false)).toBe('Ctrl++');
    expect(shortcutText('arrowleft', false)).toBe('←');
  });
});
