import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

const KEY = 'topolab.color-scheme';
let tell: ((scheme: MantineColorScheme) => void) | null = null;

function stored(): MantineColorScheme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' || value === 'auto' ? value : null;
  } catch {
    return null;
  }
}

function store(scheme: MantineColorScheme): void {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // Where nothing may be stored, the choice lasts as long as the window.
  }
}

/** Remembers the choice between light, dark and what the system says. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: (byDefault) => stored() ?? byDefault,
  set: store,
  subscribe: (onUpdate) => {
    tell = onUpdate;
  },
  unsubscribe: () => {
    tell = null;
  },
  clear: () => store('auto'),
};

/** Switches between light and dark, from wherever an action is run. */
export function toggleColorScheme(): void {
  const isDark = document.documentElement.dataset.mantineColorScheme === 'dark';
  const scheme = isDark ? 'light' : 'dark';
  store(scheme);
  tell?.(scheme);
}

/** Follows the system again. */
export function followSystemColors(): void {
  store('auto');
  tell?.('auto');
}
