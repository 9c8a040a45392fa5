import type { ReactNode } from 'react';

/** Headings in the list of pages, in their order. */
export const HELP_GROUPS = ['Start', 'Reading a run', 'Experiments', 'Trust', 'Parts'] as const;
export type HelpGroup = (typeof HELP_GROUPS)[number];

/** A page of the help. */
export interface HelpPage {
  /** Stable: links and `showHelp` name it. */
  readonly id: string;
  readonly group: HelpGroup;
  readonly title: string;
  /** Other words that people may search for. */
  readonly keywords?: string;
  /** Text in ordinary elements: h3, p, ul, dl, table, kbd. What stands in them as text is searched. */
  readonly content: ReactNode;
}
