import { TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { type Dimension, formatQuantity, parseQuantity } from '../../src-shared/base/parse-quantity';

interface QuantityFieldProps {
  readonly label: string;
  readonly description?: string;
  /** Null is shown as an empty field. */
  readonly value: number | null;
  readonly placeholder?: string;
  readonly dimension: Dimension;
  /** Unit of a plain number, and the unit shown with counts. */
  readonly unit: string;
  /** Says what is wrong with a value that was read, or null. */
  readonly check: (value: number) => string | null;
  readonly onCommit: (value: number) => void;
  readonly disabled?: boolean;
  readonly labelHidden?: boolean;
  readonly width?: number;
}

/** A field for a number with a unit: it takes `250ms` or `1.5 s`, shows it back the same way, and refuses in words. Enter or leaving it commits, Escape gives up. */
export function QuantityField({
  label,
  description,
  value,
  placeholder,
  dimension,
  unit,
  check,
  onCommit,
  disabled = false,
  labelHidden = false,
  width,
}: QuantityFieldProps) {
  const shown = value === null ? '' : formatQuantity(value, dimension, unit);
  const [text, setText] = useState(shown);
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  useEffect(() => {
    setText(shown);
    setError(null);
  }, [shown]);
  const commit = (): void => {
    if (text.trim() === shown) {
      setError(null);
      return;
    }
    const parsed = parseQuantity(text, dimension, unit);
    const problem = parsed.ok ? check(parsed.value) : parsed.error;
    setError(problem);
    if (!parsed.ok || problem !== null) return;
    if (parsed.value === value) setText(shown);
    else onCommit(parsed.value);
  };
  return (
    <TextInput
      id={id}
      {...(labelHidden ? { 'aria-label': label, title: description ?? label } : { label, description })}
      value={text}
      placeholder={placeholder}
      error={labelHidden ? error !== null : error}
      disabled={disabled}
      w={width}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={commit}
      // Gives up what was typed first; the next press closes the dialog around it.
      data-mantine-stop-propagation={text !== shown || undefined}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && text !== shown) {
          event.stopPropagation();
          setText(shown);
          setError(null);
        }
      }}
    />
  );
}

/** A check for whole numbers in a range. */
export function wholeNumber(least: number, most: number): (value: number) => string | null {
  return (value) =>
    Number.isInteger(value) && value >= least && value <= most ? null : `Write a whole number from ${least} to ${most.toLocaleString('en-GB')}.`;
}
