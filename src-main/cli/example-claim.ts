import { expect, it } from 'vitest';
import { designsRun, openExample } from './example-runs';

/** Where chance has a say, a claim must hold whatever the seed. */
export const SEEDS: readonly number[] = [1, 2];

/** Examples whose claims stand in a file of their own, so that two files can be tested at once. */
export const ABOUT_FAILURES: readonly string[] = ['hedged-requests', 'metastable-failure', 'monolith-and-microservices', 'retry-storm', 'sinkhole'];

/** Likewise. */
export const ABOUT_OBSERVING: readonly string[] = ['telemetry-overhead'];

const claimed = new Map<string, string[]>();

/** Likewise. */
export const ABOUT_DATA: readonly string[] = ['replicated-database'];

/** A test of a claim of a description, quoted in its own words: how the numbers of runs bear it out. */
export function claim(id: string, words: string, check: () => void): void {
  claimed.set(id, [...(claimed.get(id) ?? []), words]);
  it(words, () => {
    expect(openExample(id).description).toContain(words);
    check();
  });
}

/** A test that every sentence of a description has a claim, and that their runs have left out no design; to stand after the claims. */
export function everythingIsClaimed(id: string): void {
  it(`${id} says nothing that is not tested`, () => {
    const { description, designs } = openExample(id);
    const spans = (claimed.get(id) ?? []).map((words) => [description.indexOf(words), description.indexOf(words) + words.length] as const);
    let from = 0;
    for (const sentence of description.split(/(?<=[.?!]) (?=\p{Lu})/u)) {
      const to = from + sentence.length;
      expect({ sentence, claimed: spans.some(([begin, end]) => begin < to && end > from) }).toEqual({ sentence, claimed: true });
      from = to + 1;
    }
    expect(designsRun(id)).toEqual(designs.map((design) => design.id).sort());
  });
}

/** Asserts that a number lies between two others. */
export function within(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}
