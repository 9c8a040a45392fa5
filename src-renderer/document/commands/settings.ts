import { LIMITS, type RunSettings, settingsSchema } from '../../../src-shared/project/project';
import { change } from '../document-store';

/** Changes one setting of the runs; a value that the file could not hold changes nothing. */
export function setSetting<K extends keyof RunSettings>(key: K, value: RunSettings[K]): void {
  if (!settingsSchema.shape[key].safeParse(value).success) return;
  change(
    'Change run settings',
    (draft) => {
      draft.settings[key] = value;
    },
    { mark: `setting:${key}` },
  );
}

/** Gives the project another name. An empty name changes nothing. */
export function renameProject(name: string): void {
  const trimmed = name.trim().slice(0, LIMITS.nameLength);
  if (trimmed === '') return;
  change(
    'Rename project',
    (draft) => {
      draft.name = trimmed;
    },
    { mark: 'project-name' },
  );
}

/** Describes the project in words. */
export function describeProject(text: string): void {
  change(
    'Edit description',
    (draft) => {
      draft.description = text.slice(0, LIMITS.noteLength);
    },
    { mark: 'project-description' },
  );
}
