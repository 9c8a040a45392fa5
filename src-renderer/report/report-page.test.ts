// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import metastable from '../../examples/metastable-failure.topolab?raw';
import threeTier from '../../examples/three-tier.topolab?raw';
import { formatChartValue } from '../../src-shared/analysis/chart-text';
import { formatFailures, formatMeasured } from '../../src-shared/analysis/metric-text';
import { chartsPicture } from '../../src-shared/analysis/report/chart-picture';
import { filmPicture } from '../../src-shared/analysis/report/film-picture';
import { PICTURE_COLORS } from '../../src-shared/analysis/report/picture-colors';
import { layoutOf } from '../../src-shared/analysis/report/picture-layout';
import { looksOfResult, NO_LOOKS } from '../../src-shared/analysis/report/picture-looks';
import { repeatCommand, reportHtml, shellWord } from '../../src-shared/analysis/report/report';
import { seriesCharts, surroundingsOf } from '../../src-shared/analysis/report/series-charts';
import { topologyPicture } from '../../src-shared/analysis/report/topology-picture';
import { METRIC_NAMES } from '../../src-shared/analysis/result-export';
import { FAILURE_REASONS, METRICS } from '../../src-shared/engine/metrics';
import { parseProject } from '../../src-shared/project/parse';
import type { Project } from '../../src-shared/project/project';
import { smallProject } from '../../src-shared/project/small-project';
import type { RunResult } from '../../src-shared/run/result';
import { simulate } from '../../src-shared/run/simulate';
import { readingOf } from '../advice/reading';

function example(text: string, settings: Partial<Project['settings']>): Project {
  const parsed = parseProject(text);
  if (!parsed.ok) throw new Error('An example cannot be read.');
  return { ...parsed.value, settings: { ...parsed.value.settings, ...settings } };
}

function run(project: Project, place = 0): RunResult {
  const outcome = simulate(project, project.designs[place]?.id ?? '', {});
  if (!outcome.ok) throw new Error(outcome.error[0]?.message);
  return outcome.value;
}

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
/** The first error of a strict parser, or null. */
const xmlError = (svg: string): string | null => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null;
const texts = (page: Document, selector: string): string[] => [...page.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
/** Rows of a table by its label: the name of the row and its cells. */
const rows = (page: Document, label: string): Map<string, string[]> =>
  new Map(
    [...page.querySelectorAll(`[aria-label="${label}"] tbody > tr`)].map((row) => [
      row.querySelector('th')?.textContent ?? '',
      [...row.querySelectorAll(':scope > td')].map(({ textContent }) => textContent ?? ''),
    ]),
  );

const shop = example(threeTier, { durationMs: 8000, warmUpMs: 1000, replications: 3, seriesPoints: 40 });
const found = run(shop);
const reading = readingOf(shop, found.design.id, found);
if (reading === null) throw new Error('it can be read');
const page = parse(reportHtml({ project: shop, result: found, fileName: 'three-tier.topolab', reading }));

describe('the report', () => {
  it('has every section, in the order of interest', () => {
    expect(texts(page, 'h2')).toEqual([
      'Topology',
      'Objectives',
      'Results',
      'Over simulated time',
      'What limits it',
      'Parts',
      'Links',
      'Findings, problems and self-checks',
      'Events',
      'Workload',
      'Parameters that differ from their defaults',
      'Assumptions: what the model leaves out',
      'How to repeat it',
    ]);
    // Every entry of the list leads to a section that is there.
    for (const link of page.querySelectorAll('nav a')) expect(page.querySelector(link.getAttribute('href') ?? '')).not.toBeNull();
  });

  it('tells every number of the result with its interval: end to end, of operations, parts and links', () => {
    const whole = rows(page, 'End to end');
    const measured = METRIC_NAMES.filter((name) => found.endToEnd.metrics[name] !== undefined);
    expect([...whole.keys()]).toEqual(measured.map((name) => METRICS[name].title));
    for (const name of measured) expect(whole.get(METRICS[name].title)?.[0]).toBe(formatMeasured(name, found.endToEnd));
    expect(whole.get('Throughput')?.[0]).toContain('±');
    for (const [label, things] of [
      ['Operations', found.operations],
      ['All numbers of the parts', found.components],
      ['All numbers of the links', found.links],
    ] as const) {
      const table = rows(page, label);
      let told = 0;
      for (const [place, thing] of things.entries())
        for (const name of METRIC_NAMES) {
          if (thing.metrics[name] === undefined) continue;
          expect(table.get(METRICS[name].title)?.[place]).toBe(formatMeasured(name, thing));
          told++;
        }
      expect(told).toBeGreaterThan(10);
    }
  });

  it('names the bottleneck with its evidence, and single points of failure', () => {
    expect(page.querySelector('#limits strong')?.textContent).toBe(reading.bottleneck.sentence);
    expect(texts(page, '#limits > ul li')).toEqual([...reading.bottleneck.evidence]);
    expect([...rows(page, 'Single points of failure').keys()]).toEqual(reading.singlePoints.map(({ name }) => name));
    expect(page.querySelector('#glance')?.textContent).toContain(reading.bottleneck.sentence);
  });

  it('has each chart with its points behind it', () => {
    expect(page.querySelectorAll('#charts figure')).toHaveLength(5);
    const points = page.querySelectorAll('#chart-throughput details tbody tr');
    expect(points).toHaveLength(found.series.timeMs.length);
    expect(points[10]?.querySelectorAll('td')[0]?.textContent).toBe(formatChartValue('req/s', found.series.endToEnd.completedPerS[10]));
  });

  it('tells what differs from the defaults, what the kinds leave out, and how to repeat it', () => {
    expect(rows(page, 'Parameters of Balancer').get('Algorithm')).toEqual(['Balancing', 'least connections', 'round robin']);
    expect(rows(page, 'Workload of Shoppers').get('Rate')).toEqual(['Load', '300 req/s', '100 req/s']);
    expect(texts(page, '#assumptions h3')).toEqual(['Clients', 'Load balancer', 'Service', 'Database', 'Link']);
    expect(texts(page, '#assumptions li').some((text) => text.startsWith('Users do not retry'))).toBe(true);
    expect(texts(page, '#repeat code')).toEqual(['topolab simulate three-tier.topolab --seed 1 --replications 3 --duration 8000ms --warm-up 1000ms']);
    expect(texts(page, '#objectives .verdict')).toEqual(found.objectives.map(({ verdict }) => (verdict === 'pass' ? '✓ met' : '✗ missed')));
  });

  it('tells failures by reason as means with intervals, not with every digit of the mean', () => {
    const project = example(metastable, { durationMs: 26_000, warmUpMs: 1000, replications: 3 });
    const result = run(project, 1);
    const cells = rows(parse(reportHtml({ project, result })), 'Failures by reason').get('All requests') ?? [];
    const failed = FAILURE_REASONS.filter((reason) => (result.endToEnd.failures[reason] ?? 0) > 0);
    expect(failed.length).toBeGreaterThan(0);
    expect(cells).toEqual(failed.map((reason) => formatFailures(reason, result.endToEnd)));
    for (const text of cells) expect(text).toMatch(/^[\d.]{1,6} ± [\d.]+$/);
  });

  it('keeps short tables on one sheet of paper, and lets long ones break', () => {
    const wrap = (label: string): boolean | undefined => page.querySelector(`[aria-label="${label}"]`)?.classList.contains('short');
    expect(wrap('The run')).toBe(true);
    expect(wrap('End to end')).toBe(false);
    expect(page.querySelector('style')?.textContent).toMatch(/@media print \{[^@]*@page[^}]*\}[\s\S]*\.short \{ break-inside: avoid; \}/);
  });

  it('lets names in the heads of tables wrap, and no numbers', () => {
    const heads = [...page.querySelectorAll('[aria-label="All numbers of the parts"] thead th')];
    expect(heads.map(({ className }) => className)).toEqual(['', ...found.components.map(() => 'number named')]);
    expect(page.querySelector('[aria-label="Parts"] thead .named')).toBeNull();
  });

  it('shades faults, lists their windows and what happened, and names the design of several that ran', () => {
    const project = example(metastable, { durationMs: 26_000, seriesPoints: 52 });
    const result = run(project, 1);
    const other = parse(reportHtml({ project, result }));
    expect(other.querySelector('.design')?.textContent).toContain(result.design.name);
    expect([...rows(other, 'Faults').values()][0]?.at(-1)).toMatch(/^00:\d\d\.\d{3} – 00:\d\d\.\d{3}$/);
    expect(texts(other, '#chart-latency svg title')).toContain(result.faults[0]?.name);
    expect(rows(other, 'Events').size).toBeGreaterThan(0);
    expect(repeatCommand({ project, result })).toContain(`--design ${shellWord(result.design.name)}`);
  });

  it('needs nothing else: no script, nothing to load, and the same bytes every time', () => {
    const html = reportHtml({ project: shop, result: found });
    expect(html).toBe(reportHtml({ project: structuredClone(shop), result: structuredClone(found) }));
    expect(html).not.toMatch(/https?:|url\(|@import|<(?:script|link|img|iframe|object|embed|base)\b|\ssrc=/i);
    expect([...page.querySelectorAll('a')].every((link) => link.getAttribute('href')?.startsWith('#') === true)).toBe(true);
    expect(html).not.toContain('undefined');
    expect(html).not.toContain('NaN');
    expect(reportHtml({ project: shop, result: found, date: '1 May 2030' })).toContain('1 May 2030');
  });

  it('quotes what a shell would read otherwise', () => {
    expect(['a.topolab', "Bob's shop", '$(rm)'].map(shellWord)).toEqual(['a.topolab', "'Bob'\\''s shop'", "'$(rm)'"]);
  });
});

describe('names and notes', () => {
  const base = smallProject(
    [
      ['users', 'client'],
      ['web', 'service', { replicas: 2 }],
    ],
    [['users', 'web']],
  );
  const settings = { ...base.settings, durationMs: 500, warmUpMs: 0, seriesPoints: 10 };

  it('are text wherever they stand, in the report and in every picture', () => {
    const name = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0x10ffff }), { minLength: 1, maxLength: 12 }).map((points) => String.fromCodePoint(...points)),
      fc.constantFrom('<script>alert(1)</script>', '"><svg onload=a>', '</title></style><b>', '&lt;', "' onclick='a", ']]>', '<!--', '\u0000\u0001'),
    );
    fc.assert(
      fc.property(name, name, name, (one, two, three) => {
        const [design] = base.designs;
        if (design === undefined) throw new Error('there is one');
        const project: Project = {
          ...base,
          name: one,
          description: three,
          settings,
          designs: [
            {
              ...design,
              name: two,
              components: design.components.map((component) => ({ ...component, name: component.id === 'web' ? one : two, note: three })),
              faults: [{ id: 'f', name: three, target: 'web', effect: { type: 'pause' }, timing: { type: 'once', atMs: 100, lastsMs: 200 } }],
              notes: [{ id: 'note', text: `${one}\n${three}` }],
            },
          ],
        };
        const result = run(project);
        const hostile = parse(reportHtml({ project, result, fileName: one, date: two }));
        expect(hostile.querySelectorAll('script, b, [onload], [onclick]')).toHaveLength(0);
        expect(hostile.querySelectorAll('h2')).toHaveLength(12);
        const looks = looksOfResult(project, result);
        const shown = project.designs[0] as Project['designs'][number];
        const charts = seriesCharts(result, PICTURE_COLORS.dark);
        const surroundings = surroundingsOf(result);
        const numbers = { offeredPerS: 1, completedPerS: 1, failedPerS: 0, latencyP95Ms: 2 };
        const { bounds } = layoutOf(project, shown, looks);
        const frame = { width: 1280, height: 720, scheme: 'light', bounds, charts, surroundings } as const;
        expect(xmlError(topologyPicture(project, shown, looks, { scheme: 'light', title: two, standalone: true }).svg)).toBeNull();
        expect(xmlError(topologyPicture(project, shown, NO_LOOKS, { scheme: 'dark', title: two, standalone: true }).svg)).toBeNull();
        expect(xmlError(chartsPicture(charts, surroundings, one, 'dark').svg)).toBeNull();
        expect(xmlError(filmPicture(project, shown, { atS: 0.2, endS: 0.5, numbers, looks }, frame))).toBeNull();
      }),
      // Each run makes and reads everything that is ever drawn.
      { numRuns: 5 },
    );
  });
});

describe('pictures of a design', () => {
  it('show each part with its health and numbers, each link with its traffic, and a legend once it has run', () => {
    const [design] = shop.designs;
    if (design === undefined) throw new Error('there is one');
    const ran = topologyPicture(shop, design, looksOfResult(shop, found), { scheme: 'light', title: 'Shop', standalone: true }).svg;
    const drawing = new DOMParser().parseFromString(ran, 'image/svg+xml');
    const words = [...drawing.querySelectorAll('text')].map(({ textContent }) => textContent);
    for (const { name } of design.components) expect(words).toContain(name);
    const web = found.components.find(({ id }) => id === 'web');
    expect(words).toContain(formatMeasured('utilisation', { metrics: web?.metrics ?? {} }));
    expect(words.filter((text) => text === 'fine').length).toBeGreaterThan(3);
    expect(words.some((text) => text?.startsWith('failing: ') === true)).toBe(true);
    const before = topologyPicture(shop, design, NO_LOOKS, { scheme: 'light', title: 'Shop', standalone: true }).svg;
    expect(before).not.toContain('failing');
    expect(before).toContain('One answer in ten');
  });
});
