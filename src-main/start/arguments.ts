import type { Result } from '../../src-shared/base/result';
import { err, ok } from '../../src-shared/base/result';

export interface StartArguments {
  readonly files: readonly string[];
  readonly browser: boolean;
  /** Null: the usual port, or the next free one. */
  readonly port: number | null;
  readonly help: boolean;
}

export const START_HELP = `Usage: npm start -- [options] [file.topolab]

Opens Topolab in a window of its own, or, where that is not possible, in the browser.

  --browser    use the browser in any case
  --port N     port of the loopback address for the browser (0: any free one)
  --help       this text`;

/** Reads the words after `npm start --`; the error is one sentence. */
export function parseStartArguments(words: readonly string[]): Result<StartArguments, string> {
  const files: string[] = [];
  let browser = false;
  let port: number | null = null;
  let help = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const [name, attached] = word.startsWith('--') ? word.split('=', 2) : [word, undefined];
    if (name === '--browser') browser = true;
    else if (name === '--help' || name === '-h') help = true;
    else if (name === '--port') {
      const value = attached ?? words[++i] ?? '';
      port = /^\d{1,5}$/.test(value) ? Number(value) : -1;
      if (port < 0 || port > 65_535) return err(`--port needs a number from 0 to 65535, not '${value}'.`);
    } else if (word.startsWith('-')) return err(`There is no option ${word}.`);
    else files.push(word);
  }
  return ok({ files, browser, port, help });
}
