import { fork } from 'node:child_process';
import { type BenchResult, describeBench, runBench } from '../../src-shared/validation/bench';
import { POLICY_WORKLOADS } from '../../src-shared/validation/bench-policies';
import { BENCH_WORKLOADS } from '../../src-shared/validation/bench-projects';
import { benchSweep } from './bench-sweep';
import { CommandFailure, EXIT } from './exit-code';
import type { Terminal } from './terminal';

/** Customers of one workload when nothing else is asked for: enough for the just-in-time compiler to have finished. */
const CUSTOMERS = 1_000_000;

/** Rounds in which the policies are compared: each runs once in a round, so that a slow moment of the machine hits all alike. */
const ROUNDS = 5;

/** `topolab bench [WORKLOAD] [CUSTOMERS] [SEED]`: one workload, one line of JSON; all of them, or none named, a table; `policies`: what each policy costs; `sweep FILE`: what all cores gain. */
export async function benchCommand(
  entry: string,
  words: { readonly workload?: string; readonly customers?: string; readonly seed?: string },
  terminal: Terminal,
  now: () => number,
): Promise<number> {
  if (words.workload === 'sweep') {
    await benchSweep(entry, words.customers, terminal, now);
    return EXIT.done;
  }
  const customers = wholeNumber('CUSTOMERS', words.customers ?? String(CUSTOMERS));
  const seed = wholeNumber('SEED', words.seed ?? '1');
  if (customers < 1) throw new CommandFailure(EXIT.usage, 'CUSTOMERS must be at least 1.');
  if (words.workload === 'policies') {
    await comparePolicies(entry, customers, seed, terminal);
    return EXIT.done;
  }
  if (words.workload !== undefined && words.workload !== 'all') {
    const known = [...BENCH_WORKLOADS, ...POLICY_WORKLOADS].map(({ id }) => id);
    if (!known.includes(words.workload))
      throw new CommandFailure(EXIT.usage, `There is no workload ${JSON.stringify(words.workload)}; there are ${known.join(', ')}, all, policies and sweep.`);
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

/** Prints what each policy costs: its wall time as a ratio to that of the same workload with nothing on, median of the rounds. */
async function comparePolicies(entry: string, customers: number, seed: number, terminal: Terminal): Promise<void> {
  const walls = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    terminal.log(`round ${round + 1} of ${ROUNDS}`);
    for (const { id } of POLICY_WORKLOADS) {
      const { result } = await runApart(entry, id, customers, seed + round);
      walls.set(id, [...(walls.get(id) ?? []), result.wall]);
    }
  }
  const off = walls.get('off') ?? [];
  for (const { id, title } of POLICY_WORKLOADS) {
    const own = walls.get(id) ?? [];
    const ratio = median(own.map((wall, round) => wall / (off[round] ?? Number.NaN)));
    terminal.out(`${id.padEnd(14)} ${String(Math.round(customers / median(own))).padStart(9)} customers/s  x ${ratio.toFixed(2)}  ${title}\n`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
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
