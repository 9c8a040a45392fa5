import { Button, Select, Text } from '@mantine/core';
import type { Component } from '../../src-shared/project/project';
import { chooseWorkload, separateWorkload, usersOfWorkload } from '../document/commands/workloads';
import { useDocument } from '../document/document-store';
import { FieldRow } from './field-row';
import classes from './inspector.module.css';

/** `A`, `A and B`, `A, B and 3 more`. */
function listNames(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  const shown = names.slice(0, 3);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** Which workload a client sends, and who else sends the same one. */
export function WorkloadChoice({ component, designId }: { readonly component: Component; readonly designId: string }) {
  const project = useDocument((state) => state.project);
  const others =
    component.workload === undefined
      ? []
      : usersOfWorkload(project, component.workload).filter((user) => user.designId !== designId || user.componentId !== component.id);
  const twice = new Set(project.workloads.map((workload) => workload.name)).size < project.workloads.length;
  const names = others.map((user) => (user.designId === designId ? user.componentName : `${user.componentName} in ${user.designName}`));
  return (
    <div className={classes.workload}>
      {project.workloads.length > 1 && (
        <FieldRow
          title="Workload"
          help="Who asks for what, how often. Clients of several designs can send the same workload, so that the designs can be compared."
        >
          <Select
            aria-label="Workload"
            data={project.workloads.map((workload) => ({ value: workload.id, label: twice ? `${workload.name} (${workload.id})` : workload.name }))}
            value={component.workload ?? null}
            onChange={(id) => id !== null && chooseWorkload(designId, component.id, id)}
          />
        </FieldRow>
      )}
      {others.length > 0 && (
        <div className={classes.shared}>
          <Text size="xs">{`This workload is shared with ${listNames(names)}: what you change here changes there too.`}</Text>
          <Button variant="default" size="compact-xs" onClick={() => separateWorkload(designId, component.id)}>
            Use a copy of its own
          </Button>
        </div>
      )}
    </div>
  );
}
