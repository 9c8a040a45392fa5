import { ActionIcon, Tooltip } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';

/** A small button beside a number that leads to a request behind it. `of`: the number, for those who cannot see it stand there. */
export function ShowRequest({ of, onClick }: { readonly of: string; readonly onClick: () => void }) {
  return (
    <Tooltip label="Show such a request">
      <ActionIcon variant="subtle" size={18} ml={4} style={{ verticalAlign: 'text-bottom' }} aria-label={`Show such a request: ${of}`} onClick={onClick}>
        <IconRoute size={13} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
