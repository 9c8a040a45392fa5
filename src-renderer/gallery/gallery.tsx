import { Button, Group, Modal, Text, UnstyledButton } from '@mantine/core';
import { IconFile, IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import type { RecentFile } from '../../src-shared/protocol/desktop-api';
import { openEmpty, openFromDialog, openRecent, openTemplate } from '../app/files/files';
import { uiStore, useUi } from '../app/ui-store';
import { bridge } from '../bridge/bridge';
import classes from './gallery.module.css';
import { Preview } from './preview';
import { type Template, type TemplateGroup, templateGroups } from './templates';

function TemplateCard({ template, first }: { readonly template: Template; readonly first: boolean }) {
  const { project, text } = template;
  return (
    <UnstyledButton className={classes.card} onClick={() => void openTemplate(text)} data-template={template.id} {...(first && { 'data-autofocus': true })}>
      <span className={classes.picture}>
        <Preview project={project} />
      </span>
      <span className={classes.name}>{project.name}</span>
      {project.designs.length > 1 && <span className={classes.designs}>{project.designs.map((design) => design.name).join(' · ')}</span>}
      <span className={classes.words}>{project.description}</span>
    </UnstyledButton>
  );
}

/** The templates of one group under its heading; `first`: the group that the gallery begins with. */
function CardGroup({ group, first }: { readonly group: TemplateGroup; readonly first: boolean }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h3 className={`tl-heading ${classes.heading}`} id={heading}>
        {group.title}
      </h3>
      <div className={classes.cards}>
        {group.templates.map((template, index) => (
          <TemplateCard key={template.id} template={template} first={first && index === 0} />
        ))}
      </div>
    </section>
  );
}

/** All templates. They stay until the gallery has faded away, and with them the focus of the one that was chosen. */
function Groups() {
  return (
    <div className={classes.groups}>
      {templateGroups().map((group, index) => (
        <CardGroup key={group.title} group={group} first={index === 0} />
      ))}
    </div>
  );
}

/** Files opened before, asked for whenever the gallery opens, and what empties their list. */
function useRecentFiles(opened: boolean): readonly [files: readonly RecentFile[], clear: () => void] {
  const [files, setFiles] = useState<readonly RecentFile[]>([]);
  useEffect(() => {
    if (!opened) return;
    let current = true;
    bridge.recentFiles().then(
      (found) => current && setFiles(found),
      () => current && setFiles([]),
    );
    return () => {
      current = false;
    };
  }, [opened]);
  return [files, () => void bridge.clearRecentFiles().then(() => setFiles([]))];
}

/** What one may begin with: a template, an empty canvas, a file. */
export function Gallery() {
  const opened = useUi((state) => state.galleryOpen);
  const [recent, clearRecent] = useRecentFiles(opened);
  return (
    <Modal
      opened={opened}
      onClose={() => uiStore.setState({ galleryOpen: false })}
      size={1020}
      title="What do you want to look at?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" c="dimmed" mb="md">
        Each template is a system that runs as it is. Press Run, then change it and run it again.
      </Text>
      <div className={classes.layout}>
        <Groups />
        <aside className={classes.side} aria-label="Files">
          <Button fullWidth leftSection={<IconPlus size={15} />} onClick={() => void openEmpty()} data-template="empty">
            Empty canvas
          </Button>
          <Button fullWidth variant="default" leftSection={<IconFolderOpen size={15} />} onClick={() => void openFromDialog()}>
            Open a file …
          </Button>
          <h3 className="tl-heading">Recent files</h3>
          {recent.length === 0 && (
            <Text size="xs" c="dimmed">
              None yet.
            </Text>
          )}
          <ul className={classes.recent}>
            {recent.map((file) => (
              <li key={file.path}>
                <UnstyledButton className={classes.file} title={bridge.host === 'desktop' ? file.path : file.name} onClick={() => void openRecent(file.path)}>
                  <IconFile size={15} stroke={1.6} aria-hidden="true" />
                  <span>{file.name}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
          {recent.length > 0 && (
            <Group>
              <Button variant="subtle" size="compact-xs" color="gray" onClick={clearRecent}>
                Clear this list
              </Button>
            </Group>
          )}
        </aside>
      </div>
    </Modal>
  );
}
