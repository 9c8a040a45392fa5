import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCopyPlus, IconPlus, IconTrash } from '@tabler/icons-react';
import classes from './sweep.module.css';

interface RecordListProps {
  /** What one of them is called: 'sweep'. */
  readonly noun: string;
  readonly records: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: string | null;
  /** Id of the one that is under way. */
  readonly running: string | null;
  /** Nothing can be added: there is no part whose parameters could be varied. */
  readonly empty: boolean;
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
  readonly onDuplicate: (id: string) => void;
  readonly onDelete: (id: string) => void;
}

/** The sweeps or searches of the project: one of them is on display. */
export function RecordList({ noun, records, chosen, running, empty, onChoose, onAdd, onDuplicate, onDelete }: RecordListProps) {
  const plural = noun === 'search' ? 'searches' : `${noun}s`;
  return (
    <section aria-label={`The ${plural} of the project`}>
      <div className={classes.listHead}>
        <h3 className="tl-heading">{plural}</h3>
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={13} />} disabled={empty} onClick={onAdd}>
          {`Add ${noun}`}
        </Button>
      </div>
      <ul className={classes.list}>
        {records.map(({ id, name }) => (
          <li key={id} data-chosen={id === chosen || undefined}>
            <UnstyledButton className={classes.record} aria-pressed={id === chosen} onClick={() => onChoose(id)}>
              {name}
              {id === running && <small>running</small>}
            </UnstyledButton>
            <Tooltip label="Duplicate">
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Duplicate ${noun} ${name}`} onClick={() => onDuplicate(id)}>
                <IconCopyPlus size={14} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Delete">
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Delete ${noun} ${name}`} disabled={id === running} onClick={() => onDelete(id)}>
                <IconTrash size={14} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}
