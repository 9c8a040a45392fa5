import { Modal, Text, UnstyledButton } from '@mantine/core';
import { kindOf } from '../../src-shared/kinds/registry';
import { connectionRefusal } from '../../src-shared/project/connection';
import { useDocument } from '../document/document-store';
import { connectParts } from './actions/connecting';
import classes from './connect-dialog.module.css';
import { KindIcon } from './kind-icon';
import { uiStore, useActiveDesign, useUi } from './ui-store';

/** Connects a part without the mouse: a list of all parts, those that cannot be reached with the reason. */
export function ConnectDialog() {
  const fromId = useUi((state) => state.connectingFrom);
  const project = useDocument((state) => state.project);
  const design = useActiveDesign();
  const from = design?.components.find((component) => component.id === fromId);
  const close = (): void => uiStore.setState({ connectingFrom: null });
  const targets =
    design === undefined || from === undefined
      ? []
      : design.components
          .map((component) => ({ component, refusal: connectionRefusal(project, design.id, from.id, component.id) }))
          .sort((one, other) => Number(one.refusal !== null) - Number(other.refusal !== null));
  return (
    <Modal opened={from !== undefined} onClose={close} title={`Connect ${from?.name ?? ''} to`} size={440} closeButtonProps={{ 'aria-label': 'Close' }}>
      <ul className={classes.list}>
        {targets.map(({ component, refusal }, index) => {
          const kind = kindOf(component.kind);
          return (
            <li key={component.id}>
              <UnstyledButton
                className={classes.target}
                disabled={refusal !== null}
                data-autofocus={index === 0 || undefined}
                onClick={() => {
                  close();
                  if (design !== undefined && from !== undefined) connectParts(design.id, from.id, component.id);
                }}
              >
                {kind !== undefined && <KindIcon look={kind.look} />}
                <span>
                  <span className={classes.name}>{component.name}</span>
                  <Text component="span" size="xs" c="dimmed">
                    {refusal ?? kind?.title}
                  </Text>
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
