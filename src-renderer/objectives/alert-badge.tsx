import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck, IconTarget } from '@tabler/icons-react';
import { useMemo } from 'react';
import { showDockTab } from '../results/dock-store';
import { useRun } from '../run/run';
import { isActive } from '../run/run-state';
import { alertBadge, openAlerts, verdictBadge } from './alert-state';
import classes from './objectives.module.css';

const ICONS = { alert: IconAlertTriangleFilled, missed: IconAlertTriangleFilled, met: IconCircleCheck, open: IconTarget } as const;

/** In the line at the bottom: what alerts while a run is under way, and which objectives it met in the end. Nothing without objectives. */
export function AlertBadge() {
  const journal = useRun((state) => state.journal);
  const active = useRun((state) => isActive(state.phase));
  const verdicts = useRun((state) => state.result?.objectives ?? null);
  const asked = useRun((state) => (state.project?.objectives.length ?? 0) > 0);
  const badge = useMemo(
    () => (active && asked ? alertBadge(openAlerts(journal)) : verdicts !== null && verdicts.length > 0 ? verdictBadge(verdicts) : null),
    [active, asked, journal, verdicts],
  );
  if (badge === null) return null;
  const Icon = ICONS[badge.state];
  return (
    <UnstyledButton
      className={classes.badge}
      data-state={badge.state}
      data-testid="objectives-badge"
      title={badge.help}
      onClick={() => showDockTab(active ? 'events' : 'summary')}
    >
      <Icon size={14} aria-hidden="true" />
      <span role="status">{badge.words}</span>
    </UnstyledButton>
  );
}
