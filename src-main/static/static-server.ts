import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Result } from '../../src-shared/base/result';
import { err, ok } from '../../src-shared/base/result';
import { answerStatic } from './static-files';

export interface StaticServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Why a server could not be started. */
export type ServeFailure = { readonly kind: 'port-in-use'; readonly port: number } | { readonly kind: 'other'; readonly message: string };

const LOOPBACK = '127.0.0.1';

function listen(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((done) => {
    server.once('error', done);
    server.listen(port, LOOPBACK, () => {
      server.off('error', done);
      done(null);
    });
  });
}

/**
 * Serves a built page on the loopback address only. The Host header has to name that address too, so that no page of another
 * origin can reach the server under a name of its own.
 */
export async function serveStatic(folder: string, port: number): Promise<Result<StaticServer, ServeFailure>> {
  const server = createServer((request, response) => {
    const address = server.address();
    const ownPort = typeof address === 'object' && address !== null ? address.port : port;
    const host = request.headers.host;
    if (host !== `${LOOPBACK}:${ownPort}` && host !== `localhost:${ownPort}`) {
      response.writeHead(421).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const path = (request.url ?? '/').split(/[?#]/)[0] ?? '/';
    answerStatic(folder, path).then(
      (answer) => {
        response.writeHead(answer.status, { ...answer.headers, 'Content-Length': answer.body.byteLength });
        response.end(request.method === 'HEAD' ? undefined : answer.body);
      },
      () => response.writeHead(500).end(),
    );
  });
  const failure = await listen(server, port);
  if (failure !== null) {
    return err(failure.code === 'EADDRINUSE' ? { kind: 'port-in-use', port } : { kind: 'other', message: failure.message });
  }
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : port;
  return ok({
    url: `http://${LOOPBACK}:${ownPort}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}
