import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { LIMITS } from '../../src-shared/project/project';
import { sealHistory } from '../document/document-store';

interface NameFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> {
  readonly name: string;
  readonly onName: (name: string) => void;
}

/** A name that must not be empty: takes effect while typing, and goes back to what it was where nothing is left of it. */
export function NameField({ name, onName, ...props }: NameFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      {...props}
      // A name that is written from right to left shows its beginning, too.
      attributes={{ input: { dir: 'auto' } }}
      value={typed ?? name}
      maxLength={LIMITS.nameLength}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        if (event.currentTarget.value.trim() !== '') onName(event.currentTarget.value);
      }}
      onBlur={() => {
        setTyped(null);
        sealHistory();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        setTyped(null);
        sealHistory();
      }}
    />
  );
}
