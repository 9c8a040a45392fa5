import { ActionIcon, CloseButton, TextInput, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled, IconChevronRight, IconSearch, IconSelector } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import type { Problem } from '../../src-shared/base/problem';
import type { Param, ParamSet } from '../../src-shared/kinds/params';
import { type ParamTarget, resetParameter, setParameter } from '../document/commands/parameters';
import { sealHistory } from '../document/document-store';
import { FieldRow } from './field-row';
import { describeDefault, quantitySpec, rangeText } from './field-text';
import { ParamField } from './fields/param-field';
import { setGroupsOpen, useOpenGroups } from './group-store';
import { countIdleMatches, groupSummary, groupsOf, type ParamGroup, type ParamRow, searchGroups, startsOpen } from './param-groups';
import classes from './params-form.module.css';

interface ParamsFormProps {
  readonly target: ParamTarget;
  /** What the open groups are remembered by: the kind, or `link`. */
  readonly kind: string;
  readonly params: ParamSet;
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** For a link: the kind that it leaves. */
  readonly sourceKind?: string;
}

/** With fewer parameters than this, a search would only be in the way. */
const SEARCH_FROM = 9;

/** The problem that belongs to a parameter, in words. */
function problemOf(problems: readonly Problem[], key: string): string | undefined {
  const own = problems.find((problem) => problem.path !== undefined && new RegExp(`^(?:params\\.)?${key}(?:[.[]|$)`).test(problem.path));
  return own === undefined ? undefined : `${own.message} ${own.remedy}`;
}

/** Whether a field needs the whole width: also a choice whose words would be cut off beside its title. */
function isWide(param: Param): boolean {
  return ['distribution', 'list', 'machine'].includes(param.type) || (param.choices?.some((choice) => choice.title.length > 15) ?? false);
}

interface RowProps {
  readonly target: ParamTarget;
  readonly problems: readonly Problem[];
  readonly row: ParamRow;
}

function Row({ target, problems, row: { name, param, value, changed } }: RowProps) {
  const id = useId();
  const spec = quantitySpec(param);
  const problem = problemOf(problems, name);
  return (
    <FieldRow
      title={param.title}
      help={param.help}
      defaultText={describeDefault(param)}
      provenance={param.provenance}
      htmlFor={id}
      wide={isWide(param)}
      {...(spec !== undefined && { allowed: rangeText(spec) })}
      {...(changed && { onReset: () => resetParameter(target, name) })}
    >
      <ParamField
        key={`${target.designId}/${target.id}/${name}`}
        id={id}
        param={param}
        value={value}
        label={param.title}
        {...(problem !== undefined && { problem })}
        onChange={(next) => setParameter(target, name, next)}
        onSeal={sealHistory}
      />
    </FieldRow>
  );
}

interface GroupProps {
  readonly target: ParamTarget;
  readonly problems: readonly Problem[];
  readonly group: ParamGroup;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** A group of parameters that can be closed to one line. */
function Group({ target, problems, group, open, onToggle }: GroupProps) {
  const id = useId();
  const troubled = group.rows.some((row) => problemOf(problems, row.name) !== undefined);
  const summary = open ? '' : groupSummary(group);
  return (
    <section className={classes.group} aria-label={group.title}>
      <h3 className={classes.heading}>
        <UnstyledButton className={classes.toggle} aria-expanded={open} aria-controls={id} onClick={onToggle}>
          <IconChevronRight size={13} stroke={2.4} className={classes.chevron} data-open={open || undefined} aria-hidden="true" />
          <span className="tl-heading">{group.title}</span>
          {summary !== '' && (
            <span className={classes.summary} title={summary}>
              {summary}
            </span>
          )}
          {troubled && <IconAlertTriangleFilled size={13} className={classes.trouble} aria-label="has a problem" />}
          {group.changed > 0 && (
            <span className={classes.changed} title={`${group.changed} of ${group.rows.length} differ from their defaults`}>
              {open ? `${group.changed} changed` : group.changed}
              {!open && <VisuallyHidden> changed</VisuallyHidden>}
            </span>
          )}
        </UnstyledButton>
      </h3>
      <div id={id} hidden={!open}>
        {open && group.rows.map((row) => <Row key={row.name} target={target} problems={problems} row={row} />)}
      </div>
    </section>
  );
}

interface ToolsProps {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly allOpen: boolean;
  readonly onToggleAll: () => void;
}

/** The line above the groups: search, and all groups at once. */
function Tools({ search, onSearch, allOpen, onToggleAll }: ToolsProps) {
  const words = allOpen ? 'Close all groups' : 'Open all groups';
  return (
    <div className={classes.tools}>
      <TextInput
        className={classes.search}
        aria-label="Find a parameter"
        placeholder="Find a parameter"
        leftSection={<IconSearch size={13} aria-hidden="true" />}
        rightSection={search === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => onSearch('')} />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '') return;
          event.stopPropagation();
          onSearch('');
        }}
      />
      <Tooltip label={words}>
        <ActionIcon variant="default" size={30} aria-label={words} onClick={onToggleAll}>
          <IconSelector size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** The fields of a record, made from the declaration of its parameters, in groups that open and close; what has no effect at present is left out. */
export function ParamsForm({ target, kind, params, values, problems, sourceKind }: ParamsFormProps) {
  const [search, setSearch] = useState('');
  const opened = useOpenGroups();
  const groups = useMemo(() => groupsOf(params, values, sourceKind), [params, values, sourceKind]);
  const found = useMemo(() => searchGroups(groups, search), [groups, search]);
  const searching = search.trim() !== '';
  const key = (group: ParamGroup): string => `${kind}/${group.title}`;
  const troubled = (group: ParamGroup): boolean => group.rows.some((row) => problemOf(problems, row.name) !== undefined);
  const isOpen = (group: ParamGroup): boolean => searching || (opened[key(group)] ?? (startsOpen(group, groups.length) || troubled(group)));
  const allOpen = groups.every(isOpen);
  const idle = countIdleMatches(params, groups, search);
  return (
    <>
      {Object.keys(params).length >= SEARCH_FROM && (
        <Tools search={search} onSearch={setSearch} allOpen={allOpen} onToggleAll={() => setGroupsOpen(groups.map(key), !allOpen)} />
      )}
      {found.map((group) => (
        <Group
          key={group.title}
          target={target}
          problems={problems}
          group={group}
          open={isOpen(group)}
          onToggle={() => !searching && setGroupsOpen([key(group)], !isOpen(group))}
        />
      ))}
      {searching && found.length === 0 && idle === 0 && <p className={classes.none}>No parameter of this name.</p>}
      {idle > 0 && (
        <p className={classes.none}>
          {idle === 1
            ? 'One more parameter matches, but it has no effect with the present values.'
            : `${idle} more parameters match, but they have no effect with the present values.`}
        </p>
      )}
    </>
  );
}
