import { beforeEach, describe, expect, it } from 'vitest';
import { smallProject } from '../../src-shared/project/small-project';
import type { ObjectiveVerdict, RunEvent } from '../../src-shared/run/result';
import { addObjective, deleteObjective, duplicateObjective, updateObjective } from '../document/commands/objectives';
import { documentStore, openDocument, undo } from '../document/document-store';
import { alertBadge, openAlerts, verdictBadge } from './alert-state';
import { designsOf, fitted, freshDemand, freshObjective, freshWindowMs, renamed, scopeChoices, whyNot, whyNoWindows } from './objective-choices';

const project = smallProject(
  [
    ['users', 'client'],
    ['web', 'service'],
  ],
  [['users', 'web']],
);
const names = (): string[] => documentStore.getState().project.objectives.map(({ name }) => name);

describe('commands on objectives', () => {
  beforeEach(() => openDocument(project, null));

  it('add, copy, change and delete them, each as one step', () => {
    const id = addObjective(freshObjective(project)) ?? '';
    const copy = duplicateObjective(id) ?? '';
    expect(names()).toEqual(['Fast enough', 'Fast enough 2']);
    updateObjective(copy, 'bound', (before) => ({ ...before, demand: { type: 'availability', atLeast: 0.99 } }));
    updateObjective(copy, 'bound', (before) => ({ ...before, demand: { type: 'availability', atLeast: 2 } }));
    expect(documentStore.getState().project.objectives[1]?.demand).toEqual({ type: 'availability', atLeast: 0.99 });
    deleteObjective(id);
    expect(names()).toEqual(['Fast enough 2']);
    for (let step = 0; step < 4; step++) undo();
    expect(names()).toEqual([]);
    expect(documentStore.getState().past).toEqual([]);
  });
});

describe('what an objective can be', () => {
  it('is about requests, operations or parts, and says what cannot be measured of them', () => {
    expect(scopeChoices(project, project.designs, { type: 'end-to-end' }).map(({ group, label }) => `${group}: ${label}`)).toEqual([
      'Requests: All requests, end to end',
      'Operations: USERS: view',
      'Parts: USERS',
      'Parts: WEB',
    ]);
    expect(scopeChoices(project, project.designs, { type: 'component', component: 'gone' }).at(-1)?.label).toBe('gone (not there)');
    const operation = { type: 'operation', component: 'users', operation: 'view' } as const;
    expect(whyNot('cost-per-hour', operation)).toMatch(/one operation/);
    expect(whyNot('latency', operation)).toBeNull();
    expect(whyNoWindows({ scope: { type: 'end-to-end' }, demand: { type: 'latency', percentile: 99.9, atMostMs: 1 } }, project.designs)).toMatch(/p99\.9/);
    expect(whyNoWindows({ scope: { type: 'component', component: 'web' }, demand: freshDemand('availability') }, project.designs)).toMatch(/whole run/);
    expect(whyNoWindows({ scope: { type: 'component', component: 'users' }, demand: freshDemand('availability') }, project.designs)).toBeNull();
    expect(whyNoWindows({ scope: { type: 'component', component: 'users' }, demand: freshDemand('stale-share') }, project.designs)).toMatch(/databases only/);
    expect(whyNoWindows({ scope: { type: 'component', component: 'web' }, demand: freshDemand('stale-share') }, project.designs)).toBeNull();
    expect(whyNoWindows({ scope: { type: 'end-to-end' }, demand: freshDemand('lost-writes') }, project.designs)).toMatch(/whole run/);
  });

  it('loses what has no meaning any more', () => {
    const base = { id: 'o', ...freshObjective(project), windowShare: 0.9 };
    const designs = designsOf(project, base);
    expect(fitted({ ...base, demand: freshDemand('recovery-time') }, designs)).not.toHaveProperty('windowShare');
    expect(fitted({ ...base, demand: freshDemand('cost-per-hour') }, designs)).not.toHaveProperty('windowMs');
    expect(
      fitted({ ...base, scope: { type: 'operation', component: 'users', operation: 'view' }, demand: freshDemand('cost-per-hour') }, designs).demand.type,
    ).toBe('latency');
    expect(fitted(base, designs)).toEqual(base);
  });

  it('keeps a name that somebody gave it', () => {
    expect(renamed('Fast enough 3', 'availability')).toBe('Available');
    expect(renamed('Checkout is fast', 'availability')).toBe('Checkout is fast');
  });

  it('has round windows of about a tenth of the run to begin with, never shorter than a point', () => {
    const length = (durationMs: number, seriesPoints: number): number =>
      freshWindowMs({ ...project, settings: { ...project.settings, durationMs, warmUpMs: 0, seriesPoints } });
    expect(length(60_000, 300)).toBe(10_000);
    expect(length(100_000, 300)).toBe(10_000);
    expect(length(60_000, 10)).toBe(10_000);
    expect(length(500, 100)).toBe(50);
  });
});

describe('the badge of objectives', () => {
  const event = (type: 'alert' | 'alert-over', id: string, rule: 'window' | 'slow-burn' = 'window'): RunEvent => ({
    atMs: 0,
    type,
    componentId: null,
    instance: null,
    linkId: null,
    faultId: null,
    value: null,
    objective: { id, name: `Objective ${id}`, rule, value: 1, limit: 1, budgetLeft: null },
  });
  it('tells what alerts now', () => {
    const journal = [event('alert', 'a'), event('alert', 'a', 'slow-burn'), event('alert', 'b'), event('alert-over', 'b'), event('alert-over', 'a')];
    expect(openAlerts(journal)).toEqual(['Objective a']);
    expect(alertBadge(openAlerts(journal))).toMatchObject({ state: 'alert', words: 'Alert: Objective a' });
    expect(alertBadge([])).toMatchObject({ state: 'open', words: 'No alerts' });
  });
  it('tells what was met in the end', () => {
    const verdict = (name: string, found: ObjectiveVerdict['verdict']) => ({ name, verdict: found }) as ObjectiveVerdict;
    expect(verdictBadge([verdict('A', 'pass'), verdict('B', 'pass')])).toMatchObject({ state: 'met', words: '2 objectives met' });
    expect(verdictBadge([verdict('A', 'pass'), verdict('B', 'unknown'), verdict('C', 'fail')])).toMatchObject({
      state: 'missed',
      words: '1 of 3 objectives met',
      help: 'B (not judged), C (missed). Open the summary of the run.',
    });
    const nothing = { ...verdict('A', 'unknown'), reason: 'No request ended.' };
    expect(verdictBadge([nothing, nothing])).toEqual({
      state: 'open',
      words: '2 objectives not judged',
      help: 'No request ended. Open the summary of the run.',
    });
  });
});
