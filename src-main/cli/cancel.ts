import { CommandFailure, EXIT } from './exit-code';

/**
 * Runs a task that Ctrl+C ends: its threads are stopped, nothing is written, and the command ends with a code of its own.
 * Output is only written when a task is done, so that no file is ever half of one.
 */
export async function cancellable<Value>(task: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const cancel = (): void => controller.abort();
  process.once('SIGINT', cancel);
  try {
    return await task(controller.signal);
  } catch (thrown) {
    if (controller.signal.aborted) throw new CommandFailure(EXIT.cancelled, 'Cancelled; nothing was written.');
    throw thrown;
  } finally {
    process.off('SIGINT', cancel);
  }
}
