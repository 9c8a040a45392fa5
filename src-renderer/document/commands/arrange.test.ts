import { expect, test } from 'vitest';
import { emptyProject } from '../../../src-shared/project/project';
import { documentStore, openDocument, undo } from '../document-store';
import { arrangeParts } from './arrange';

test('parts stand in the direction of the flow, apart from each other, and one undo takes it back', async () => {
  const empty = emptyProject('Arrange');
  const ids = ['a', 'b', 'c', 'd'];
  const project = {
    ...empty,
    designs: [
      {
        id: 'design-1',
        name: 'Design 1',
        components: ids.map((id) => ({ id, kind: 'service', name: id, params: {} })),
        links: [
          ['a', 'b'],
          ['a', 'c'],
          ['b', 'd'],
          ['c', 'd'],
        ].map(([from = '', to = '']) => ({ id: `${from}${to}`, from, to, params: {} })),
        faults: [],
        notes: [],
      },
    ],
  };
  openDocument(project, null);
  await arrangeParts('design-1');
  const at = documentStore.getState().project.view.designs['design-1']?.positions ?? {};
  expect(at.a?.x).toBeLessThan(at.b?.x ?? 0);
  expect(at.b?.x).toBeLessThan(at.d?.x ?? 0);
  expect(Math.abs((at.b?.y ?? 0) - (at.c?.y ?? 0))).toBeGreaterThanOrEqual(144);
  undo();
  expect(documentStore.getState().project).toEqual(project);
});
