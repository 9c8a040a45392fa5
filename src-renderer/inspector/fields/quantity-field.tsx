import { CloseButton, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { quantityText } from '../../../src-shared/base/parse-quantity';
import { type QuantitySpec, readQuantity } from '../field-text';
import classes from './fields.module.css';

interface QuantityFieldProps {
  readonly spec: QuantitySpec;
  readonly value: number | null;
  readonly label: string;
  /** What null means; where it is given, an empty field stands for null. */
  readonly nullMeans?: string;
  readonly id?: string;
  readonly problem?: string;
  readonly describedBy?: string;
  readonly onChange: (value: number | null) => void;
  /** The field is left: what was typed is one step. */
  readonly onSeal: () => void;
}

/** A number with its unit. Takes effect while typing, as soon as what stands there can be read; keeps the last good value until then. */
export function QuantityField({ spec, value, label, nullMeans, id, problem, describedBy, onChange, onSeal }: QuantityFieldProps) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly unit: string; readonly error: string | null; readonly value: number | null } | null>(
    null,
  );
  const before = useRef<number | null>(value);
  const shown = value === null ? { digits: '', unit: '' } : quantityText(value, spec.dimension, spec.unit);
  // A change from elsewhere, such as undo, wins over what was typed.
  const stale = typed !== null && typed.error === null && typed.value !== value;
  const text = typed === null || stale ? shown.digits : typed.text;
  const unit = typed === null || stale ? shown.unit : typed.unit;
  const error = typed === null || stale ? null : typed.error;

  const take = (input: string): void => {
    const shownUnit = typed === null || stale ? (shown.unit === '' ? quantityText(1, spec.dimension, spec.unit).unit : shown.unit) : typed.unit;
    if (input.trim() === '' && nullMeans !== undefined) {
      setTyped({ text: input, unit: shownUnit, error: null, value: null });
      onChange(null);
      return;
    }
    const read = readQuantity(spec, input, shownUnit);
    setTyped({ text: input, unit: shownUnit, error: read.ok ? null : read.error, value: read.ok ? read.value : null });
    if (read.ok) onChange(read.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') {
      if (error === null) setTyped(null);
      onSeal();
    }
    if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      if (value !== before.current) onChange(before.current);
      onSeal();
    }
    if (spec.integer === true && spec.dimension === 'count' && value !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const step = (event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1);
      const next = Math.min(spec.max ?? Number.POSITIVE_INFINITY, Math.max(spec.min ?? Number.NEGATIVE_INFINITY, value + step));
      setTyped(null);
      onChange(next);
    }
  };
  return (
    <TextInput
      {...(id !== undefined && { id })}
      className={classes.quantity}
      value={text}
      aria-label={label}
      {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
      // Gives up what was typed first; the next press closes the dialog around it.
      data-mantine-stop-propagation={typed !== null || undefined}
      inputMode={spec.dimension === 'count' ? 'numeric' : 'text'}
      placeholder={value === null ? nullMeans : undefined}
      error={error ?? problem}
      onFocus={(event) => {
        before.current = value;
        event.currentTarget.select();
      }}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => {
        if (error === null) setTyped(null);
        onSeal();
      }}
      onKeyDown={onKeyDown}
      rightSectionWidth="auto"
      rightSection={
        <span className={classes.unit}>
          {unit}
          {nullMeans !== undefined && value !== null && (
            <CloseButton
              size="xs"
              data-clear
              aria-label={`${label}: ${nullMeans}`}
              title={nullMeans}
              onClick={() => {
                setTyped(null);
                onChange(null);
                onSeal();
              }}
            />
          )}
        </span>
      }
    />
  );
}
