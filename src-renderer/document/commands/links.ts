import { linkParams } from '../../../src-shared/kinds/link/link';
import { defaultsOf } from '../../../src-shared/kinds/params';
import { closesCallCycle, connectionRefusal } from '../../../src-shared/project/connection';
import { LIMITS } from '../../../src-shared/project/project';
import { change, documentStore } from '../document-store';
import { freshId } from '../ids';
import { designOf, draftDesign, recordIds } from '../records';

/** What became of an attempt to link two parts. */
export type ConnectOutcome =
  | { readonly type: 'linked'; readonly linkId: string; readonly forward: boolean }
  | { readonly type: 'refused'; readonly reason: string };

/** Chance with which a link that closes a cycle hands the request back: half of the requests go round again. */
const FEEDBACK_PROBABILITY = 0.5;

/** Links two components. A link that would close a cycle of calls is made a forward link, which waits for no reply. */
export function connect(designId: string, fromId: string, toId: string): ConnectOutcome {
  const { project } = documentStore.getState();
  const reason = connectionRefusal(project, designId, fromId, toId);
  const design = designOf(project, designId);
  if (reason !== null || design === undefined) return { type: 'refused', reason: reason ?? 'The design no longer exists.' };
  if (design.links.length >= LIMITS.linksPerDesign) return { type: 'refused', reason: `A design holds at most ${LIMITS.linksPerDesign} links.` };
  const forward = closesCallCycle(design, fromId, toId);
  const linkId = freshId('link', recordIds(design));
  change(
    'Connect',
    (draft) => {
      const params = structuredClone(defaultsOf(linkParams)) as Record<string, unknown>;
      if (forward) Object.assign(params, { mode: 'forward', probability: FEEDBACK_PROBABILITY });
      draftDesign(draft, designId)?.design.links.push({ id: linkId, from: fromId, to: toId, params });
    },
    { designId },
  );
  return { type: 'linked', linkId, forward };
}

/** Moves an end of a link to another component, with its values. */
export function reconnect(designId: string, linkId: string, fromId: string, toId: string): ConnectOutcome {
  const { project } = documentStore.getState();
  const design = designOf(project, designId);
  const link = design?.links.find((candidate) => candidate.id === linkId);
  if (design === undefined || link === undefined) return { type: 'refused', reason: 'The link no longer exists.' };
  if (link.from === fromId && link.to === toId) return { type: 'linked', linkId, forward: false };
  const without = { ...design, links: design.links.filter((candidate) => candidate.id !== linkId) };
  const reason = connectionRefusal({ ...project, designs: [without] }, designId, fromId, toId);
  if (reason !== null) return { type: 'refused', reason };
  const forward = closesCallCycle(without, fromId, toId) && link.params.mode !== 'forward';
  change(
    'Reconnect',
    (draft) => {
      const moved = draftDesign(draft, designId)?.design.links.find((candidate) => candidate.id === linkId);
      if (moved === undefined) return;
      moved.from = fromId;
      moved.to = toId;
      if (forward) Object.assign(moved.params, { mode: 'forward', probability: FEEDBACK_PROBABILITY });
    },
    { designId },
  );
  return { type: 'linked', linkId, forward };
}

/** Moves a link up or down among the links of the same component: a service in sequence calls them in this order. */
export function moveLink(designId: string, linkId: string, by: -1 | 1): void {
  change(
    'Change order of calls',
    (draft) => {
      const links = draftDesign(draft, designId)?.design.links;
      const index = links?.findIndex((candidate) => candidate.id === linkId) ?? -1;
      const link = links?.[index];
      if (links === undefined || link === undefined) return;
      let other = index + by;
      while (links[other] !== undefined && links[other]?.from !== link.from) other += by;
      const swapped = links[other];
      if (swapped === undefined) return;
      links[index] = swapped;
      links[other] = link;
    },
    { designId },
  );
}
