import type { Session, WebContents } from 'electron';
import { isOwnUrl } from './app-protocol';

/** Writing to the clipboard is how copy works; reading it is how paste works. Everything else is denied. */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-read', 'clipboard-sanitized-write'];
const LOCAL_SCHEMES: readonly string[] = ['topolab:', 'devtools:', 'blob:', 'data:'];

/** Whether a request stays inside the program. */
export function isLocalRequest(url: string): boolean {
  try {
    return LOCAL_SCHEMES.includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** Closes a session to the world: no connection, no permission, no spell checker (it fetches dictionaries). */
export function guardSession(session: Session, onBlocked: (url: string) => void): void {
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
  session.webRequest.onBeforeRequest((details, answer) => {
    const local = isLocalRequest(details.url);
    if (!local) onBlocked(details.url);
    answer({ cancel: !local });
  });
  session.setPermissionRequestHandler((contents, permission, answer) => answer(ALLOWED_PERMISSIONS.includes(permission) && isOwnUrl(contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => ALLOWED_PERMISSIONS.includes(permission) && isOwnUrl(origin));
  session.setDevicePermissionHandler(() => false);
}

/** Keeps a page where it is: no navigation, no new window, no webview, no frame of another origin. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
