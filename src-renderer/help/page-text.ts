import { isValidElement, type ReactNode } from 'react';
import type { HelpPage } from './help-page';

/** The text of a page as a reader sees it, for the search; what a component makes by itself is left out. */
export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join(' ');
  if (!isValidElement<{ children?: ReactNode; searched?: string }>(node)) return '';
  return `${node.props.searched ?? ''} ${textOf(node.props.children)}`;
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ');

/** A page that was found, and where: the words around the first hit in its text, empty where only its title or keywords have it. */
export interface Hit {
  readonly page: HelpPage;
  readonly excerpt: string;
}

const AROUND = 40;

/** Pages that have every word of `query`, those with all of them in the title first, else in the order of the list. */
export function searchPages(pages: readonly HelpPage[], query: string): readonly Hit[] {
  const words = plain(query).split(' ').filter(Boolean);
  const hits = pages.flatMap((page) => {
    const text = textOf(page.content).replace(/\s+/g, ' ').trim();
    const title = plain(page.title);
    const everything = `${title} ${plain(page.keywords ?? '')} ${plain(text)}`;
    if (!words.every((word) => everything.includes(word))) return [];
    const at = plain(text).indexOf(words[0] ?? '');
    const from = at <= AROUND ? 0 : text.lastIndexOf(' ', at - AROUND) + 1;
    const excerpt = at < 0 || words.length === 0 ? '' : `${from > 0 ? '… ' : ''}${text.slice(from, at + 2 * AROUND)} …`;
    return [{ page, excerpt, inTitle: words.every((word) => title.includes(word)) }];
  });
  return [...hits.filter(({ inTitle }) => inTitle), ...hits.filter(({ inTitle }) => !inTitle)].map(({ page, excerpt }) => ({ page, excerpt }));
}
