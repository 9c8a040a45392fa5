import { fork } from 'node:child_process';
import { type BenchResult, describeBench, runBench } from '../../src-shared/validation/bench';
import { BENCH_WORKLOADS } from '../../src-shared/validation/bench-projects';
import { CommandFailure, EXIT } from './exit-code';
import type { Terminal } from './terminal';

/** Customers of one workload when nothing else is asked for: enough for the just-in-time compiler to have finished. */
const CUSTOMERS = 1_000_000;

/** `topolab bench [WORKLOAD] [CUSTOMERS] [SEED]`: one workload, one line of JSON; all of them, or none named, a table. */
export async function benchCommand(
  entry: string,
  words: { readonly workload?: string; readonly customers?: string; readonly seed?: string },
  terminal: Terminal,
  now: () => number,
): Promise<number> {
  const customers = wholeNumber('CUSTOMERS', words.customers ?? String(CUSTOMERS));
  const seed = wholeNumber('SEED', words.seed ?? '1');
  if (customers < 1) throw new CommandFailure(EXIT.usage, 'CUSTOMERS must be at least 1.');
  if (words.workload !== undefined && words.workload !== 'all') {
    const known = BENCH_WORKLOADS.map(({ id }) => id as string);
    if (!known.includes(words.workload))
      throw new CommandFailure(EXIT.usage, `There is no workload ${JSON.stringify(words.workload)}; there are ${known.join(', ')} and all.`);
    terminal.out(`${JSON.stringify(runBench(words.workload, customers, seed, now))}\n`);
    // To the table, where it is that which runs us; maxRSS is in kilobytes.
    process.send?.(process.resourceUsage().maxRSS * 1024);
    return EXIT.done;
  }
  const rows: { readonly result: BenchResult; readonly bytes: number }[] = [];
  for (const { id, title } of BENCH_WORKLOADS) {
    terminal.log(`${id}: ${title}`);
    rows.push(await runApart(entry, id, customers, seed));
  }
  for (const line of describeBench(rows)) terminal.out(`${line}\n`);
  return EXIT.done;
}

/** Runs one workload in a process of its own, so that neither compiled code nor memory of another is in it. */
function runApart(entry: string, workload: string, customers: number, seed: number): Promise<{ readonly result: BenchResult; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, ['bench', workload, String(customers), String(seed)], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    let out = '';
    let bytes = 0;
    child.stdout?.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.on('message', (message) => {
      bytes = Number(message);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve({ result: JSON.parse(out) as BenchResult, bytes });
      else reject(new Error(`The process of the workload ${workload} ended with code ${code}.`));
    });
  });
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new CommandFailure(EXIT.usage, `${name} must be a whole number, not ${JSON.stringify(text)}.`);
}
