import { describe, expect, it } from 'vitest';
import { findCommands } from './find-command';

const groups = [
  { group: 'View', actions: [{ label: 'Show the events of the run', keywords: 'log' }] },
  {
    group: 'Run',
    actions: [
      { label: 'Run or pause', keywords: 'play simulate' },
      { label: 'Run', keywords: 'play simulate' },
      { label: 'Pin the run as baseline', keywords: 'compare' },
    ],
  },
];
const found = (query: string): string[] => findCommands(query, groups).flatMap(({ actions }) => actions.map(({ label }) => label));

describe('findCommands', () => {
  it('puts first what is called exactly that, then what begins so, then what has it somewhere', () => {
    expect(found('run')).toEqual(['Run', 'Run or pause', 'Pin the run as baseline', 'Show the events of the run']);
    expect(found('Pause')).toEqual(['Run or pause']);
  });

  it('takes words in any order, also from the keywords', () => {
    expect(found('baseline pin')).toEqual(['Pin the run as baseline']);
    expect(found('simulate')).toEqual(['Run or pause', 'Run']);
    expect(found('nothing like it')).toEqual([]);
    expect(found(' ')).toHaveLength(4);
  });
});
