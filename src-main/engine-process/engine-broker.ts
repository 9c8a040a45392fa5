import type { UtilityProcess, WebContents } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import type { EngineExit } from '../../src-shared/protocol/desktop-api';
import { ENGINE_PORT_CHANNEL } from '../ipc/channels';

/**
 * Starts engine processes and brings page and engine together: one end of a channel for each. What they say to each other never
 * passes through the main process; it only notices when the engine is gone.
 */
export class EngineBroker {
  private current: UtilityProcess | null = null;

  constructor(
    private readonly entry: string,
    private readonly onExit: (exit: EngineExit) => void,
  ) {}

  /** Forks a fresh engine process for this page, in the place of the one before, and hands the page its port. */
  connect(contents: WebContents): void {
    this.stop();
    const child = utilityProcess.fork(this.entry, [], { serviceName: 'Topolab engine', stdio: 'inherit' });
    this.current = child;
    child.once('exit', (code) => {
      if (this.current !== child) return;
      this.current = null;
      // 0 is the engine's own way out after the page has closed its port.
      if (code !== 0) this.onExit({ code });
    });
    const channel = new MessageChannelMain();
    child.postMessage(null, [channel.port1]);
    contents.postMessage(ENGINE_PORT_CHANNEL, null, [channel.port2]);
  }

  /** Process id of the running engine, for the diagnosis. */
  get pid(): number | undefined {
    return this.current?.pid;
  }

  stop(): void {
    const child = this.current;
    this.current = null;
    child?.kill();
  }
}
