import { Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useRowKeys } from './row-keys';
import classes from './virtual-table.module.css';

/** A column of a table. */
export interface TableColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** Heading over neighbouring columns of the same group. */
  readonly group?: string;
  /** Small, under the title. */
  readonly unit?: string;
  /** Definition, on hovering over the title. */
  readonly help?: string;
  readonly width: number;
  readonly text?: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly sortValue: (row: Row) => number | string | null | undefined;
}

interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Rows that stay at the top in any order. */
  readonly isPinned?: (row: Row) => boolean;
  readonly isSelected?: (row: Row) => boolean;
  /** Key of the one row that is on display elsewhere: it is marked, comes into sight, and is where the Tab key leads. */
  readonly chosenKey?: string | null;
  readonly onRowClick?: (row: Row) => void;
}

interface Sorting {
  readonly key: string;
  readonly descending: boolean;
}

const ROW_HEIGHT = 26;
/** Rows kept above and below what is visible, so that scrolling shows no gaps. */
const MARGIN = 12;

function compare(one: number | string | null | undefined, other: number | string | null | undefined): number {
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : one > other ? 1 : 0;
  return Number(one) - Number(other);
}

/** Sorts a copy; rows without a value stand last in both directions. */
export function sortRows<Row>(rows: readonly Row[], value: (row: Row) => number | string | null | undefined, descending: boolean): Row[] {
  const missing = (candidate: number | string | null | undefined): boolean => candidate == null || Number.isNaN(candidate);
  return [...rows].sort((one, other) => {
    const first = value(one);
    const second = value(other);
    if (missing(first) || missing(second)) return Number(missing(first)) - Number(missing(second));
    return descending ? compare(second, first) : compare(first, second);
  });
}

/** A table of any number of rows: only those in sight are in the page. The head stays, and so does the first column; a click on a title sorts; arrow keys go from row to row. */
export function VirtualTable<Row>({ label, columns, rows, rowKey, isPinned, isSelected, chosenKey = null, onRowClick }: VirtualTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [view, setView] = useState({ top: 0, height: 300 });
  const sorted = useMemo(() => {
    const column = columns.find((candidate) => candidate.key === sorting?.key);
    if (sorting === null || column === undefined) return rows;
    const pinned = isPinned === undefined ? [] : rows.filter(isPinned);
    const loose = isPinned === undefined ? rows : rows.filter((row) => !isPinned(row));
    return [...pinned, ...sortRows(loose, column.sortValue, sorting.descending)];
  }, [rows, columns, sorting, isPinned]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const first = Math.max(0, Math.min(Math.floor(view.top / ROW_HEIGHT) - MARGIN, sorted.length - 1));
  const last = Math.min(sorted.length, Math.ceil((view.top + view.height) / ROW_HEIGHT) + MARGIN);
  const sort = (key: string, text: boolean): void => {
    // Numbers start with the largest, names with A; a third click gives the own order back.
    if (sorting?.key !== key) setSorting({ key, descending: !text });
    else setSorting(sorting.descending !== text ? { key, descending: !sorting.descending } : null);
  };
  const chosen = chosenKey === null ? -1 : sorted.findIndex((row) => rowKey(row) === chosenKey);
  const onRowKey = useRowKeys(scroller, { rows: sorted.length, rowHeight: ROW_HEIGHT, view, hasTarget: onRowClick !== undefined, chosen });
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      // What gets the focus comes into sight beside what stays: the head and the first column.
      style={{ scrollPadding: `44px 4px 4px ${(columns[0]?.width ?? 0) + 4}px` }}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <table className={classes.table} aria-rowcount={sorted.length + 1} style={{ width: columns.reduce((sum, column) => sum + column.width, 0) }}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column, position) => {
              const direction = sorting?.key === column.key ? (sorting.descending ? 'descending' : 'ascending') : undefined;
              return (
                <th
                  key={column.key}
                  scope="col"
                  aria-sort={direction ?? 'none'}
                  data-text={column.text || undefined}
                  data-first={(column.group !== undefined && column.group !== columns[position - 1]?.group) || undefined}
                >
                  {column.group !== undefined && column.group !== columns[position - 1]?.group && (
                    <span className={`${classes.group} tl-heading`} aria-hidden="true">
                      {column.group}
                    </span>
                  )}
                  <Tooltip label={column.help} disabled={column.help === undefined} position="bottom">
                    <button type="button" className={classes.sort} onClick={() => sort(column.key, column.text === true)}>
                      <span>
                        {column.title}
                        {direction !== undefined && <span aria-hidden="true">{direction === 'descending' ? ' ↓' : ' ↑'}</span>}
                      </span>
                      {column.unit !== undefined && <small>{column.unit}</small>}
                    </button>
                  </Tooltip>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onKeyDown={onRowKey}>
          {first > 0 && <tr style={{ height: first * ROW_HEIGHT }} />}
          {sorted.slice(first, last).map((row, index) => (
            // The first cell of a row that can be chosen holds a button for the keyboard.
            <tr
              key={rowKey(row)}
              aria-rowindex={first + index + 2}
              data-selected={isSelected?.(row) || rowKey(row) === chosenKey || undefined}
              data-clickable={onRowClick !== undefined || undefined}
              onClick={onRowClick && (() => onRowClick(row))}
            >
              {columns.map((column, position) =>
                position === 0 ? (
                  <th key={column.key} scope="row" data-text={column.text || undefined}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    data-text={column.text || undefined}
                    data-first={(column.group !== undefined && column.group !== columns[position - 1]?.group) || undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {last < sorted.length && <tr style={{ height: (sorted.length - last) * ROW_HEIGHT }} />}
        </tbody>
      </table>
    </section>
  );
}
