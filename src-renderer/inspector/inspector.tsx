import { useActiveDesign, useUi } from '../app/ui-store';
import { findRecord } from '../document/records';
import { ComponentPanel } from './component-panel';
import { LinkPanel } from './link-panel';
import { NotePanel } from './note-panel';
import { ProjectPanel } from './project-panel';
import { SeveralPanel } from './several-panel';

/** Shows what is selected, and lets it be changed; with nothing selected, the project and its runs. */
export function Inspector() {
  const design = useActiveDesign();
  const selection = useUi((state) => state.selection);
  const [id] = selection;
  if (design === undefined || id === undefined) return <ProjectPanel />;
  if (selection.length > 1) return <SeveralPanel design={design} ids={selection} />;
  const found = findRecord(design, id);
  switch (found?.type) {
    case 'component':
      return <ComponentPanel key={id} component={found.record} designId={design.id} />;
    case 'link':
      return <LinkPanel key={id} design={design} link={found.record} />;
    case 'note':
      return <NotePanel key={id} note={found.record} designId={design.id} />;
    case undefined:
      return <ProjectPanel />;
  }
}
