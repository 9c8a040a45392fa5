import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinate, escapeText, markup, plain } from './markup';
import { inlineProse, manualPoints } from './report-parts';
import { shorten, shortenName, textWidth, wrap } from './text-width';

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

describe('markup', () => {
  it('lets no text end an element or an attribute, and loses none that may stand there', () => {
    const hostile = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 }).map((points) => String.fromCodePoint(...points)),
      fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=y>', '</style>', ']]>', '&amp;', '\ud800', '\u0000'),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
        // Nothing is left that XML forbids (XML 1.0, production 2).
        expect(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(escaped)).toBe(true);
        if (/^[\t\n\r\u0020-\u007e\u00a0-\ud7ff]*$/.test(text)) expect(decode(escaped)).toBe(text);
      }),
    );
  });

  it('escapes what a template is given, and joins what is markup already', () => {
    expect(markup`<p title="${plain('"')}">${plain('<b>')}${[markup`<i>1</i>`, markup`<i>2</i>`]}${3}</p>`).toBe(
      '<p title="&quot;">&lt;b&gt;<i>1</i><i>2</i>3</p>',
    );
  });

  it('writes coordinates with two decimals and without a negative zero', () => {
    expect([1, 1.005, -0.001, 1 / 3, -12.346].map(coordinate)).toEqual(['1', '1', '0', '0.33', '-12.35']);
  });

  it('reads stress and code of manuals, and nothing else', () => {
    expect(inlineProse('**Servers** *wait* for `n < 2` and 3 * 4 * 5')).toBe('<strong>Servers</strong> <em>wait</em> for <code>n &lt; 2</code> and 3 * 4 * 5');
    expect(manualPoints('# A\n## What it leaves out\n- one\n- two\n  goes on\n\n## Sources\n- book', 'What it leaves out')).toEqual(['one', 'two goes on']);
    expect(manualPoints('## Sources\nbook', 'What it leaves out')).toEqual([]);
  });
});

describe('text of pictures', () => {
  it('is cut to its width, and wrapped without parting a number from its unit', () => {
    expect(textWidth('iii', 10)).toBeLessThan(textWidth('mmm', 10));
    expect(shorten('short', 12, 200)).toBe('short');
    const cut = shorten('a very long name of a part of the system', 12, 80);
    expect(cut).toMatch(/…$/);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(80);
    expect(wrap('1 × 4 · p50 8 ms, p99 40 ms', 11, 150, 2)).toEqual(['1 × 4 · p50 8 ms, p99', '40 ms']);
    expect(wrap('one two three four five six', 12, 60, 2)).toHaveLength(2);
  });
});

describe('names before what is said of them', () => {
  it('give way, and what is said stays', () => {
    const fits = (text: string): boolean => [...text].length <= 20;
    expect(shortenName('Fast: p95 ≤ 200 ms', fits)).toBe('Fast: p95 ≤ 200 ms');
    expect(shortenName('A very long name of an objective: p95 ≤ 200 ms', fits)).toBe('A ver…: p95 ≤ 200 ms');
    expect(shortenName('目标目标目标目标目标目标目标: p95', fits)).toBe('目标目标目标目标目标目标目标: p95');
    expect(shortenName('x'.repeat(50), fits)).toBe(`${'x'.repeat(19)}…`);
    expect(shortenName('name: much more than there is any room for', fits)).toBe('n…: much more than there is any room for');
  });
});
