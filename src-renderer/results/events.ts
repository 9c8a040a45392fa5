import { type CsvValue, writeCsv } from '../../src-shared/analysis/csv';
import { type EventNames, eventDetail, eventPlace } from '../../src-shared/analysis/event-text';
import type { RunEvent } from '../../src-shared/run/result';

export { EVENT_GROUPS, type EventGroup, type EventLook, type EventNames, eventDetail, eventLook, eventPlace } from '../../src-shared/analysis/event-text';

/** Id of the part or link that an event belongs to; null for one that belongs to none. */
export function eventRecord({ componentId, linkId }: RunEvent): string | null {
  return linkId ?? componentId;
}

/** The events of a run as CSV: one row for each, names beside ids. */
export function eventsCsv(journal: readonly RunEvent[], names: EventNames): string {
  const header = ['atMs', 'type', 'componentId', 'instance', 'linkId', 'faultId', 'value', 'place', 'detail'];
  return writeCsv(
    header,
    journal.map((event): CsvValue[] => [
      event.atMs,
      event.type,
      event.componentId,
      event.instance,
      event.linkId,
      event.faultId,
      event.value,
      eventPlace(event, names),
      eventDetail(event, names),
    ]),
  );
}
