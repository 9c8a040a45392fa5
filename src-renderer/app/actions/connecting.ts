import { notifications } from '@mantine/notifications';
import { type ConnectOutcome, connect, reconnect } from '../../document/commands/links';
import { documentStore } from '../../document/document-store';
import { designOf } from '../../document/records';
import { select } from '../ui-store';

function tell(designId: string, outcome: ConnectOutcome): void {
  if (outcome.type === 'refused') {
    notifications.show({ color: 'red', title: 'Not connected', message: outcome.reason });
    return;
  }
  select([outcome.linkId]);
  if (!outcome.forward) return;
  const design = designOf(documentStore.getState().project, designId);
  const link = design?.links.find((candidate) => candidate.id === outcome.linkId);
  const name = (id: string | undefined): string => design?.components.find((component) => component.id === id)?.name ?? 'it';
  notifications.show({
    color: 'blue',
    title: 'Connected as a forward link',
    message: `This link leads back to where the requests came from. As a call it would never end, so ${name(link?.from)} hands half of its requests over to ${name(link?.to)} and waits for no reply. Change mode and probability in the inspector.`,
    autoClose: 9000,
  });
}

/** Links two parts, and says so where it is refused or made a forward link. */
export function connectParts(designId: string, fromId: string, toId: string): void {
  tell(designId, connect(designId, fromId, toId));
}

/** Moves an end of a link to another part. */
export function reconnectLink(designId: string, linkId: string, fromId: string, toId: string): void {
  tell(designId, reconnect(designId, linkId, fromId, toId));
}
