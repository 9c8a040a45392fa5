import { client } from './client/client';
import { database } from './database/database';
import { job } from './job/job';
import type { Kind } from './kind';
import { loadBalancer } from './load-balancer/load-balancer';
import { service } from './service/service';
import { telemetryCollector } from './telemetry-collector/telemetry-collector';

/** Every kind of component there is, in the order of the palette: the one list. */
export const KINDS: readonly Kind[] = [client, loadBalancer, service, job, database, telemetryCollector] as unknown as readonly Kind[];

const byId = new Map(KINDS.map((kind) => [kind.id, kind]));

/** The kind with this id, or undefined where the program does not know it. */
export function kindOf(id: string): Kind | undefined {
  return byId.get(id);
}
