import { describe, expect, it } from 'vitest';
import { type HealthInput, judgeHealth } from './health';

const calm: HealthInput = { offered: 100, completed: 100, failed: 0, utilisation: 0.5, queueNow: 0.2, queueBefore: 0.2, present: 1 };

describe('health', () => {
  it('calls a part without any traffic idle', () => {
    expect(judgeHealth({ offered: 0, completed: 0, failed: 0, utilisation: 0, queueNow: 0, queueBefore: 0, present: 0 }).health).toBe('idle');
  });

  it('does not call a part idle that still works off what came before', () => {
    expect(judgeHealth({ offered: 0, completed: 0, failed: 0, utilisation: 0.3, present: 2 }).health).toBe('fine');
  });

  it('is fine below every limit', () => {
    expect(judgeHealth(calm)).toEqual({ health: 'fine', word: 'fine', reason: '' });
    expect(judgeHealth({ ...calm, utilisation: 0.799 }).health).toBe('fine');
    expect(judgeHealth({ ...calm, completed: 99_910, failed: 90 }).health).toBe('fine');
  });

  it('is strained from 80 % utilisation and from one failure in a thousand', () => {
    expect(judgeHealth({ ...calm, utilisation: 0.8 }).health).toBe('strained');
    expect(judgeHealth({ ...calm, completed: 99_900, failed: 100 }).health).toBe('strained');
  });

  it('is failing from 5 % failures, whatever the utilisation', () => {
    expect(judgeHealth({ ...calm, completed: 95, failed: 5 }).health).toBe('failing');
    expect(judgeHealth({ ...calm, completed: 95.1, failed: 4.9 }).health).toBe('strained');
  });

  it('is failing where all servers are busy and the queue grows, and only strained where the queue stands still', () => {
    expect(judgeHealth({ ...calm, utilisation: 1, queueNow: 60, queueBefore: 40 }).health).toBe('failing');
    expect(judgeHealth({ ...calm, utilisation: 1, queueNow: 40, queueBefore: 40 }).health).toBe('strained');
    expect(judgeHealth({ ...calm, utilisation: 1, queueNow: 4, queueBefore: 2 }).health, 'two more requests are noise').toBe('strained');
  });

  it('is strained where answers fall behind, but not while the first of them are on their way', () => {
    const behind: HealthInput = { offered: 900, completed: 300, failed: 0, present: 6000, backlogS: 20 };
    expect(judgeHealth(behind).reason).toBe('answers come ever later: fewer end than arrive');
    expect(judgeHealth({ ...behind, present: 600, backlogS: 2 }).health).toBe('fine');
    expect(judgeHealth({ ...behind, completed: 870 }).health, 'a long trip is no backlog').toBe('fine');
  });

  it('trusts a verdict of instability over a longer time', () => {
    expect(judgeHealth({ ...calm, utilisation: 1, unstable: true }).health).toBe('failing');
  });

  it('does without what does not apply', () => {
    expect(judgeHealth({ offered: 10, completed: 10, failed: 0, utilisation: Number.NaN }).health).toBe('fine');
  });
});
