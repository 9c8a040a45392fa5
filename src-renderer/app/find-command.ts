/** What a command is found by. */
export interface Findable {
  readonly label: string;
  readonly keywords: string;
}

/** Commands under their heading. */
export interface CommandGroup<T extends Findable> {
  readonly group: string;
  readonly actions: T[];
}

/** How well a command fits words that are typed: the lower the better; null where one of the words is nowhere. */
export function fitOf({ label, keywords }: Findable, query: string): number | null {
  const text = query.trim().toLowerCase();
  const title = label.toLowerCase();
  const all = `${title} ${keywords.toLowerCase()}`;
  if (!text.split(/\s+/).every((word) => all.includes(word))) return null;
  if (title === text) return 0;
  if (title.startsWith(text)) return 1;
  if (title.includes(` ${text}`)) return 2;
  return title.includes(text) ? 3 : 4;
}

/** The commands that fit, the best first in each group, and the group of the best first: Enter takes what was meant. Everything where nothing is typed. */
export function findCommands<T extends Findable>(query: string, groups: readonly CommandGroup<T>[]): CommandGroup<T>[] {
  if (query.trim() === '') return [...groups];
  return groups
    .flatMap(({ group, actions }) => {
      const fits = actions
        .flatMap((action) => {
          const fit = fitOf(action, query);
          return fit === null ? [] : [{ action, fit }];
        })
        .sort((one, other) => one.fit - other.fit);
      const [best] = fits;
      return best === undefined ? [] : [{ best: best.fit, group, actions: fits.map(({ action }) => action) }];
    })
    .sort((one, other) => one.best - other.best)
    .map(({ group, actions }) => ({ group, actions }));
}
