import type { DesktopApi } from '../../src-shared/protocol/desktop-api';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop; absent in a browser. */
    readonly topolab?: DesktopApi;
  }
}
