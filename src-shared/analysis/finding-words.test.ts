import { describe, expect, it } from 'vitest';
import { nothingFound } from './finding-words';

const endToEnd = (failureShare: number) => ({ endToEnd: { metrics: { offered: 1000, failureShare } } }) as Parameters<typeof nothingFound>[0];

describe('nothingFound', () => {
  it('calls nothing usual where requests failed', () => {
    expect(nothingFound(endToEnd(0))).toMatch(/^Nothing unusual\./);
    const failed = nothingFound(endToEnd(0.119));
    expect(failed).toContain('11.9 % of the requests failed');
    expect(failed).not.toContain('Nothing unusual');
    expect(nothingFound({ endToEnd: { metrics: { offered: 0, completed: 0 }, failures: {} } })).toMatch(/^No request came/);
  });
});
