import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { contentSecurityPolicy } from '../security/content-security-policy';

/**
 * Makes the browser build out of the window's: the same files, so that both hosts show the same program. The policy also goes
 * into the page, because a school's static file server sends no header.
 */
export function browserCopy(from: string, to: string): Plugin {
  return {
    name: 'topolab:browser-copy',
    closeBundle() {
      // A build that has failed left nothing to copy, and its own reason must not be hidden by another one.
      if (!existsSync(from)) return;
      rmSync(to, { recursive: true, force: true });
      cpSync(from, to, { recursive: true });
      const page = join(to, 'index.html');
      const meta = `<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy('meta')}" />`;
      writeFileSync(page, readFileSync(page, 'utf8').replace('<head>', `<head>\n    ${meta}`));
    },
  };
}
