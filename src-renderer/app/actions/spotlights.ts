import { createSpotlight } from '@mantine/spotlight';

/** The command palette's store and its handle. */
export const [commandSpotlightStore, commandSpotlight] = createSpotlight();

/** The store of the list in which a part is found by name, and its handle. */
export const [partSpotlightStore, partSpotlight] = createSpotlight();
