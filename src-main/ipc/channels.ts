import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { ipcMain } from 'electron';
import type { z } from 'zod';
import type { CallName, CallResults, DesktopEvents } from '../../src-shared/protocol/desktop-api';
import { callSchemas } from '../../src-shared/protocol/desktop-api';
import { isOwnUrl } from '../security/app-protocol';

/** One function for every call that the page can make, with its checked arguments. */
export type CallHandlers = {
  readonly [Name in CallName]: (sender: WebContents, ...words: z.infer<(typeof callSchemas)[Name]>) => CallResults[Name] | Promise<CallResults[Name]>;
};

/** Whether a call comes from the main frame of the program's own page, and from nowhere else. */
function isTrusted(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnUrl(frame.url);
}

/** Registers every call: the only place that listens to pages. A wrong sender or wrong arguments never reach a handler. */
export function serveCalls(handlers: CallHandlers): void {
  for (const name of Object.keys(callSchemas) as CallName[]) {
    const schema = callSchemas[name] as z.ZodType<unknown[]>;
    const handler = handlers[name] as (sender: WebContents, ...words: unknown[]) => unknown;
    ipcMain.handle(`topolab:call:${name}`, (event, ...words: unknown[]) => {
      if (!isTrusted(event)) throw new Error(`${name}: refused, the sender is not the program's page.`);
      const parsed = schema.safeParse(words);
      if (!parsed.success) throw new Error(`${name}: refused, the arguments are wrong.`);
      return handler(event.sender, ...parsed.data);
    });
  }
}

/** Tells the page something; nothing happens where the page is gone. */
export function tell<Name extends keyof DesktopEvents>(contents: WebContents | undefined, name: Name, payload: DesktopEvents[Name]): void {
  if (contents !== undefined && !contents.isDestroyed()) contents.send(`topolab:event:${name}`, payload);
}

/** Name of the message that carries the engine's port to the preload script. */
export const ENGINE_PORT_CHANNEL = 'topolab:engine-port';
