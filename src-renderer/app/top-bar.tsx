import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconHelp,
  IconLayoutBottombar,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconMenu2,
  IconMoon,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { KINDS } from '../../src-shared/kinds/registry';
import { useDocument } from '../document/document-store';
import { TransportBar } from '../run/transport-bar';
import { ActionMenuItem } from './actions/action-menu-item';
import { shortcutText } from './actions/shortcut';
import { actionById, runAction } from './actions/table';
import { DesignTabs } from './design-tabs';
import classes from './top-bar.module.css';
import { useUi } from './ui-store';

/** The menu behind the button at the far left: everything by heading, as the desktop's menu has it. */
function MainMenu() {
  const [opened, setOpened] = useState(false);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={280}>
      <Menu.Target>
        <Tooltip label="Menu" disabled={opened}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Menu">
            <IconMenu2 size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Label>File</Menu.Label>
        <ActionMenuItem id="file.new" />
        <ActionMenuItem id="file.open" />
        <ActionMenuItem id="file.save" />
        <ActionMenuItem id="file.saveAs" />
        <Menu.Divider />
        <Submenu title="Edit">
          <ActionMenuItem id="edit.undo" />
          <ActionMenuItem id="edit.redo" />
          <Menu.Divider />
          <ActionMenuItem id="edit.cut" />
          <ActionMenuItem id="edit.copy" />
          <ActionMenuItem id="edit.paste" />
          <ActionMenuItem id="edit.duplicate" />
          <ActionMenuItem id="edit.delete" />
          <ActionMenuItem id="edit.selectAll" />
          <Menu.Divider />
          <ActionMenuItem id="edit.rename" />
          <ActionMenuItem id="edit.connect" />
        </Submenu>
        <Submenu title="Insert">
          {KINDS.map((kind) => (
            <ActionMenuItem key={kind.id} id={`insert.${kind.id}`} />
          ))}
          <ActionMenuItem id="insert.note" />
        </Submenu>
        <Submenu title="Design">
          <ActionMenuItem id="design.add" />
          <ActionMenuItem id="design.duplicate" />
          <ActionMenuItem id="design.delete" />
        </Submenu>
        <Submenu title="View">
          <ActionMenuItem id="view.fit" />
          <ActionMenuItem id="view.zoomIn" />
          <ActionMenuItem id="view.zoomOut" />
          <ActionMenuItem id="view.findPart" />
          <Menu.Divider />
          <ActionMenuItem id="view.palette" />
          <ActionMenuItem id="view.inspector" />
          <ActionMenuItem id="view.dock" />
          <Menu.Divider />
          <ActionMenuItem id="view.theme" />
          <ActionMenuItem id="view.systemTheme" />
        </Submenu>
        <Menu.Divider />
        <ActionMenuItem id="help.commands" />
        <ActionMenuItem id="help.shortcuts" />
        <ActionMenuItem id="help.about" />
      </Menu.Dropdown>
    </Menu>
  );
}

function Submenu({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item>{title}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>{children}</Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

interface BarButtonProps {
  readonly id: string;
  readonly icon: TablerIcon;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly detail?: string;
}

/** A button of the bar for an action. */
function BarButton({ id, icon: Icon, disabled = false, pressed, detail }: BarButtonProps) {
  const action = actionById(id);
  if (action === undefined) return null;
  const [shortcut] = action.shortcuts;
  const title = detail === undefined ? action.title : `${action.title}: ${detail}`;
  return (
    <Tooltip label={shortcut === undefined ? title : `${title} (${shortcutText(shortcut)})`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={action.title}
        aria-pressed={pressed}
        data-off={pressed === false || undefined}
        disabled={disabled}
        className={classes.button}
        onClick={() => runAction(id)}
      >
        <Icon size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function History() {
  const undoable = useDocument((state) => state.past.at(-1)?.label);
  const redoable = useDocument((state) => state.future[0]?.label);
  return (
    <>
      <BarButton id="edit.undo" icon={IconArrowBackUp} disabled={undoable === undefined} {...(undoable !== undefined && { detail: undoable })} />
      <BarButton id="edit.redo" icon={IconArrowForwardUp} disabled={redoable === undefined} {...(redoable !== undefined && { detail: redoable })} />
    </>
  );
}

function FileName() {
  const name = useDocument((state) => state.file?.name ?? state.project.name);
  const dirty = useDocument((state) => state.dirty);
  const path = useDocument((state) => state.file?.path);
  return (
    <span className={classes.file} title={path ?? name} data-testid="file-name">
      <span className={classes.fileText}>{name}</span>
      {dirty && (
        <span className={classes.dirty} role="img" aria-label="not saved">
          ●
        </span>
      )}
    </span>
  );
}

/** The bar at the top: menu, file, designs, transport, and what is shown. */
export function TopBar() {
  const paletteOpen = useUi((state) => state.paletteOpen);
  const inspectorOpen = useUi((state) => state.inspectorOpen);
  const dockOpen = useUi((state) => state.dockOpen);
  return (
    <div className={classes.bar}>
      <div className={classes.start}>
        <MainMenu />
        <b className={classes.app}>Topolab</b>
        <FileName />
        <DesignTabs />
      </div>
      <div className={classes.transport}>
        <TransportBar />
      </div>
      <div className={classes.end}>
        <History />
        <span className={classes.panels}>
          <BarButton id="view.palette" icon={IconLayoutSidebar} pressed={paletteOpen} />
          <BarButton id="view.dock" icon={IconLayoutBottombar} pressed={dockOpen} />
          <BarButton id="view.inspector" icon={IconLayoutSidebarRight} pressed={inspectorOpen} />
          <BarButton id="view.theme" icon={IconMoon} />
        </span>
        <BarButton id="help.shortcuts" icon={IconHelp} />
      </div>
    </div>
  );
}
