import { createStore } from 'zustand/vanilla';
import { serializeProject } from '../../../src-shared/project/parse';
import type { Project } from '../../../src-shared/project/project';
import { documentStore } from '../../document/document-store';
import { uiStore } from '../ui-store';

/** What is going on with the file at the moment, for the status bar. */
export const fileStatusStore = createStore<{ readonly saving: boolean; readonly recovered: boolean }>()(() => ({ saving: false, recovered: false }));

/** What the document is called: by its file where it has one. */
export function documentName(): string {
  const { file, project } = documentStore.getState();
  return file?.name ?? project.name;
}

/** The project as it goes into a file, with the views that each design was last looked at. */
export function projectForFile(): Project {
  const { project } = documentStore.getState();
  const { viewports } = uiStore.getState();
  const designs = Object.fromEntries(
    Object.entries(project.view.designs).map(([id, view]) => {
      const viewport = viewports[id];
      return [id, viewport === undefined ? view : { ...view, viewport }];
    }),
  );
  return { ...project, view: { ...project.view, designs } };
}

/** The document as the text of a file. */
export function documentText(): string {
  return serializeProject(projectForFile());
}
