import { ActionIcon, Button, Group, Modal, Table, Text, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconRestore, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type Machine, machineSchema } from '../../src-shared/kinds/machine';
import { LIMITS } from '../../src-shared/project/project';
import { uiStore, useUi } from '../app/ui-store';
import { addMachine, deleteMachine, isDefaultLadder, machineUses, moveMachine, resetMachines, setMachine } from '../document/commands/machines';
import { sealHistory, useDocument } from '../document/document-store';
import type { QuantitySpec } from '../inspector/field-text';
import { QuantityField } from '../inspector/fields/quantity-field';
import classes from './machine-dialog.module.css';
import { monthlyPrice } from './machine-words';

type NumberKey = 'vcpus' | 'speed' | 'memoryGb' | 'pricePerHour';
type TextKey = 'name' | 'provenance';

const NUMBERS: readonly { readonly key: NumberKey; readonly title: string; readonly help: string; readonly spec: QuantitySpec }[] = [
  {
    key: 'vcpus',
    title: 'vCPU',
    help: 'Cores: requests that the machine works on at the same time.',
    spec: { dimension: 'count', unit: '', min: 1, max: 100_000, integer: true },
  },
  {
    key: 'speed',
    title: 'Speed',
    help: 'Speed of one core, relative to the cores that service times were measured on.',
    spec: { dimension: 'number', unit: '×', min: 0.001, max: 1000 },
  },
  { key: 'memoryGb', title: 'Memory', help: 'Told for orientation; it limits nothing yet.', spec: { dimension: 'number', unit: 'GB', min: 0.001, max: 1e6 } },
  { key: 'pricePerHour', title: 'Price per hour', help: 'For one instance.', spec: { dimension: 'number', unit: 'USD', min: 0, max: 1e6 } },
];

/** A text of a machine; what is not allowed stays in the field only, with the reason. */
function TextCell({ machine, field, label }: { readonly machine: Machine; readonly field: TextKey; readonly label: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  const invalid = typed !== null && !machineSchema.shape[field].safeParse(typed).success;
  return (
    <TextInput
      aria-label={label}
      value={invalid ? typed : machine[field]}
      error={invalid && (typed === '' ? 'Write at least one character.' : 'This text is too long.')}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setMachine(machine.id, field, event.currentTarget.value);
      }}
      onBlur={() => {
        setTyped(null);
        sealHistory();
      }}
    />
  );
}

interface RowProps {
  readonly machine: Machine;
  readonly place: number;
  readonly count: number;
  readonly uses: number;
}

function Row({ machine, place, count, uses }: RowProps) {
  return (
    <Table.Tr data-testid={`machine-${machine.id}`}>
      <Table.Td className={classes.name}>
        <TextCell machine={machine} field="name" label={`Name of machine ${place + 1}`} />
      </Table.Td>
      {NUMBERS.map(({ key, title, spec }) => (
        <Table.Td key={key} className={classes.number} title={key === 'pricePerHour' ? monthlyPrice(machine) : undefined}>
          <QuantityField
            spec={spec}
            value={machine[key]}
            label={`${title} of ${machine.name}`}
            onChange={(value) => value !== null && setMachine(machine.id, key, value)}
            onSeal={sealHistory}
          />
        </Table.Td>
      ))}
      <Table.Td className={classes.provenance} title={machine.provenance}>
        <TextCell machine={machine} field="provenance" label={`Provenance of ${machine.name}`} />
      </Table.Td>
      <Table.Td className={classes.uses}>{uses === 0 ? '–' : uses}</Table.Td>
      <Table.Td className={classes.tools}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Move ${machine.name} up`} disabled={place === 0} onClick={() => moveMachine(machine.id, -1)}>
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Move ${machine.name} down`}
          disabled={place === count - 1}
          onClick={() => moveMachine(machine.id, 1)}
        >
          <IconArrowDown size={15} />
        </ActionIcon>
        <Tooltip
          label={
            uses === 0 ? 'Delete this machine' : `Delete this machine: ${uses === 1 ? 'the part that uses it' : `the ${uses} that use it`} will show a problem`
          }
        >
          <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${machine.name}`} onClick={() => deleteMachine(machine.id)}>
            <IconTrash size={15} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}

/** Opens the editor of the ladder. */
export function openMachines(): void {
  uiStore.setState({ machinesOpen: true });
}

/** The ladder of machine sizes of the project: what parts can run on, from small to large. */
export function MachineDialog() {
  const opened = useUi((state) => state.machinesOpen);
  const project = useDocument((state) => state.project);
  const { machines } = project;
  const uses = machineUses(project);
  return (
    <Modal
      opened={opened}
      onClose={() => {
        sealHistory();
        uiStore.setState({ machinesOpen: false });
      }}
      title="Machines"
      size="auto"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes.dialog}>
        <Text size="xs" c="dimmed">
          The ladder of sizes that parts of this project can run on, smallest first. It ends: no machine is larger than the last one.
        </Text>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
        <section className={classes.scroll} tabIndex={0} aria-label="Ladder of machines">
          <Table verticalSpacing={3} horizontalSpacing={5} withRowBorders={false} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                {NUMBERS.map(({ key, title, help }) => (
                  <Table.Th key={key} title={help}>
                    {title}
                  </Table.Th>
                ))}
                <Table.Th title="Where the numbers come from">Provenance</Table.Th>
                <Table.Th title="Parts and faults of all designs that name this machine">Used</Table.Th>
                <Table.Th>
                  <span className={classes.unseen}>Order and delete</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {machines.map((machine, place) => (
                <Row key={machine.id} machine={machine} place={place} count={machines.length} uses={uses.get(machine.id) ?? 0} />
              ))}
            </Table.Tbody>
          </Table>
          {machines.length === 0 && <Text size="sm" c="dimmed" py="sm">{`No machines. Parts then have as many servers as they say themselves.`}</Text>}
        </section>
        <Group justify="space-between">
          <Button variant="default" leftSection={<IconPlus size={14} />} disabled={machines.length >= LIMITS.machines} onClick={addMachine}>
            Add machine
          </Button>
          <Button variant="subtle" color="gray" leftSection={<IconRestore size={14} />} disabled={isDefaultLadder(machines)} onClick={resetMachines}>
            Reset to the ladder of a new project
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
