// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { emptyProject } from '../../src-shared/project/project';
import { exportSchema } from '../../src-shared/protocol/desktop-api';
import { openDocument } from '../document/document-store';
import { exportName } from './exports';

describe('names of exported files', () => {
  it('say which project, and which design where there are several', () => {
    openDocument(emptyProject('Shop'), null);
    expect(exportName('Design 1', 'results', 'csv')).toBe('Shop - results.csv');
    const two = emptyProject('Shop');
    openDocument(
      { ...two, designs: [...two.designs, { id: 'b', name: 'Other', components: [], links: [], faults: [], notes: [] }] },
      { name: 'web-shop.topolab' },
    );
    expect(exportName('Other', 'series', 'csv')).toBe('web-shop - Other - series.csv');
  });

  it('are such as every file system takes, whatever the project is called', () => {
    for (const name of ['a/b\\c:d*e?f"g<h>i|j', '\u0007bell', 'x'.repeat(120), '../..']) {
      openDocument(emptyProject(name), null);
      const suggestedName = exportName('d', 'canvas', 'png');
      expect(exportSchema.safeParse({ suggestedName, content: '' }).success, suggestedName).toBe(true);
    }
  });
});
