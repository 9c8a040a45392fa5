import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDocument } from '../document/document-store';
import { useExperiment } from './experiment-runs';
import { RecordList } from './record-list';
import classes from './sweep.module.css';

interface ExperimentPageProps<T> {
  /** What one of them is called: 'sweep'. */
  readonly noun: string;
  /** What they are for, where there is none yet. */
  readonly purpose: string;
  readonly records: readonly T[];
  readonly chosen: T | undefined;
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
  /** Copies one and answers the id of the copy. */
  readonly onDuplicate: (id: string) => string | undefined;
  readonly onDelete: (id: string) => void;
  readonly editor: (record: T, disabled: boolean) => ReactNode;
  readonly results: (record: T) => ReactNode;
}

/** A tab of the page of experiments: the records of one sort, the one that is chosen in an editor, and what it found. */
export function ExperimentPage<T extends { readonly id: string; readonly name: string }>(props: ExperimentPageProps<T>) {
  const { noun, purpose, records, chosen, onChoose, onAdd, onDuplicate, onDelete, editor, results } = props;
  const running = useExperiment((state) => state.running?.id ?? null);
  const empty = useDocument((state) => state.project.designs.every(({ components }) => components.length === 0));
  return (
    <div className={classes.page}>
      <div className={classes.side}>
        <RecordList
          noun={noun}
          records={records}
          chosen={chosen?.id ?? null}
          running={running}
          empty={empty}
          onChoose={onChoose}
          onAdd={onAdd}
          onDuplicate={(id) => {
            const copy = onDuplicate(id);
            if (copy !== undefined) onChoose(copy);
          }}
          onDelete={onDelete}
        />
        {chosen !== undefined && editor(chosen, running === chosen.id)}
      </div>
      {chosen === undefined ? (
        <div className={classes.none}>
          <strong>{`No ${noun} yet`}</strong>
          <p>{empty ? `${purpose} There is no part yet whose parameters it could vary: close this page and place some.` : purpose}</p>
          <Button leftSection={<IconPlus size={14} />} disabled={empty} onClick={onAdd}>
            {`Add a ${noun}`}
          </Button>
        </div>
      ) : (
        results(chosen)
      )}
    </div>
  );
}
