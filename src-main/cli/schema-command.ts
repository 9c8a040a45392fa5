import { projectJsonSchema } from '../../src-shared/project/json-schema';
import { resultJsonSchema } from '../../src-shared/protocol/result-schema';
import { EXIT } from './exit-code';
import type { Terminal } from './terminal';

/** `topolab schema [--result]`: the JSON Schema of project files, or of results. */
export function schemaCommand(options: { readonly result?: boolean }, terminal: Terminal): number {
  terminal.out(`${JSON.stringify(options.result === true ? resultJsonSchema() : projectJsonSchema(), null, 2)}\n`);
  return EXIT.done;
}
