import { ActionIcon, Button, Group, Modal, Pagination, Table, Text, Textarea } from '@mantine/core';
import { IconClipboardText, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { defaultsOf, type Param } from '../../../src-shared/kinds/params';
import { hasTextRows, readRows, writeRows } from '../read-rows';
import classes from './list-dialog.module.css';
import { ParamField } from './param-field';

type Row = Readonly<Record<string, unknown>>;

interface ListDialogProps {
  readonly opened: boolean;
  readonly param: Param;
  readonly label: string;
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
  readonly onSeal: () => void;
  readonly onClose: () => void;
}

/** Rows on one page of the table: a trace may have a hundred thousand. */
const PAGE = 50;

/** Takes many rows at once, pasted from a spreadsheet or a file. */
function PasteRows({
  param,
  onRows,
  onClose,
}: {
  readonly param: Param;
  readonly onRows: (rows: readonly Row[], replace: boolean) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const fields = param.fields ?? {};
  const read = readRows(text, fields);
  const take = (replace: boolean): void => {
    if (!read.ok) return;
    onRows(read.value, replace);
    onClose();
  };
  const columns = Object.values(fields).map((field) => (field.unit === '' ? field.title : `${field.title} (${field.unit})`));
  return (
    <div className={classes.paste}>
      <Text
        size="xs"
        c="dimmed"
      >{`One ${param.rowTitle ?? 'row'} a line, columns apart by comma, semicolon or tab: ${columns.join(', ')}. Columns left out at the end take their defaults.`}</Text>
      <Textarea
        aria-label="Rows to paste"
        placeholder={writeRows([defaultsOf(fields)], fields)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={text.trim() === '' || read.ok ? undefined : read.error}
        minRows={6}
        maxRows={14}
        autosize
        data-autofocus
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="subtle" onClick={onClose}>
          Back
        </Button>
        <Button variant="default" disabled={!read.ok || read.value.length === 0} onClick={() => take(false)}>
          Add to the rows
        </Button>
        <Button disabled={!read.ok || read.value.length === 0} onClick={() => take(true)}>
          {read.ok && read.value.length > 0 ? `Replace with ${read.value.length} rows` : 'Replace'}
        </Button>
      </Group>
    </div>
  );
}

/** The table in which a list is edited, one column for each declared field. */
export function ListDialog({ opened, param, label, rows, onChange, onSeal, onClose }: ListDialogProps) {
  const [page, setPage] = useState(1);
  const [pasting, setPasting] = useState(false);
  const fields = Object.entries(param.fields ?? {});
  const noun = param.rowTitle ?? 'row';
  const most = param.maxRows ?? 1000;
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const first = (Math.min(page, pages) - 1) * PAGE;
  const replace = (next: readonly Row[]): void => {
    if (param.schema.safeParse(next).success) onChange(next);
  };
  const asStep = (next: readonly Row[]): void => {
    onSeal();
    replace(next);
    onSeal();
  };
  const fresh = (): Row => {
    const row = { ...defaultsOf(param.fields ?? {}) } as Record<string, unknown>;
    const nameKey = fields.find(([, field]) => field.type === 'text')?.[0];
    if (nameKey !== undefined) {
      const taken = new Set(rows.map((other) => other[nameKey]));
      const stem = String(row[nameKey]);
      for (let number = 2; taken.has(row[nameKey]); number++) row[nameKey] = `${stem} ${number}`;
    }
    return row;
  };
  // A list that may not become empty keeps its last row.
  const mayRemove = rows.length > 1 || param.schema.safeParse([]).success;
  return (
    <Modal
      opened={opened}
      onClose={() => {
        setPasting(false);
        onSeal();
        onClose();
      }}
      title={label}
      size="auto"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.dialog}>
        <Text size="xs" c="dimmed">
          {param.help}
        </Text>
        {pasting ? (
          <PasteRows
            param={param}
            onClose={() => setPasting(false)}
            onRows={(pasted, instead) => asStep(instead ? pasted : [...rows, ...pasted].slice(0, most))}
          />
        ) : (
          <>
            <div className={classes.scroll}>
              <Table verticalSpacing={4} horizontalSpacing={6} withRowBorders={false} stickyHeader>
                <Table.Thead>
                  <Table.Tr>
                    {fields.map(([key, field]) => (
                      <Table.Th key={key} title={field.help} className={classes.heading}>
                        {field.title}
                      </Table.Th>
                    ))}
                    <Table.Th aria-label="Remove" />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.slice(first, first + PAGE).map((row, offset) => {
                    const index = first + offset;
                    return (
                      <Table.Tr key={index}>
                        {fields.map(([key, field]) => (
                          <Table.Td key={key} className={classes.cell} data-type={field.type}>
                            <ParamField
                              param={field}
                              value={row[key]}
                              label={`${field.title}, ${noun} ${index + 1}`}
                              inCell
                              onChange={(value) => replace(rows.map((other, place) => (place === index ? { ...other, [key]: value } : other)))}
                              onSeal={onSeal}
                            />
                          </Table.Td>
                        ))}
                        <Table.Td className={classes.remove}>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={`Remove ${noun} ${index + 1}`}
                            disabled={!mayRemove}
                            onClick={() => asStep(rows.filter((_row, place) => place !== index))}
                          >
                            <IconTrash size={15} />
                          </ActionIcon>
                        </Table.Td>
                      </Table.Tr>
                    );
                  })}
                </Table.Tbody>
              </Table>
              {rows.length === 0 && <Text size="sm" c="dimmed" py="sm">{`No ${noun}s yet.`}</Text>}
            </div>
            <Group justify="space-between">
              <Group gap="xs">
                <Button
                  variant="default"
                  leftSection={<IconPlus size={14} />}
                  disabled={rows.length >= most}
                  onClick={() => {
                    asStep([...rows, fresh()]);
                    setPage(Math.ceil((rows.length + 1) / PAGE));
                  }}
                >
                  {`Add ${noun}`}
                </Button>
                {hasTextRows(param.fields ?? {}) && (
                  <Button variant="default" leftSection={<IconClipboardText size={14} />} onClick={() => setPasting(true)}>
                    Paste rows …
                  </Button>
                )}
              </Group>
              {pages > 1 && <Pagination size="xs" total={pages} value={Math.min(page, pages)} onChange={setPage} />}
            </Group>
          </>
        )}
      </div>
    </Modal>
  );
}
