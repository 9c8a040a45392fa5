import { ShortcutLists } from '../../app/shortcut-sheet';
import type { HelpPage } from '../help-page';

/** Every shortcut, from the action table itself. */
export const keyboard: HelpPage = {
  id: 'keyboard',
  group: 'Start',
  title: 'Keyboard and mouse',
  keywords: 'keys shortcuts hotkeys accessibility screen reader gestures',
  content: (
    <>
      <p>
        Everything can be reached without a mouse: F6 goes from panel to panel, Tab from one thing to the next and from part to part, arrows move within lists,
        charts, tabs and menus, Enter opens, Escape closes. The command palette has every action by its name. What has the focus has a frame; where it is taken
        away, such as a row that is deleted, the focus goes to what stands in its place.
      </p>
      <h3>Charts</h3>
      <p>
        A chart that has the focus is read with the arrows: left and right move the cursor from point to point, Page Up and Page Down by a tenth of the view,
        Home and End to its ends. Enter opens what can be done at that point. Plus and minus zoom, 0 shows the whole run. The button at the right of its head
        shows the same numbers as a table.
      </p>
      <ShortcutLists />
    </>
  ),
};
