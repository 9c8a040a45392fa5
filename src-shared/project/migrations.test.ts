import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../kinds/registry';
import type { Migration } from './migrations';
import { FORMAT_MIGRATIONS, isContiguous, LINK_KEY, migrate, versionedValues } from './migrations';
import { FORMAT_VERSION } from './project';

const invented: readonly Migration[] = [
  { name: 'rename-size', to: 2, migrate: ({ size, ...rest }) => ({ ...rest, width: size }) },
  { name: 'add-height', to: 3, migrate: (data) => ({ ...data, height: data.width }) },
];

describe('migrations', () => {
  it('apply every step that is ahead, in order, and none that is behind', () => {
    expect(migrate(invented, 1, { size: 4 })).toEqual({ width: 4, height: 4 });
    expect(migrate(invented, 2, { width: 4 })).toEqual({ width: 4, height: 4 });
    expect(migrate(invented, 3, { width: 4, height: 5 })).toEqual({ width: 4, height: 5 });
  });

  it('are contiguous, so that a chain never skips a version', () => {
    expect(isContiguous(invented, 3)).toBe(true);
    expect(isContiguous(invented, 4)).toBe(false);
    expect(isContiguous([invented[1]!], 3)).toBe(false);
    expect(isContiguous([invented[0]!, { ...invented[1]!, name: 'rename-size' }], 3)).toBe(false);
  });

  it('lead from version 1 to the present one, for the file, every kind and the links', () => {
    expect(isContiguous(FORMAT_MIGRATIONS, FORMAT_VERSION)).toBe(true);
    for (const [key, { version, migrations }] of versionedValues()) expect(isContiguous(migrations, version), key).toBe(true);
  });

  it('each have a fixture that goes through them', () => {
    for (let version = 1; version <= FORMAT_VERSION; version++)
      expect(existsSync(new URL(`./fixtures/version-${version}.topolab`, import.meta.url))).toBe(true);
    // A step of a kind or of the links comes with a file of the version before it: <kind>-<version>.topolab.
    const files = readdirSync(new URL('./fixtures', import.meta.url));
    for (const [key, { migrations }] of versionedValues()) for (const step of migrations) expect(files).toContain(`${key}-${step.to - 1}.topolab`);
  });

  it('keep the name of links apart from those of the kinds', () => {
    expect(KINDS.map((kind) => kind.id)).not.toContain(LINK_KEY);
  });
});
