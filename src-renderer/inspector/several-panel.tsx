import { Button, Group, Stack } from '@mantine/core';
import type { Design } from '../../src-shared/project/project';
import { runAction } from '../app/actions/table';
import { findRecord } from '../document/records';
import classes from './inspector.module.css';

/** What several selected things are, and what can be done with all of them. */
export function SeveralPanel({ design, ids }: { readonly design: Design; readonly ids: readonly string[] }) {
  const types = ids.map((id) => findRecord(design, id)?.type);
  const count = (type: string, noun: string): string => {
    const number = types.filter((other) => other === type).length;
    return number === 0 ? '' : `${number} ${noun}${number === 1 ? '' : 's'}`;
  };
  const words = [count('component', 'part'), count('link', 'link'), count('note', 'note')].filter(Boolean).join(', ');
  return (
    <div className={classes.body}>
      <h2 className={classes.title}>{`${ids.length} selected`}</h2>
      <p className={classes.description}>{words}</p>
      <Stack gap="xs" mt="md">
        <Group gap="xs" grow>
          <Button variant="default" onClick={() => runAction('edit.duplicate')}>
            Duplicate
          </Button>
          <Button variant="default" onClick={() => runAction('edit.copy')}>
            Copy
          </Button>
        </Group>
        <Button variant="default" color="red" onClick={() => runAction('edit.delete')}>
          Delete
        </Button>
      </Stack>
    </div>
  );
}
