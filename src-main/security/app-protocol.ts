import type { Session } from 'electron';
import { protocol } from 'electron';
import { answerStatic } from '../static/static-files';

export const SCHEME = 'topolab';
/** Address of the one page. */
export const APP_URL = `${SCHEME}://app/index.html`;

/** Whether an address belongs to the program's own page. */
export function isOwnUrl(url: string): boolean {
  try {
    const parsed = new URL(url);
    return parsed.protocol === `${SCHEME}:` && parsed.host === 'app';
  } catch {
    return false;
  }
}

/** Makes the scheme a secure origin of its own; to be called before the application is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Answers `topolab://app/…` with the files of the built page, and everything else of the scheme with 404. */
export function serveScheme(session: Session, folder: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    const answer = await answerStatic(folder, isOwnUrl(request.url) && request.method === 'GET' ? url.pathname : '/..');
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  });
}
