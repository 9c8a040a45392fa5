import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import type { Action, ActionGroup } from './actions/action';
import { shortcutKeys } from './actions/shortcut';
import { ACTIONS } from './actions/table';
import classes from './shortcut-sheet.module.css';
import { uiStore, useUi } from './ui-store';

/** One line for all four directions. */
const isNudge = (action: Action): boolean => action.id.startsWith('edit.nudge');

/** What mouse and arrows do on the canvas. */
const GESTURES: readonly (readonly [keys: readonly string[], title: string])[] = [
  [['Drag'], 'Move parts, or the view where nothing is'],
  [['Space', 'Drag'], 'Move the view'],
  [['Middle button', 'Drag'], 'Move the view'],
  [['Wheel'], 'Zoom'],
  [['Shift', 'Drag'], 'Select with a frame'],
  [['Shift', 'Click'], 'Add to the selection'],
  [['Double click'], 'Edit a name or note'],
  [['Right click'], 'Menu of the selection'],
  [['Arrows'], 'Nudge by one step of the grid'],
  [['Shift', 'Arrows'], 'Nudge by four steps'],
  [['Tab'], 'From part to part'],
];

/** What mouse and keys do on the bars of the timeline. */
const TIMELINE: readonly (readonly [keys: readonly string[], title: string])[] = [
  [['Drag'], 'Move a fault'],
  [['Drag an end'], 'Change its length'],
  [['Alt', 'Drag'], 'Without snapping'],
  [['← →'], 'Move by one step'],
  [['Shift', '← →'], 'Change the length by one step'],
  [['↑ ↓'], 'To the fault above or below'],
  [['Enter'], 'Edit'],
  [['Del'], 'Delete'],
];

/** What mouse and keys do on a chart of the run. */
const CHARTS: readonly (readonly [keys: readonly string[], title: string])[] = [
  [['Click'], 'What can be done at a point'],
  [['Drag'], 'Show a span in all charts'],
  [['Double click'], 'Show the whole run'],
  [['← →'], 'From point to point'],
  [['Enter'], 'What can be done at the point'],
  [['+'], 'Zoom in'],
  [['−'], 'Zoom out'],
  [['0'], 'Show the whole run'],
];

/** What keys do in a table whose rows can be chosen. */
const TABLES: readonly (readonly [keys: readonly string[], title: string])[] = [
  [['↑ ↓'], 'From row to row'],
  [['Page up, Page down'], 'By what is in sight'],
  [['Home, End'], 'To the first or last row'],
  [['Enter'], 'Choose the row'],
];

const GROUPS: readonly ActionGroup[] = ['File', 'Edit', 'Run', 'View', 'Help'];

function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={classes.keys}>
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && <span aria-hidden="true">+</span>}
          <Kbd size="xs">{key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}

function ActionRow({ action }: { readonly action: Action }) {
  return (
    <div className={classes.row}>
      <dt>{action.title}</dt>
      <dd>
        {action.shortcuts.map((shortcut, index) => (
          <Fragment key={shortcut}>
            {index > 0 && <span className={classes.or}>or</span>}
            <Keys keys={shortcutKeys(shortcut)} />
          </Fragment>
        ))}
      </dd>
    </div>
  );
}

function Gestures({ title, gestures }: { readonly title: string; readonly gestures: typeof GESTURES }) {
  return (
    <section className={classes.group}>
      <h3 className="tl-heading">{title}</h3>
      <dl>
        {gestures.map(([keys, words]) => (
          <div className={classes.row} key={keys.join(' ')}>
            <dt>{words}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** All shortcuts by heading, made from the action table, then what mouse and arrows do. */
export function ShortcutLists() {
  return (
    <div className={classes.sheet}>
      {GROUPS.map((group) => (
        <section key={group} className={classes.group}>
          <h3 className="tl-heading">{group}</h3>
          <dl>
            {ACTIONS.filter((action) => action.group === group && action.shortcuts.length > 0 && !isNudge(action)).map((action) => (
              <ActionRow key={action.id} action={action} />
            ))}
          </dl>
        </section>
      ))}
      <Gestures title="On the canvas" gestures={GESTURES} />
      <Gestures title="On the timeline of faults" gestures={TIMELINE} />
      <Gestures title="On a chart" gestures={CHARTS} />
      <Gestures title="In a table" gestures={TABLES} />
    </div>
  );
}

/** All shortcuts on one sheet. */
export function ShortcutSheet() {
  const opened = useUi((state) => state.shortcutsOpen);
  return (
    <Modal
      opened={opened}
      onClose={() => uiStore.setState({ shortcutsOpen: false })}
      title="Keyboard shortcuts"
      size={860}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ShortcutLists />
    </Modal>
  );
}
