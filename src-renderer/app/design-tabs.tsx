import { ActionIcon, Button, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconChevronDown, IconColumns2, IconCopyPlus, IconCursorText, IconPlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { Design } from '../../src-shared/project/project';
import { NameInput } from '../canvas/name-input';
import { addDesign, deleteDesign, duplicateDesign, moveDesign, renameDesign } from '../document/commands/designs';
import { useDocument } from '../document/document-store';
import { openExperiments } from '../experiments/experiments';
import classes from './design-tabs.module.css';
import { showDesign, useUi } from './ui-store';

interface TabMenuProps {
  readonly design: Design;
  readonly count: number;
  readonly onRename: () => void;
}

/** What can be done with a design as a whole. */
function TabMenu({ design, count, onRename }: TabMenuProps) {
  return (
    <Menu position="bottom-start" width={220} returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="md" aria-label={`Menu of ${design.name}`}>
          <IconChevronDown size={13} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCursorText size={15} />} onClick={() => setTimeout(onRename, 0)}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopyPlus size={15} />}
          onClick={() => {
            const id = duplicateDesign(design.id);
            if (id !== undefined) showDesign(id);
          }}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowLeft size={15} />} disabled={count < 2} onClick={() => moveDesign(design.id, -1)}>
          Move left
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={15} />} disabled={count < 2} onClick={() => moveDesign(design.id, 1)}>
          Move right
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={15} />} color="red" disabled={count < 2} onClick={() => deleteDesign(design.id)}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The designs of the project, one tab each. */
export function DesignTabs() {
  const designs = useDocument((state) => state.project.designs);
  const activeId = useUi((state) => state.activeDesignId);
  const [renaming, setRenaming] = useState<string | null>(null);
  const active = designs.find((design) => design.id === activeId);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = designs[designs.findIndex((design) => design.id === activeId) + by];
    if (by === 0 || renaming !== null || next === undefined) return;
    event.preventDefault();
    showDesign(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-design="${next.id}"]`)?.focus();
  };
  return (
    <div className={classes.tabs}>
      <div role="tablist" aria-label="Designs" className={classes.list} onKeyDown={onKeyDown} tabIndex={-1}>
        {designs.map((design) => {
          const isActive = design.id === activeId;
          return (
            <span key={design.id} className={classes.tab} data-active={isActive || undefined}>
              {renaming === design.id ? (
                <NameInput
                  name={design.name}
                  label="Name of the design"
                  onDone={(name) => {
                    setRenaming(null);
                    if (name !== null) renameDesign(design.id, name);
                  }}
                />
              ) : (
                <UnstyledButton
                  role="tab"
                  aria-selected={isActive}
                  tabIndex={isActive ? 0 : -1}
                  data-design={design.id}
                  className={classes.name}
                  dir="auto"
                  title={`${design.name} – double-click to rename`}
                  onClick={() => showDesign(design.id)}
                  onDoubleClick={() => setRenaming(design.id)}
                >
                  {design.name}
                </UnstyledButton>
              )}
            </span>
          );
        })}
      </div>
      {active !== undefined && <TabMenu design={active} count={designs.length} onRename={() => setRenaming(active.id)} />}
      <Tooltip label="Add a design">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          aria-label="Add a design"
          onClick={() => {
            const id = addDesign();
            if (id !== undefined) showDesign(id);
          }}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Compare designs, sweep parameters, find the cheapest setting">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className={classes.experiments}
          leftSection={<IconColumns2 size={15} aria-hidden="true" />}
          onClick={() => openExperiments()}
        >
          Experiments
        </Button>
      </Tooltip>
    </div>
  );
}
