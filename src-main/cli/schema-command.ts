import { projectJsonSchema } from '../../src-shared/project/json-schema';
import { resultJsonSchema } from '../../src-shared/protocol/result-schema';
import { tracesJsonSchema } from '../../src-shared/protocol/trace';
import { EXIT } from './exit-code';
import type { Terminal } from './terminal';

/** `topolab schema [--result | --traces]`: the JSON Schema of project files, of results, or of traces. */
export function schemaCommand(options: { readonly result?: boolean; readonly traces?: boolean }, terminal: Terminal): number {
  const schema = options.traces === true ? tracesJsonSchema() : options.result === true ? resultJsonSchema() : projectJsonSchema();
  terminal.out(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT.done;
}
