import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconCheck, IconHelp, IconLayout, IconMenu2, IconMoon, type TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { KINDS } from '../../src-shared/kinds/registry';
import { useDocument } from '../document/document-store';
import { TransportBar } from '../run/transport-bar';
import { ActionMenuItem } from './actions/action-menu-item';
import { shortcutText } from './actions/shortcut';
import { actionById, runAction } from './actions/table';
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
      <Menu.Dropdown>
        <Menu.Label>File</Menu.Label>
        <ActionMenuItem id="file.new" />
        <ActionMenuItem id="file.open" />
        <ActionMenuItem id="file.save" />
        <ActionMenuItem id="file.saveAs" />
        <Submenu title="Export">
          <ActionMenuItem id="file.report" />
          <ActionMenuItem id="file.printReport" />
          <Menu.Divider />
          <ActionMenuItem id="file.exportCsv" />
          <ActionMenuItem id="file.exportSeries" />
          <ActionMenuItem id="file.exportJson" />
          <Menu.Divider />
          <ActionMenuItem id="file.exportPng" />
          <ActionMenuItem id="file.exportSvg" />
          <ActionMenuItem id="file.exportCharts" />
          <ActionMenuItem id="file.exportFilm" />
        </Submenu>
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
          <ActionMenuItem id="edit.arrange" />
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
        <Submenu title="Run">
          <ActionMenuItem id="run.start" />
          <ActionMenuItem id="run.pause" />
          <ActionMenuItem id="run.step" />
          <ActionMenuItem id="run.stepEvent" />
          <ActionMenuItem id="run.stepInterval" />
          <ActionMenuItem id="run.stepBack" />
          <ActionMenuItem id="run.leavePast" />
          <ActionMenuItem id="run.stop" />
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
          <Menu.Divider />
          <ActionMenuItem id="view.compare" />
          <ActionMenuItem id="view.sweep" />
          <ActionMenuItem id="view.search" />
        </Submenu>
        <Menu.Divider />
        <ActionMenuItem id="help.pages" />
        <ActionMenuItem id="help.commands" />
        <ActionMenuItem id="help.shortcuts" />
        <ActionMenuItem id="help.about" />
      </Menu.Dropdown>
    </Menu>
  );
}

function Submenu({ title, children }: { readonly title: string; readonly children: ReactNode }) {
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
  readonly detail?: string;
}

/** A button of the bar for an action. */
function BarButton({ id, icon: Icon, disabled = false, detail }: BarButtonProps) {
  const action = actionById(id);
  if (action === undefined) return null;
  const [shortcut] = action.shortcuts;
  const title = detail === undefined ? action.title : `${action.title}: ${detail}`;
  return (
    <Tooltip label={shortcut === undefined ? title : `${title} (${shortcutText(shortcut)})`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={action.title}
        disabled={disabled}
        className={classes.button}
        onClick={() => runAction(id)}
      >
        <Icon size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

/** Which panels are shown. */
function PanelsMenu() {
  const shown = {
    'view.palette': useUi((state) => state.paletteOpen),
    'view.inspector': useUi((state) => state.inspectorOpen),
    'view.dock': useUi((state) => state.dockOpen),
  };
  const titles = { 'view.palette': 'Palette', 'view.inspector': 'Inspector', 'view.dock': 'Charts and tables' };
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label="Panels">
          <ActionIcon variant="subtle" color="gray" size={30} aria-label="Panels" className={classes.button}>
            <IconLayout size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(titles) as (keyof typeof titles)[]).map((id) => (
          <Menu.Item
            key={id}
            role="menuitemcheckbox"
            aria-checked={shown[id]}
            leftSection={<IconCheck size={15} style={{ visibility: shown[id] ? 'visible' : 'hidden' }} aria-hidden="true" />}
            onClick={() => runAction(id)}
          >
            {titles[id]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
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

/** The bar at the top: menu, file, transport, history, and what is shown. */
export function TopBar() {
  return (
    <div className={classes.bar}>
      <div className={classes.start}>
        <MainMenu />
        <h1 className={classes.app}>Topolab</h1>
        <FileName />
      </div>
      <div className={classes.transport}>
        <TransportBar />
      </div>
      <div className={classes.end}>
        <History />
        <PanelsMenu />
        <span className={classes.spare}>
          <BarButton id="view.theme" icon={IconMoon} />
          <BarButton id="help.pages" icon={IconHelp} />
        </span>
      </div>
    </div>
  );
}
