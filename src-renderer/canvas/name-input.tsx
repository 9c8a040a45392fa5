import { useEffect, useRef } from 'react';
import { LIMITS } from '../../src-shared/project/project';
import classes from './name-input.module.css';

interface NameInputProps {
  readonly name: string;
  readonly label?: string;
  /** Called once, with the new name, or null where it stays as it was. */
  readonly onDone: (name: string | null) => void;
}

/** Edits a name in place: Enter or leaving the field takes it, Escape leaves it as it was. */
export function NameInput({ name, label = 'Name', onDone }: NameInputProps) {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    // React Flow focuses the part after a double click; take the focus back once it has.
    const frame = requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (value: string | null): void => {
    if (done.current) return;
    done.current = true;
    onDone(value);
  };
  return (
    <input
      ref={input}
      className={`${classes.input} nodrag nopan`}
      defaultValue={name}
      aria-label={label}
      maxLength={LIMITS.nameLength}
      spellCheck={false}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
