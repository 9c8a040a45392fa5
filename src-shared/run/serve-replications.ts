import { type FromReplications, toReplicationsSchema } from '../protocol/replication-messages';
import { createVariantWorker, type VariantWorker } from './variant-worker';

/** Share of a job between two reports of progress. */
const REPORT_EVERY = 0.02;

/** The life of a worker that runs replications for a page: gives the function that answers its messages. */
export function createReplicationServer(send: (message: FromReplications) => void): (raw: unknown) => void {
  let worker: VariantWorker | null = null;
  return (raw) => {
    const parsed = toReplicationsSchema.safeParse(raw);
    if (!parsed.success) {
      send({ type: 'bug', message: `A job could not be read: ${parsed.error.issues[0]?.message ?? 'it has another form than expected'}.` });
      return;
    }
    try {
      if (parsed.data.type === 'open') {
        worker = createVariantWorker(parsed.data.project, parsed.data.variants);
        return;
      }
      if (worker === null) {
        send({ type: 'bug', message: 'A job came before the project that it is of.' });
        return;
      }
      let reported = 0;
      const value = worker(parsed.data, (share) => {
        if (share - reported < REPORT_EVERY || share > 1) return;
        reported = share;
        send({ type: 'progress', share });
      });
      send({ type: 'done', value: typeof value === 'number' ? value : { ...value, rows: [...value.rows] } });
    } catch (error) {
      send({ type: 'bug', message: error instanceof Error ? error.message : String(error) });
    }
  };
}
