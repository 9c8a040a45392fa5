import type { TablerIcon } from '@tabler/icons-react';
import type { Shortcut } from './shortcut';

export type ActionGroup = 'File' | 'Edit' | 'Insert' | 'Design' | 'Faults' | 'Run' | 'View' | 'Help';

/**
 * Where a shortcut works: `anywhere`, also while text is edited; in the `window`, unless text is edited;
 * on the `canvas`, while it or nothing in particular has the focus, because buttons need those keys themselves.
 * `native` shortcuts are left to the system, which answers with an event of its own (copy, cut, paste).
 */
export type ShortcutScope = 'anywhere' | 'window' | 'canvas' | 'native';

/** One thing that can be done, declared once: the keyboard, the menus, the command palette, the shortcut sheet and the desktop's menu read it here. */
export interface Action {
  /** Stable: the desktop's menu names actions by it. */
  readonly id: string;
  readonly group: ActionGroup;
  readonly title: string;
  /** Other words that people may search for. */
  readonly keywords?: string;
  readonly shortcuts: readonly Shortcut[];
  readonly scope: ShortcutScope;
  readonly icon: TablerIcon;
  readonly enabled: () => boolean;
  readonly run: () => void;
  /** Left out of menus and command palette: only useful as a key. */
  readonly keyOnly?: boolean;
}
