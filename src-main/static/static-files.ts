import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentSecurityPolicy } from '../security/content-security-policy';

/** Types of everything that a build can hold; a file of another kind is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.topolab': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What to answer to a request for a file of the built page: the same for the custom protocol and the loopback server. */
export interface StaticAnswer {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The file below `folder` that a URL path means, or null where it points outside of it or cannot be decoded. */
export function resolveStatic(folder: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  if (decoded.split('/').some((part) => part === '..' || part.startsWith('.'))) return null;
  const path = join(folder, decoded === '/' || decoded === '' ? 'index.html' : decoded);
  return path.startsWith(folder + sep) && extname(path) in TYPES ? path : null;
}

/** Headers of every answer: no sniffing, no embedding elsewhere, no address handed on, the policy of the page. */
export function staticHeaders(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': contentSecurityPolicy('header'),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}

/** Reads the file that a URL path means. Whatever is wrong with the path, the answer is 404 and says no more. */
export async function answerStatic(folder: string, urlPath: string): Promise<StaticAnswer> {
  const path = resolveStatic(folder, urlPath);
  if (path !== null) {
    try {
      const content = await readFile(path);
      return { status: 200, headers: staticHeaders(TYPES[extname(path)] ?? 'application/octet-stream'), body: new Uint8Array(content) };
    } catch {
      // Not there, or a folder: answered like every other wrong path.
    }
  }
  return { status: 404, headers: staticHeaders('text/plain; charset=utf-8'), body: new TextEncoder().encode('Not found') };
}
