import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventList, type EventList, listBytes } from './event-list';
import { createKernel, type Kernel } from './kernel/kernel';
import { OP_MASK, R_WORD, RECORD, T_TIME } from './layout';

const IDS = 200;

/** An event list over a kernel with nothing but records. */
function emptyList(records: number): { readonly list: EventList } & Pick<Kernel, 'records' | 'times'> {
  const kernel = createKernel(records, listBytes(records) + 64);
  return { list: createEventList(kernel), records: kernel.records, times: kernel.times };
}

/** [T2] Any mixture of insertions, removals and takes comes out as a sorted list would give it, short list and calendar alike. */
test('[T2] events leave in the order (time, opcode, sequence)', () => {
  const command = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('insert' as const),
        delay: fc.oneof(fc.nat(5), fc.nat(1000), fc.nat(2_000_000_000), fc.double({ min: 0, max: 1e15, noNaN: true })),
        op: fc.nat(11),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 400 }), (commands) => {
      const { list, records, times } = emptyList(IDS);
      const free = Array.from({ length: IDS }, (_, id) => id * RECORD);
      let reference: { id: number; time: number; op: number; sequence: number }[] = [];
      let sequence = 0;
      const order = (a: (typeof reference)[number], b: (typeof reference)[number]) => a.time - b.time || a.op - b.op || a.sequence - b.sequence;
      const take = () => {
        reference.sort(order);
        const expected = reference.shift();
        const id = list.take();
        expect(id).toBe(expected?.id);
        expect(list.clock[0]).toBe(expected?.time);
        expect((records[id + R_WORD] as number) & OP_MASK).toBe(expected?.op);
        free.push(id);
      };
      for (const step of commands) {
        if (step.kind === 'insert') {
          const id = free.pop();
          if (id === undefined) continue;
          const time = (list.clock[0] as number) + Math.floor(step.delay);
          times[(id >> 1) + T_TIME] = time;
          list.insert(id, step.op);
          reference.push({ id, time, op: step.op, sequence: sequence++ });
        } else if (step.kind === 'take') {
          if (reference.length > 0) take();
        } else if (reference.length > 0) {
          const victim = reference[step.which % reference.length] as (typeof reference)[number];
          list.remove(victim.id);
          reference = reference.filter((entry) => entry !== victim);
          free.push(victim.id);
        }
        expect(list.count()).toBe(reference.length);
      }
      while (reference.length > 0) take();
    }),
    { numRuns: 300 },
  );
});

/** [T2] The calendar adapts while hundreds of events are pending for a long time: a hold model with ties. */
test('[T2] a long hold model never goes back in time', () => {
  const { list, times } = emptyList(IDS);
  let word = 12345;
  const random = () => {
    word = (Math.imul(word, 1103515245) + 12345) & 0x7fffffff;
    return word;
  };
  for (let id = 0; id < IDS * RECORD; id += RECORD) {
    times[(id >> 1) + T_TIME] = random() % 1000;
    list.insert(id, id % 5);
  }
  let last = 0;
  for (let i = 0; i < 100_000; i++) {
    const id = list.take();
    expect(list.clock[0]).toBeGreaterThanOrEqual(last);
    last = list.clock[0] as number;
    // Spacing changes by orders of magnitude on the way, so that the buckets must be laid out anew.
    times[(id >> 1) + T_TIME] = last + (random() % (i < 40_000 ? 100 : i < 70_000 ? 1_000_000 : 7));
    list.insert(id, id % 5);
  }
  expect(list.count()).toBe(IDS);
});

/** [T2] Thousands of events at a few instants, some taken out again, the rest inserted while others leave. */
test('[T2] crowds at one instant keep their order', () => {
  const instants = fc.array(fc.record({ place: fc.nat(3), op: fc.constantFrom(0, 0, 0, 3), drop: fc.nat(9) }), { minLength: 400, maxLength: 900 });
  fc.assert(
    fc.property(instants, fc.constantFrom(10, 10_000_000), (crowd, gap) => {
      const { list, times } = emptyList(1000);
      let reference: { id: number; time: number; op: number; sequence: number }[] = [];
      const order = (a: (typeof reference)[number], b: (typeof reference)[number]) => a.time - b.time || a.op - b.op || a.sequence - b.sequence;
      const take = () => {
        reference.sort(order);
        expect(list.take()).toBe(reference.shift()?.id);
      };
      for (const [sequence, { place, op, drop }] of crowd.entries()) {
        const id = sequence * RECORD;
        const time = (list.clock[0] as number) + (place === 3 ? 0 : (place + 1) * gap);
        times[(id >> 1) + T_TIME] = time;
        list.insert(id, op);
        reference.push({ id, time, op, sequence });
        const victim = reference[(sequence * 7) % reference.length] as (typeof reference)[number];
        if (drop === 0) {
          list.remove(victim.id);
          reference = reference.filter((entry) => entry !== victim);
        } else if (sequence > 300 && drop === 1) take();
      }
      while (reference.length > 0) take();
    }),
    { numRuns: 60 },
  );
});
