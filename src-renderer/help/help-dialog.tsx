import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import classes from './help.module.css';
import { HELP_GROUPS, type HelpPage } from './help-page';
import { HELP_PAGES } from './help-pages';
import { helpStore, useHelp } from './help-store';
import { searchPages } from './page-text';

function PageButton({ page, current, excerpt }: { readonly page: HelpPage; readonly current: boolean; readonly excerpt: string }) {
  return (
    <button
      type="button"
      className={classes.entry}
      aria-current={current ? 'page' : undefined}
      data-help-entry
      onClick={() => helpStore.setState({ pageId: page.id })}
    >
      {page.title}
      {excerpt !== '' && <span className={classes.excerpt}>{excerpt}</span>}
    </button>
  );
}

/** Up and down go from page to page; the search field leads down into the list. */
function moveInList(event: React.KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-help-entry]')];
  const next = entries[entries.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function Contents({ shown }: { readonly shown: HelpPage | undefined }) {
  const query = useHelp((state) => state.query);
  const hits = useMemo(() => searchPages(HELP_PAGES, query), [query]);
  const searching = query.trim() !== '';
  return (
    <nav className={classes.contents} aria-label="Pages" onKeyDown={moveInList}>
      <TextInput
        placeholder="Search the help"
        aria-label="Search the help"
        data-autofocus
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={query}
        onChange={(event) => helpStore.setState({ query: event.currentTarget.value })}
        onKeyDown={(event) => {
          const [first] = hits;
          if (event.key === 'Enter' && searching && first !== undefined) helpStore.setState({ pageId: first.page.id });
        }}
      />
      <div className={classes.list}>
        {searching && hits.length === 0 && <p className={classes.quiet}>No page has these words.</p>}
        {searching
          ? hits.map(({ page, excerpt }) => <PageButton key={page.id} page={page} current={page === shown} excerpt={excerpt} />)
          : HELP_GROUPS.map((group) => {
              const pages = HELP_PAGES.filter((page) => page.group === group);
              if (pages.length === 0) return null;
              return (
                <section key={group} aria-label={group}>
                  <h3 className="tl-heading">{group}</h3>
                  {pages.map((page) => (
                    <PageButton key={page.id} page={page} current={page === shown} excerpt="" />
                  ))}
                </section>
              );
            })}
      </div>
    </nav>
  );
}

/** The help: a list of pages with a search at the left, the page at the right. It needs no network. */
export function HelpDialog() {
  const opened = useHelp((state) => state.opened);
  const pageId = useHelp((state) => state.pageId);
  const shown = HELP_PAGES.find((page) => page.id === pageId) ?? HELP_PAGES[0];
  const text = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its beginning
  useEffect(() => text.current?.scrollTo({ top: 0 }), [shown]);
  return (
    <Modal
      stackId="help"
      opened={opened}
      onClose={() => helpStore.setState({ opened: false })}
      title="Help"
      size={980}
      classNames={{ body: classes.body }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Contents shown={shown} />
      {shown !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <article ref={text} className={classes.page} aria-label={shown.title} tabIndex={0} data-testid={`help-${shown.id}`}>
          <h2>{shown.title}</h2>
          {shown.content}
        </article>
      )}
    </Modal>
  );
}
