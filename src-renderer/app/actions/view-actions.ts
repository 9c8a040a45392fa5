import {
  IconDeviceDesktop,
  IconFocusCentered,
  IconHelp,
  IconInfoCircle,
  IconLayoutBottombar,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconMoon,
  IconSearch,
  IconTerminal2,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { fitCanvas, zoomCanvasIn, zoomCanvasOut } from '../../canvas/canvas-api';
import { followSystemColors, toggleColorScheme } from '../color-scheme';
import { activeDesign, uiStore } from '../ui-store';
import type { Action } from './action';
import { commandSpotlight, partSpotlight } from './spotlights';

const always = (): boolean => true;

/** Puts the cursor into the palette's search field, opening the palette if need be. */
export function focusPalette(): void {
  uiStore.setState({ paletteOpen: true });
  requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-palette-search]')?.focus());
}

/** Actions on the view, and where to look for help. */
export const viewActions: readonly Action[] = [
  {
    id: 'view.fit',
    group: 'View',
    title: 'Fit to view',
    keywords: 'zoom all',
    shortcuts: ['mod+0'],
    scope: 'anywhere',
    icon: IconFocusCentered,
    enabled: always,
    run: fitCanvas,
  },
  {
    id: 'view.zoomIn',
    group: 'View',
    title: 'Zoom in',
    shortcuts: ['mod++', 'mod+='],
    scope: 'anywhere',
    icon: IconZoomIn,
    enabled: always,
    run: zoomCanvasIn,
  },
  { id: 'view.zoomOut', group: 'View', title: 'Zoom out', shortcuts: ['mod+-'], scope: 'anywhere', icon: IconZoomOut, enabled: always, run: zoomCanvasOut },
  {
    id: 'view.findPart',
    group: 'View',
    title: 'Find part …',
    keywords: 'search component',
    shortcuts: ['mod+f'],
    scope: 'anywhere',
    icon: IconSearch,
    enabled: () => (activeDesign()?.components.length ?? 0) > 0,
    run: () => partSpotlight.open(),
  },
  {
    id: 'view.palette',
    group: 'View',
    title: 'Show or hide the palette',
    shortcuts: [],
    scope: 'window',
    icon: IconLayoutSidebar,
    enabled: always,
    run: () => uiStore.setState((state) => ({ paletteOpen: !state.paletteOpen })),
  },
  {
    id: 'view.inspector',
    group: 'View',
    title: 'Show or hide the inspector',
    shortcuts: [],
    scope: 'window',
    icon: IconLayoutSidebarRight,
    enabled: always,
    run: () => uiStore.setState((state) => ({ inspectorOpen: !state.inspectorOpen })),
  },
  {
    id: 'view.dock',
    group: 'View',
    title: 'Show or hide charts and tables',
    shortcuts: [],
    scope: 'window',
    icon: IconLayoutBottombar,
    enabled: always,
    run: () => uiStore.setState((state) => ({ dockOpen: !state.dockOpen })),
  },
  {
    id: 'view.searchPalette',
    group: 'View',
    title: 'Search the palette',
    keywords: 'add part',
    shortcuts: ['/'],
    scope: 'window',
    icon: IconSearch,
    enabled: always,
    run: focusPalette,
  },
  {
    id: 'view.theme',
    group: 'View',
    title: 'Switch between light and dark',
    keywords: 'theme colours mode',
    shortcuts: [],
    scope: 'window',
    icon: IconMoon,
    enabled: always,
    run: toggleColorScheme,
  },
  {
    id: 'view.systemTheme',
    group: 'View',
    title: 'Light or dark as the system says',
    keywords: 'theme colours mode',
    shortcuts: [],
    scope: 'window',
    icon: IconDeviceDesktop,
    enabled: always,
    run: followSystemColors,
  },
  {
    id: 'help.commands',
    group: 'Help',
    title: 'Command palette',
    shortcuts: ['mod+k'],
    scope: 'anywhere',
    icon: IconTerminal2,
    enabled: always,
    run: () => commandSpotlight.open(),
  },
  {
    id: 'help.shortcuts',
    group: 'Help',
    title: 'Keyboard shortcuts',
    keywords: 'keys help',
    shortcuts: ['?'],
    scope: 'window',
    icon: IconHelp,
    enabled: always,
    run: () => uiStore.setState({ shortcutsOpen: true }),
  },
  {
    id: 'help.about',
    group: 'Help',
    title: 'About Topolab',
    keywords: 'version',
    shortcuts: [],
    scope: 'window',
    icon: IconInfoCircle,
    enabled: always,
    run: () => uiStore.setState({ aboutOpen: true }),
  },
];
