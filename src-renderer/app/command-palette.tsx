import { Spotlight, type SpotlightActionData, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { kindOf } from '../../src-shared/kinds/registry';
import { centreOn } from '../canvas/canvas-api';
import type { ActionGroup } from './actions/action';
import { shortcutText } from './actions/shortcut';
import { commandSpotlightStore, partSpotlightStore } from './actions/spotlights';
import { ACTIONS } from './actions/table';
import classes from './command-palette.module.css';
import { type Findable, findCommands } from './find-command';
import { KindIcon } from './kind-icon';
import { select, useActiveDesign } from './ui-store';

const GROUPS: readonly ActionGroup[] = ['File', 'Edit', 'Insert', 'Design', 'Faults', 'Run', 'View', 'Help'];

type Command = SpotlightActionData & Findable;

function commands(): { group: string; actions: Command[] }[] {
  return GROUPS.flatMap((group) => {
    const actions = ACTIONS.filter((action) => action.group === group && action.keyOnly !== true && action.id !== 'help.commands' && action.enabled()).map(
      (action): Command => {
        const { icon: Icon } = action;
        const [shortcut] = action.shortcuts;
        return {
          id: action.id,
          label: action.title,
          keywords: action.keywords ?? '',
          leftSection: <Icon size={17} stroke={1.6} aria-hidden="true" />,
          rightSection: shortcut === undefined ? null : <span className={classes.keys}>{shortcutText(shortcut)}</span>,
          onClick: () => setTimeout(action.run, 0),
        };
      },
    );
    return actions.length === 0 ? [] : [{ group, actions }];
  });
}

/** The list of everything that can be done now, by name. */
export function CommandPalette() {
  // Rendered anew whenever it opens or closes, so that what is impossible at the moment is not offered.
  const { opened } = useSpotlight(commandSpotlightStore);
  return (
    <Spotlight
      store={commandSpotlightStore}
      actions={opened ? commands() : []}
      filter={(query, actions) => findCommands(query, actions as { group: string; actions: Command[] }[])}
      shortcut={null}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      transitionProps={{ transition: 'fade', duration: 80 }}
      highlightQuery
      scrollable
      maxHeight={420}
      nothingFound="No such command."
      searchProps={{ placeholder: 'What do you want to do?', 'aria-label': 'Command', leftSection: <IconSearch size={17} aria-hidden="true" /> }}
    />
  );
}

/** The list of the parts of the design, by name; choosing one selects it and brings it into view. */
export function PartFinder() {
  const { opened } = useSpotlight(partSpotlightStore);
  const design = useActiveDesign();
  const actions = !opened
    ? []
    : (design?.components ?? []).map((component): SpotlightActionData => {
        const kind = kindOf(component.kind);
        return {
          id: component.id,
          label: component.name,
          description: kind?.title ?? component.kind,
          keywords: component.id,
          leftSection: kind === undefined ? null : <KindIcon look={kind.look} size={24} />,
          onClick: () => {
            select([component.id]);
            centreOn([component.id]);
          },
        };
      });
  return (
    <Spotlight
      store={partSpotlightStore}
      actions={actions}
      shortcut={null}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      transitionProps={{ transition: 'fade', duration: 80 }}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={100}
      nothingFound="No part of this name."
      searchProps={{ placeholder: 'Name of a part', 'aria-label': 'Name of a part', leftSection: <IconSearch size={17} aria-hidden="true" /> }}
    />
  );
}
