import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src-shared/run/result';
import { eventDetail, eventLook, eventPlace, eventRecord, eventsCsv } from './events';

const names = { component: (id: string) => `part ${id}`, link: (id: string) => `link ${id}`, fault: (id: string) => `fault ${id}` };
const event = (type: RunEvent['type'], rest: Partial<RunEvent> = {}): RunEvent => ({
  atMs: 1500,
  type,
  componentId: 'web',
  instance: null,
  linkId: null,
  faultId: null,
  value: null,
  ...rest,
});
const read = (of: RunEvent): string[] => [eventLook(of).title, eventPlace(of, names), eventDetail(of, names)];

describe('events of a run', () => {
  it('read as what, where and details', () => {
    expect(read(event('fault-begins', { faultId: 'f', instance: 1 }))).toEqual(['Fault begins', 'part web #2', 'fault f']);
    expect(read(event('instance-state', { instance: 0, value: 'down' }))).toEqual(['Instance down', 'part web #1', '']);
    expect(read(event('scaling-decision', { value: 3 }))).toEqual(['Scaling decision', 'part web', '3 instances wanted']);
    expect(read(event('resize', { value: 1 }))).toEqual(['Resized', 'part web', '1 server from now on']);
    expect(read(event('breaker-opened', { componentId: null, linkId: 'l1' }))).toEqual(['Breaker opened', 'link l1', '']);
    expect(read(event('target-out', { value: 'Web 2' }))).toEqual(['Target taken out', 'part web', 'Web 2']);
  });

  it('tell worse from better', () => {
    expect(
      [event('fault-begins'), event('breaker-closed'), event('instance-state', { value: 'up' }), event('instance-state', { value: 'off' })].map(
        (of) => eventLook(of).tone,
      ),
    ).toEqual(['worse', 'better', 'better', 'neutral']);
    expect(eventRecord(event('breaker-opened', { linkId: 'l1' }))).toBe('l1');
  });

  it('are written as CSV', () => {
    expect(eventsCsv([event('fault-ends', { faultId: 'f' })], names).split('\r\n')).toEqual([
      'atMs,type,componentId,instance,linkId,faultId,value,place,detail',
      '1500,fault-ends,web,,,f,,part web,fault f',
      '',
    ]);
  });
});
