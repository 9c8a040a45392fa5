import { expect, test } from 'vitest';
import { createMailbox } from './mailbox';

test('messages come in the order in which they arrive, equal ones in the order in which they were sent', () => {
  const mail = createMailbox();
  const order: [at: number, value: number][] = [];
  // A permutation of 0 .. 210 with each instant three times.
  for (let i = 0; i < 633; i++) {
    const at = (i * 97) % 211;
    mail.post(at, 0, 0, 1, 1, i, 0, 0);
    order.push([at, i]);
  }
  order.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  for (const [at, value] of order) {
    expect(mail.nextAt()).toBe(at);
    expect(mail.take().value).toBe(value);
  }
  expect(mail.nextAt()).toBe(Infinity);
  expect(mail.count()).toBe(0);
});

test('a message that was taken stays as it is while others are sent', () => {
  const mail = createMailbox();
  mail.post(1, 2, 0, 1, 3, 4, 5, 6);
  const message = mail.take();
  mail.post(2, 9, 9, 9, 9, 9, 9, 9);
  expect(message).toEqual({ kind: 2, from: 0, to: 1, term: 3, value: 4, more: 5, epoch: 6 });
});
