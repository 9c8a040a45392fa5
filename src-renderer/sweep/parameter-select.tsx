import { type ComboboxItem, type OptionsFilter, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { SweepableParameter } from '../../src-shared/project/sweepable';
import { presentText } from './axis-text';
import classes from './sweep.module.css';

/** Parameters that a list shows at once; the search finds the others. */
const SHOWN = 80;

/** Finds parameters by all the words that are typed, in whatever order. */
const byWords =
  (texts: ReadonlyMap<string, string>): OptionsFilter =>
  ({ options, search }) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return (options as ComboboxItem[]).filter(({ value }) => words.every((word) => texts.get(value)?.includes(word) === true));
  };

interface ParameterSelectProps {
  readonly label: string;
  readonly parameters: readonly SweepableParameter[];
  /** Path of the parameter that is chosen; null: none yet. */
  readonly value: string | null;
  readonly onChoose: (parameter: SweepableParameter) => void;
  readonly disabled: boolean;
}

/** Chooses a parameter of any part or link of a design, by search; each with what it stands at. */
export function ParameterSelect({ label, parameters, value, onChoose, disabled }: ParameterSelectProps) {
  const { data, texts, known } = useMemo(() => {
    const byPath = new Map(parameters.map((parameter) => [parameter.path, parameter]));
    return {
      known: byPath,
      data: parameters.map(({ path, owner, title }) => ({ value: path, label: `${owner}: ${title}` })),
      texts: new Map(parameters.map(({ path, owner, title, param }) => [path, `${owner} ${title} ${param.group} ${path}`.toLowerCase()])),
    };
  }, [parameters]);
  const [search, setSearch] = useState('');
  const gone = value !== null && !known.has(value);
  return (
    <Select
      aria-label={label}
      placeholder="Search parts and parameters …"
      data={gone ? [{ value, label: value }, ...data] : data}
      value={value}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      allowDeselect={false}
      // The one that is chosen already changes no value: its name has to replace what was typed all the same.
      onOptionSubmit={(path) => setSearch(data.find((item) => item.value === path)?.label ?? '')}
      limit={SHOWN}
      filter={byWords(texts)}
      disabled={disabled}
      // What is typed first replaces the name of the parameter, so that it is a search.
      onClick={(event) => event.currentTarget.select()}
      onFocus={(event) => event.currentTarget.select()}
      nothingFoundMessage="No part has such a parameter with an effect at present"
      maxDropdownHeight={320}
      comboboxProps={{ width: 400, position: 'bottom-start', shadow: 'md' }}
      onChange={(path) => {
        const parameter = path === null ? undefined : known.get(path);
        if (parameter !== undefined) onChoose(parameter);
      }}
      renderOption={({ option }) => {
        const parameter = known.get(option.value);
        return parameter === undefined ? (
          option.label
        ) : (
          <span className={classes.option}>
            <span>
              {parameter.title}
              <small>{parameter.owner}</small>
            </span>
            <small className="tl-number">{`now ${presentText(parameter)}`}</small>
          </span>
        );
      }}
    />
  );
}
