import type { KindMigration } from '../kind';

/** Version of the stored values of links; it stands under `link` in a file's kindVersions. */
export const LINK_VERSION = 1;

/** Append-only steps from each version of a link's values to the next, contiguous from 2. */
export const linkMigrations: readonly KindMigration[] = [];
