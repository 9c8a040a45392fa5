import { Menu } from '@mantine/core';
import { ActionMenuItem } from '../app/actions/action-menu-item';
import { useUi } from '../app/ui-store';
import { FaultMenu } from '../faults/fault-menu';

export interface CanvasMenuPlace {
  readonly x: number;
  readonly y: number;
}

interface CanvasMenuProps {
  readonly place: CanvasMenuPlace | null;
  readonly onClose: () => void;
}

/** The menu that opens where the canvas is right-clicked: what can be done with the selection, or with the empty place. */
export function CanvasMenu({ place, onClose }: CanvasMenuProps) {
  const selected = useUi((state) => state.selection.length);
  const only = useUi((state) => (state.selection.length === 1 ? state.selection[0] : undefined));
  return (
    <Menu opened={place !== null} onClose={onClose} position="bottom-start" offset={2} width={240} returnFocus>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label="Menu of the selection"
          style={{ position: 'fixed', left: place?.x ?? 0, top: place?.y ?? 0, width: 1, height: 1, padding: 0, border: 0, opacity: 0, pointerEvents: 'none' }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label="Selection">
        {selected > 0 ? (
          <>
            <ActionMenuItem id="edit.rename" />
            <ActionMenuItem id="edit.connect" />
            {place !== null && only !== undefined && <FaultMenu targetId={only} />}
            <Menu.Divider />
            <ActionMenuItem id="edit.cut" />
            <ActionMenuItem id="edit.copy" />
            <ActionMenuItem id="edit.paste" />
            <ActionMenuItem id="edit.duplicate" />
            <ActionMenuItem id="edit.delete" />
          </>
        ) : (
          <>
            <ActionMenuItem id="edit.paste" />
            <ActionMenuItem id="edit.selectAll" />
            <ActionMenuItem id="edit.arrange" />
            <ActionMenuItem id="insert.note" />
            <Menu.Divider />
            <ActionMenuItem id="view.fit" />
            <ActionMenuItem id="view.findPart" />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
