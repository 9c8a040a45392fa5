import type { MenuItemConstructorOptions } from 'electron';
import { Menu } from 'electron';
import { MENU_ACTIONS, type MenuAction, type RecentFile } from '../../src-shared/protocol/desktop-api';

export interface MenuWishes {
  readonly onAction: (action: MenuAction) => void;
  readonly onRecent: (path: string) => void;
  readonly onClearRecent: () => void;
  readonly onQuit: () => void;
}

/**
 * The native menu. Its items carry ids of actions; what they do, and which can do nothing now, is the page's matter. The page also listens to the keys itself, since
 * the same keys work in the browser: the menu shows them and, where the system allows that, leaves them alone.
 */
export function buildMenu(recent: readonly RecentFile[], impossible: ReadonlySet<MenuAction>, wishes: MenuWishes): Menu {
  const mac = process.platform === 'darwin';
  const item = (label: string, action: MenuAction, accelerator?: string): MenuItemConstructorOptions => ({
    id: action,
    label,
    enabled: !impossible.has(action),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => wishes.onAction(action),
  });
  // On macOS the system's own editing commands reach text fields only through menu roles.
  const edit = (label: string, action: MenuAction, role: 'cut' | 'copy' | 'paste' | 'selectAll', accelerator: string): MenuItemConstructorOptions =>
    mac ? { role } : item(label, action, accelerator);
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    {
      label: '&File',
      submenu: [
        item('&New', 'new', 'CmdOrCtrl+N'),
        item('&Open…', 'open', 'CmdOrCtrl+O'),
        {
          label: 'Open recen&t',
          enabled: recent.length > 0,
          submenu: [
            ...recent.map(
              (file): MenuItemConstructorOptions => ({ label: file.name.replaceAll('&', '&&'), sublabel: file.path, click: () => wishes.onRecent(file.path) }),
            ),
            line,
            { label: 'Clear this list', click: wishes.onClearRecent },
          ],
        },
        item('&Examples…', 'gallery'),
        line,
        item('&Save', 'save', 'CmdOrCtrl+S'),
        item('Save &as…', 'save-as', 'CmdOrCtrl+Shift+S'),
        line,
        item('Save &report as HTML…', 'export-report'),
        item('Save report as P&DF…', 'export-pdf'),
        item('Export results as &CSV…', 'export-csv'),
        item('Export series o&ver time as CSV…', 'export-series'),
        item('Export results as &JSON…', 'export-json'),
        item('Export canvas as &PNG…', 'export-png'),
        item('Export canvas as SV&G…', 'export-svg'),
        item('Export c&harts as picture…', 'export-charts'),
        item('Export &film of the run…', 'export-film'),
        line,
        mac ? { role: 'close' } : { label: '&Quit', accelerator: 'CmdOrCtrl+Q', click: wishes.onQuit },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('&Undo', 'undo', 'CmdOrCtrl+Z'),
        item('&Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        line,
        edit('Cu&t', 'cut', 'cut', 'CmdOrCtrl+X'),
        edit('&Copy', 'copy', 'copy', 'CmdOrCtrl+C'),
        edit('&Paste', 'paste', 'paste', 'CmdOrCtrl+V'),
        item('&Duplicate', 'duplicate', 'CmdOrCtrl+D'),
        item('De&lete', 'delete', 'Delete'),
        edit('Select &all', 'select-all', 'selectAll', 'CmdOrCtrl+A'),
        line,
        item('&Objectives…', 'objectives'),
        line,
        item('&Find a part', 'find', 'CmdOrCtrl+F'),
        item('Co&mmands…', 'command-palette', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Zoom &in', 'zoom-in', 'CmdOrCtrl+Plus'),
        item('Zoom &out', 'zoom-out', 'CmdOrCtrl+-'),
        item('&Fit', 'fit', 'CmdOrCtrl+0'),
        line,
        item('Show or hide the &palette', 'toggle-palette'),
        item('Show or hide the in&spector', 'toggle-inspector'),
        item('Show or hide the &dock', 'toggle-dock'),
        line,
        item('&Compare designs…', 'compare'),
        item('S&weep a parameter…', 'sweep'),
        item('Find the c&heapest design…', 'search'),
        line,
        item('&Light or dark', 'toggle-theme'),
        line,
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: '&Run',
      submenu: [
        item('&Run', 'run'),
        item('&Pause', 'pause'),
        item('&Step', 'step'),
        item('S&top', 'stop'),
        line,
        item('Step &back', 'step-back', ','),
        item('Back to the pr&esent', 'leave-past'),
        line,
        item('Pin the run as base&line', 'pin'),
      ],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [
        item('&Help', 'help', 'F1'),
        item('How far to &trust the numbers', 'fidelity'),
        item('&Keyboard shortcuts', 'shortcuts', '?'),
        item('&About Topolab', 'about'),
      ],
    },
  ];
  if (mac) {
    const about = item('About Topolab', 'about');
    template.unshift({ label: 'Topolab', submenu: [about, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, { role: 'quit' }] });
  }
  return Menu.buildFromTemplate(template);
}

/** Greys out those items of the application's menu that can do nothing now, and no others of the page's. */
export function showImpossible(impossible: ReadonlySet<MenuAction>): void {
  const menu = Menu.getApplicationMenu();
  for (const action of MENU_ACTIONS) {
    const found = menu?.getMenuItemById(action);
    if (found != null) found.enabled = !impossible.has(action);
  }
}
