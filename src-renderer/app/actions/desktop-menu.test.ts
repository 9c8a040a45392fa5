// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { MENU_ACTIONS } from '../../../src-shared/protocol/desktop-api';
import { ACTION_OF } from './desktop-menu';
import { actionById } from './table';

describe("the desktop's menu", () => {
  it('leads to actions that there are', () => {
    expect(MENU_ACTIONS.filter((item) => actionById(ACTION_OF[item]) === undefined)).toEqual([]);
  });
});
