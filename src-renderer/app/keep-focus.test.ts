// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepFocus } from './keep-focus';

let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<div id="root"></div><div id="portal"></div>';
  stop = keepFocus();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function show(html: string, where = '#root'): void {
  const element = document.querySelector(where);
  if (element === null) throw new Error(`${where} is not there`);
  element.innerHTML = html;
}
function focus(id: string): void {
  document.getElementById(id)?.focus();
  expect(document.activeElement?.id).toBe(id);
}
/** Lets observers and timers do what they have to do, and answers the id of what has the focus then. */
async function focused(): Promise<string | undefined> {
  await vi.advanceTimersByTimeAsync(1000);
  return document.activeElement?.id;
}

describe('keepFocus', () => {
  it('goes to what has come into the place of a button', async () => {
    show('<button id="before"></button><div><button id="run"></button></div><button id="after"></button>');
    focus('run');
    document.querySelector('div > div')?.replaceChildren(Object.assign(document.createElement('button'), { id: 'cancel' }));
    expect(await focused()).toBe('cancel');
  });

  it('goes to the next row of a list, and from the last one to the one before', async () => {
    show('<ul><li><button id="one"></button></li><li><button id="two"></button></li><li><button id="three"></button></li></ul><button id="add"></button>');
    focus('two');
    document.getElementById('two')?.parentElement?.remove();
    expect(await focused()).toBe('three');
    document.getElementById('three')?.parentElement?.remove();
    expect(await focused()).toBe('one');
    document.getElementById('one')?.parentElement?.remove();
    expect(await focused()).toBe('add');
  });

  it('prefers the home of a panel, and in a group of radio buttons the one that is chosen', async () => {
    show('<section><input id="filter"><button id="row" data-focus-home></button><div><button id="close"></button></div></section>');
    focus('close');
    document.querySelector('section > div')?.remove();
    expect(await focused()).toBe('row');
    show('<p><button id="gone"></button></p><input type="radio" name="n" id="slow"><input type="radio" name="n" id="fast" checked>');
    focus('gone');
    document.querySelector('p')?.remove();
    expect(await focused()).toBe('fast');
  });

  it('gives a button that was disabled for a moment its focus back, and leaves one that stays disabled', async () => {
    show('<button id="undo"></button><button id="redo"></button>');
    const undo = document.getElementById('undo') as HTMLButtonElement;
    focus('undo');
    // A browser takes the focus off what is disabled.
    const disable = (): void => {
      undo.blur();
      undo.disabled = true;
    };
    disable();
    await vi.advanceTimersByTimeAsync(100);
    undo.disabled = false;
    expect(await focused()).toBe('undo');
    disable();
    expect(await focused()).toBe('redo');
  });

  it('comes back from a dialog whose opener is gone to where that stood', async () => {
    show('<ul><li><button id="edit"></button></li><li><button id="other"></button></li></ul>');
    focus('edit');
    show('<div role="dialog"><button id="delete"></button></div>', '#portal');
    focus('delete');
    document.getElementById('edit')?.parentElement?.remove();
    document.querySelector('#portal')?.replaceChildren();
    expect(await focused()).toBe('other');
  });

  it('comes back from a dialog in which the focus was put nowhere', async () => {
    show('<button id="opener"></button>');
    focus('opener');
    show('<div role="dialog"><button id="field"></button></div>', '#portal');
    focus('field');
    document.getElementById('field')?.blur();
    await vi.advanceTimersByTimeAsync(100);
    document.querySelector('#portal')?.replaceChildren();
    expect(await focused()).toBe('opener');
    // The same after a button of the dialog was replaced.
    show('<div role="dialog"><p><button id="run"></button></p><button id="done"></button></div>', '#portal');
    focus('run');
    document.querySelector('#portal p')?.remove();
    expect(await focused()).toBe('done');
    document.querySelector('#portal')?.replaceChildren();
    expect(await focused()).toBe('opener');
  });

  it('comes back from a dialog to a part of the canvas, and to the canvas where the part is gone', async () => {
    show('<section data-canvas><div id="part" tabindex="0"></div><div id="next" tabindex="0"></div></section>');
    for (const remains of [true, false]) {
      focus('part');
      show('<div role="dialog"><button id="close"></button></div>', '#portal');
      focus('close');
      document.querySelector('#portal')?.replaceChildren();
      if (!remains) document.getElementById('part')?.remove();
      expect(await focused()).toBe(remains ? 'part' : '');
    }
  });

  it('stays within a dialog', async () => {
    show('<button id="behind"></button>');
    focus('behind');
    show('<div role="dialog"><p><button id="add"></button></p><button id="done"></button></div>', '#portal');
    focus('add');
    document.querySelector('p')?.remove();
    expect(await focused()).toBe('done');
  });

  it('goes on in a dialog where it was left when another one had opened over it', async () => {
    show('<div role="dialog"><button id="close"></button><button id="add"></button></div>', '#portal');
    focus('add');
    show('<div role="dialog"><button id="delete"></button></div>');
    focus('delete');
    show('');
    // What the trap of the lower dialog does.
    document.getElementById('close')?.focus();
    document.getElementById('close')?.focus();
    expect(await focused()).toBe('add');
    focus('close');
    expect(await focused()).toBe('close');
  });

  it('lets a dialog be entered anywhere from a message beside it', async () => {
    show('<div role="dialog"><button id="apply"></button><button id="tab"></button></div><p></p>', '#portal');
    focus('apply');
    show('<button id="undo"></button>', '#portal p');
    focus('undo');
    focus('tab');
    expect(await focused()).toBe('tab');
    // A message that goes away with the focus gives it back.
    focus('undo');
    show('', '#portal p');
    expect(await focused()).toBe('tab');
  });

  it('leaves the focus where somebody has put it, also where that is nowhere', async () => {
    show('<button id="one"></button><button id="two"></button>');
    focus('one');
    document.getElementById('one')?.blur();
    await vi.advanceTimersByTimeAsync(100);
    document.getElementById('one')?.remove();
    expect(await focused()).toBe('');
    focus('two');
    show('<p></p>', '#portal');
    expect(await focused()).toBe('two');
  });
});
