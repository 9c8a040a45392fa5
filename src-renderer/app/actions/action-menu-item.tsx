import { Menu } from '@mantine/core';
import classes from './action-menu-item.module.css';
import { shortcutText } from './shortcut';
import { actionById, runAction } from './table';

/** A menu item for an action, with its icon and shortcut; greyed out where it is impossible. */
export function ActionMenuItem({ id, title }: { readonly id: string; readonly title?: string }) {
  const action = actionById(id);
  if (action === undefined) return null;
  const { icon: Icon } = action;
  const [shortcut] = action.shortcuts;
  return (
    <Menu.Item
      leftSection={<Icon size={15} stroke={1.7} aria-hidden="true" />}
      rightSection={shortcut === undefined ? null : <span className={classes.keys}>{shortcutText(shortcut)}</span>}
      disabled={!action.enabled()}
      // The menu gives the focus back first, so that an action may move it.
      onClick={() => setTimeout(() => runAction(id), 0)}
    >
      {title ?? action.title}
    </Menu.Item>
  );
}
