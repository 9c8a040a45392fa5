import { Menu } from '@mantine/core';
import { IconBolt, IconPlayerPlayFilled, IconX } from '@tabler/icons-react';
import { useActiveDesign } from '../app/ui-store';
import { useActiveFaultsOn } from '../run/active-faults';
import { useRun } from '../run/run';
import { clearFault } from '../run/run-actions';
import { EFFECTS, type EffectType, effectsFor } from './effects';
import { addFaultHere } from './fault-actions';
import { injectHere } from './inject';

interface EffectItemsProps {
  readonly types: readonly EffectType[];
  readonly onChoose: (type: EffectType) => void;
}

function EffectItems({ types, onChoose }: EffectItemsProps) {
  return types.map((type) => {
    const { icon: Icon, title, help } = EFFECTS[type];
    return (
      <Menu.Item key={type} leftSection={<Icon size={15} stroke={1.7} aria-hidden="true" />} title={help} onClick={() => setTimeout(() => onChoose(type), 0)}>
        {title}
      </Menu.Item>
    );
  });
}

/** What can go wrong with one part or link: on the timeline, or at once while a run is under way; and the end of what is under way. */
export function FaultMenu({ targetId }: { readonly targetId: string }) {
  const design = useActiveDesign();
  const active = useActiveFaultsOn(targetId);
  const runs = useRun((state) => (state.phase === 'running' || state.phase === 'paused') && state.designId === design?.id);
  const injected = useRun((state) => state.injected);
  const types = design === undefined ? [] : effectsFor(design, targetId);
  if (types.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      {active
        .filter(({ id }) => injected.some((fault) => fault.id === id))
        .map((fault) => (
          <Menu.Item key={fault.id} leftSection={<IconX size={15} aria-hidden="true" />} onClick={() => clearFault(fault.id)}>
            {`Clear fault: ${fault.name}`}
          </Menu.Item>
        ))}
      {runs && (
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconPlayerPlayFilled size={15} aria-hidden="true" />}>Inject now</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <EffectItems types={types} onChoose={(type) => injectHere(type, targetId)} />
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      )}
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item leftSection={<IconBolt size={15} stroke={1.7} aria-hidden="true" />}>Add fault …</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          <EffectItems types={types} onChoose={(type) => addFaultHere(type, targetId)} />
        </Menu.Sub.Dropdown>
      </Menu.Sub>
    </>
  );
}
