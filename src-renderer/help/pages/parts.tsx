import { linkParams, telemetryLinkParams } from '../../../src-shared/kinds/link/link';
import { linkManual, telemetryLinkManual } from '../../../src-shared/kinds/link/link-manual';
import type { ParamSet } from '../../../src-shared/kinds/params';
import { KINDS } from '../../../src-shared/kinds/registry';
import { faultManual } from '../../../src-shared/project/fault-manual';
import { fittingEffects, LINK_EFFECTS } from '../../../src-shared/project/fault-problems';
import { ManualPanel } from '../../inspector/manual-panel';
import type { HelpPage } from '../help-page';

/** A manual as a page of the help; its text and its parameters are searched as well. */
function Manual({ text, params }: { readonly text: string; readonly params: ParamSet; readonly searched: string }) {
  return <ManualPanel text={text} params={params} />;
}

function manualPage(id: string, title: string, text: string, params: ParamSet): HelpPage {
  const searched = `${text.replace(/[#*`]/g, '')} ${Object.values(params)
    .map((param) => `${param.title} ${param.help}`)
    .join(' ')}`;
  return { id, group: 'Parts', title, content: <Manual text={text} params={params} searched={searched} /> };
}

/** The manual of every kind of part and of links: `part-<kind>`, `part-link`, `part-telemetry-link`. */
export const partPages: readonly HelpPage[] = [
  ...KINDS.map((kind) => manualPage(`part-${kind.id}`, kind.title, kind.manual + faultManual(fittingEffects({ kind })), kind.params)),
  manualPage('part-link', 'Link', linkManual + faultManual(LINK_EFFECTS), linkParams),
  manualPage('part-telemetry-link', 'Telemetry link', telemetryLinkManual + faultManual(LINK_EFFECTS), telemetryLinkParams),
];
