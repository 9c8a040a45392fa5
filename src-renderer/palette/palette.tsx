import { Kbd, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Kind, KindGroup } from '../../src-shared/kinds/kind';
import { KINDS } from '../../src-shared/kinds/registry';
import { insertAtCentre } from '../app/actions/insert-actions';
import { KindIcon } from '../app/kind-icon';
import { uiStore, useUi } from '../app/ui-store';
import { KIND_MIME } from '../canvas/canvas';
import classes from './palette.module.css';

const GROUPS: readonly KindGroup[] = ['Traffic', 'Routing', 'Compute', 'Data', 'Observing'];
const NOTE_HELP = 'A free text on the canvas: says why something is as it is, and changes no number.';

function matches(kind: Kind, query: string): boolean {
  const words = `${kind.title} ${kind.group} ${kind.help}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

interface PaletteItemProps {
  readonly kindId: string;
  readonly title: string;
  readonly help: string;
  readonly icon: ReactNode;
}

/** One part of the palette: drag it, click it and then the canvas, or press Enter to place it in the middle. */
function PaletteItem({ kindId, title, help, icon }: PaletteItemProps) {
  const isPlacing = useUi((state) => state.placing === kindId);
  return (
    <Tooltip label={help} position="right" openDelay={500}>
      <UnstyledButton
        className={classes.item}
        data-active={isPlacing || undefined}
        data-palette-item
        draggable
        aria-label={`${title}. ${help}`}
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.setData(KIND_MIME, kindId);
          event.dataTransfer.effectAllowed = 'copy';
          uiStore.setState({ placing: null });
        }}
        onClick={(event) => {
          // A click by keyboard has no place to point at: the part goes to the middle of the view.
          if (event.detail === 0) insertAtCentre(kindId);
          else uiStore.setState({ placing: isPlacing ? null : kindId });
        }}
      >
        {icon}
        <span>{title}</span>
      </UnstyledButton>
    </Tooltip>
  );
}

function moveFocus(from: HTMLElement, by: number): void {
  const root = from.closest('[data-palette]');
  const stops = [...(root?.querySelectorAll<HTMLElement>('[data-palette-search], [data-palette-item]') ?? [])];
  stops[stops.indexOf(from) + by]?.focus();
}

/** The parts that a design is made of, by what they are for. */
export function Palette() {
  const [query, setQuery] = useState('');
  const found = KINDS.filter((kind) => matches(kind, query));
  const showsNote = query === '' || `note text comment ${NOTE_HELP}`.toLowerCase().includes(query.toLowerCase());
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    moveFocus(target, event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <nav className={classes.palette} aria-label="Palette" data-palette onKeyDown={onKeyDown}>
      <TextInput
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found[0] !== undefined) {
            insertAtCentre(found[0].id);
            setQuery('');
          }
          if (event.key === 'Escape') {
            setQuery('');
            event.currentTarget.blur();
          }
        }}
        placeholder="Find a part"
        aria-label="Find a part"
        data-palette-search
        rightSection={<Kbd size="xs">/</Kbd>}
        rightSectionPointerEvents="none"
      />
      <div className={classes.groups}>
        {GROUPS.map((group) => {
          const kinds = found.filter((kind) => kind.group === group);
          if (kinds.length === 0) return null;
          return (
            <section key={group}>
              <h2 className="tl-heading">{group}</h2>
              {kinds.map((kind) => (
                <PaletteItem key={kind.id} kindId={kind.id} title={kind.title} help={kind.help} icon={<KindIcon look={kind.look} />} />
              ))}
            </section>
          );
        })}
        {showsNote && (
          <section>
            <h2 className="tl-heading">Canvas</h2>
            <PaletteItem
              kindId="note"
              title="Note"
              help={NOTE_HELP}
              icon={
                <span className={classes.noteTile} aria-hidden="true">
                  <IconNote size={15} />
                </span>
              }
            />
          </section>
        )}
        {found.length === 0 && !showsNote && <p className={classes.nothing}>No part of this name.</p>}
      </div>
    </nav>
  );
}
