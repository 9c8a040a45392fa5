/** A key with its modifiers, as text: `mod+shift+z`, `delete`, `?`. `mod` is Cmd on a Mac and Ctrl elsewhere. */
export type Shortcut = string;

interface Keys {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly key: string;
}

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

function parse(shortcut: Shortcut): Keys {
  const parts = shortcut.split('+');
  // `mod++` splits into an empty last part: the key is the plus itself.
  const key = parts.at(-1) === '' ? '+' : (parts.at(-1) ?? '');
  return { mod: parts.includes('mod'), shift: parts.includes('shift'), key: key.toLowerCase() };
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press is this shortcut. Shift is left aside for signs that some keyboards need it for. */
export function matchesShortcut(event: Pressed, shortcut: Shortcut): boolean {
  const wanted = parse(shortcut);
  if (event.altKey) return false;
  if (wanted.mod !== (event.ctrlKey || event.metaKey)) return false;
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  if (key !== wanted.key) return false;
  const isSign = wanted.key.length === 1 && !/[a-z0-9]/.test(wanted.key);
  return isSign || wanted.shift === event.shiftKey;
}

const NAMES: Readonly<Record<string, string>> = {
  delete: 'Del',
  backspace: '⌫',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
  '-': '−',
};

/** The keys of a shortcut as they are named on a keyboard, for menus and the shortcut sheet. */
export function shortcutKeys(shortcut: Shortcut, mac = isMac): readonly string[] {
  const { mod, shift, key } = parse(shortcut);
  return [...(mod ? [mac ? '⌘' : 'Ctrl'] : []), ...(shift ? [mac ? '⇧' : 'Shift'] : []), NAMES[key] ?? key.toUpperCase()];
}

/** The same in one string: `Ctrl+Shift+Z`. */
export function shortcutText(shortcut: Shortcut, mac = isMac): string {
  return shortcutKeys(shortcut, mac).join(mac ? '' : '+');
}
