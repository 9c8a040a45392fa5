import type { Problem } from '../base/problem';
import { type FromBatch, type ToBatch, toBatchSchema } from '../protocol/batch-messages';
import { prepareVariant, runVariant, type VariantFault } from './variants';

/** Share of a job between two reports of progress. */
const REPORT_EVERY = 0.005;

/** Answers one message to a batch worker: runs the job to its end, telling of its progress meanwhile. What is no message is dropped. */
export function serveBatch(raw: unknown, send: (message: FromBatch) => void): void {
  const parsed = toBatchSchema.safeParse(raw);
  if (!parsed.success) {
    refuseMalformed(raw, parsed.error.issues[0]?.message ?? 'it has another form than expected', send);
    return;
  }
  const { jobId } = parsed.data;
  try {
    run(parsed.data, send);
  } catch (error) {
    send({ type: 'bug', jobId, message: error instanceof Error ? error.message : String(error) });
  }
}

function run({ jobId, project, designId, changes }: ToBatch, send: (message: FromBatch) => void): void {
  const prepared = prepareVariant(project, { label: designId, designId, changes });
  if (!prepared.ok) {
    send({ type: 'refused', jobId, problems: problemsOfFault(prepared.error) });
    return;
  }
  let reported = 0;
  const { result, samples } = runVariant(prepared.value, (share) => {
    if (share - reported < REPORT_EVERY) return;
    reported = share;
    send({ type: 'progress', jobId, share });
  });
  send({ type: 'done', jobId, result, samples });
}

/** Why a variant cannot run, as problems for the user. */
export function problemsOfFault(fault: VariantFault): readonly Problem[] {
  if (fault.kind === 'problems') return fault.problems;
  return [{ severity: 'error', code: 'impossible-change', message: fault.message, remedy: 'Name a part and a parameter that the design has.' }];
}

/** Somebody waits for the answer to a job, even to one that cannot be read. */
function refuseMalformed(raw: unknown, why: string, send: (message: FromBatch) => void): void {
  const { jobId } = (typeof raw === 'object' && raw !== null ? raw : {}) as { jobId?: unknown };
  if (typeof jobId !== 'number') return;
  send({
    type: 'refused',
    jobId,
    problems: [
      {
        severity: 'error',
        code: 'unreadable-start',
        message: `The engine cannot read this project: ${why}.`,
        remedy: 'Undo the latest change, or save the project and open it again.',
      },
    ],
  });
}
