// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { type DesktopApi, type DesktopEvents, ENGINE_PORT_MESSAGE, type FileFailure } from '../../src-shared/protocol/desktop-api';
import { desktopBridge } from './desktop-bridge';

const FAILURE: FileFailure = { kind: 'permission', place: '/home/a.topolab', problem: 'Not allowed.', remedy: 'Save elsewhere.' };

/** What the preload script would put there, answering as the test says. */
function desktop(answers: Partial<Record<keyof DesktopApi, unknown>>) {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const calls: unknown[][] = [];
  const api = new Proxy({} as DesktopApi, {
    get: (_target, name: string) => {
      if (name === 'on')
        return (event: string, listener: (payload: never) => void) => {
          const known = listeners.get(event) ?? new Set();
          listeners.set(event, known.add(listener));
          return () => known.delete(listener);
        };
      return async (...words: unknown[]) => {
        calls.push([name, ...words]);
        const answer = answers[name as keyof DesktopApi];
        return typeof answer === 'function' ? answer() : answer;
      };
    },
  });
  const emit = <Name extends keyof DesktopEvents>(name: Name, payload: DesktopEvents[Name]): void => {
    for (const listener of [...(listeners.get(name) ?? [])]) (listener as (value: DesktopEvents[Name]) => void)(payload);
  };
  return { bridge: desktopBridge(api), calls, emit };
}

/** A window message as the preload script sends it, with a port. */
function sendPort(port: MessagePort, source: Window | null = window): void {
  const event = new Event('message');
  Object.assign(event, { data: ENGINE_PORT_MESSAGE });
  Object.defineProperty(event, 'ports', { value: [port] });
  Object.defineProperty(event, 'source', { value: source });
  window.dispatchEvent(event);
}

describe('files on the desktop', () => {
  it('are opened, cancelled or failed', async () => {
    const file = { path: '/a/b.topolab', name: 'b.topolab', text: '{}' };
    expect(await desktop({ openDialog: { ok: true, value: file } }).bridge.openFile()).toEqual({ outcome: 'opened', ...file });
    expect(await desktop({ openDialog: null }).bridge.openFile()).toEqual({ outcome: 'cancelled' });
    expect(await desktop({ openRecent: { ok: false, error: FAILURE } }).bridge.openPath('/x')).toEqual({ outcome: 'failed', ...FAILURE });
  });

  it('are saved where they are, or where the user says', async () => {
    const saved = { ok: true, value: { path: '/a/b.topolab', name: 'b.topolab' } };
    const { bridge, calls } = desktop({ save: saved, saveAs: null });
    expect(await bridge.save('/a/b.topolab', 'text', 'x.topolab', false)).toEqual({ outcome: 'saved', path: '/a/b.topolab', name: 'b.topolab' });
    expect(await bridge.save(null, 'text', 'x.topolab', false)).toEqual({ outcome: 'cancelled' });
    expect(calls).toEqual([
      ['save', '/a/b.topolab', 'text', false],
      ['saveAs', 'x.topolab', 'text'],
    ]);
  });

  it('that come from outside are told as outcomes', () => {
    const { bridge, emit } = desktop({});
    const heard = vi.fn();
    const stop = bridge.onFileOpened(heard);
    emit('fileOpened', { ok: false, error: FAILURE });
    stop();
    emit('fileOpened', { ok: false, error: FAILURE });
    expect(heard.mock.calls).toEqual([[{ outcome: 'failed', ...FAILURE }]]);
  });
});

describe('the engine on the desktop', () => {
  it('is reached over the port that comes as a message of this very window', async () => {
    const { bridge, emit } = desktop({});
    const connecting = bridge.connectEngine();
    const stranger = new MessageChannel();
    sendPort(stranger.port1, null);
    const { port1, port2 } = new MessageChannel();
    sendPort(port1);
    const port = await connecting;
    const heard = new Promise((resolve) => port.onMessage(resolve));
    port2.postMessage({ type: 'paused', runId: 1 });
    expect(await heard).toEqual({ type: 'paused', runId: 1 });
    const received = new Promise((resolve) => {
      port2.onmessage = (event) => resolve(event.data);
    });
    port.post({ type: 'pause', runId: 1 });
    expect(await received).toEqual({ type: 'pause', runId: 1 });
    const exits = vi.fn();
    port.onExit(exits);
    emit('engineExited', { code: 9 });
    emit('engineExited', { code: 9 });
    expect(exits.mock.calls).toEqual([['The engine process ended with code 9.']]);
    port2.close();
    stranger.port1.close();
  });

  it('that ends before it has come up is a failed connection', async () => {
    const { bridge, emit } = desktop({});
    const connecting = bridge.connectEngine();
    emit('engineExited', { code: null });
    await expect(connecting).rejects.toThrow('The engine process was ended.');
  });

  it('that main cannot start is a failed connection', async () => {
    const { bridge } = desktop({
      connectEngine: () => {
        throw new Error('no more processes');
      },
    });
    await expect(bridge.connectEngine()).rejects.toThrow('no more processes');
  });

  it('left by the window tells nothing any more', async () => {
    const { bridge, emit } = desktop({});
    const connecting = bridge.connectEngine();
    const { port1 } = new MessageChannel();
    sendPort(port1);
    const port = await connecting;
    const exits = vi.fn();
    port.onExit(exits);
    port.close();
    emit('engineExited', { code: 0 });
    expect(exits).not.toHaveBeenCalled();
  });
});
