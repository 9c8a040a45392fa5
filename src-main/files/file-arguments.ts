import { isAbsolute, resolve } from 'node:path';
import { FILE_EXTENSION } from '../../src-shared/project/project';

/** Project files among the words that the program was started with: by double-click, by a shell, or by a second start. */
export function fileArguments(words: readonly string[], folder: string): readonly string[] {
  return words
    .slice(1)
    .filter((word) => !word.startsWith('-') && word.toLowerCase().endsWith(FILE_EXTENSION))
    .map((word) => (isAbsolute(word) ? word : resolve(folder, word)));
}
