import type { WriteStream } from 'node:tty';

/** Where a command writes: results to `out`, everything about them to `log`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly log: (line: string) => void;
  /** Replaces the last line of the terminal; only where there is one. */
  readonly status: ((line: string) => void) | null;
}

/** The terminal of this process. A reader that goes away, as `head` does, ends the program without a word. */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  let shown = 0;
  const clear = (): void => {
    if (shown > 0) process.stderr.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  const screen = process.stderr as WriteStream;
  return {
    out: (text) => {
      clear();
      process.stdout.write(text);
    },
    log: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    status: screen.isTTY
      ? (line) => {
          const text = line.slice(0, Math.max(20, (screen.columns || 80) - 1));
          process.stderr.write(`\r${text}${' '.repeat(Math.max(0, shown - text.length))}`);
          shown = text.length;
        }
      : null,
  };
}
