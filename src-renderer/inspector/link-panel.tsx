import { ActionIcon, Tabs, Text, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { linkParams, telemetryLinkParams } from '../../src-shared/kinds/link/link';
import { linkManual, telemetryLinkManual } from '../../src-shared/kinds/link/link-manual';
import { isForward, isTelemetry } from '../../src-shared/project/connection';
import { faultManual } from '../../src-shared/project/fault-manual';
import { LINK_EFFECTS } from '../../src-shared/project/fault-problems';
import { linkParamsOf } from '../../src-shared/project/params-of';
import type { Design, Link } from '../../src-shared/project/project';
import { type InspectorTab, select, uiStore, useUi } from '../app/ui-store';
import { moveLink } from '../document/commands/links';
import { useRecordProblems } from '../problems/problems-store';
import classes from './inspector.module.css';
import { LivePanel } from './live-panel';
import { ManualPanel } from './manual-panel';
import { ParamsForm } from './params-form';
import { RecordProblems } from './record-problems';

/** Kinds that call their links in order: a service in sequence, a job by turns and the last one in its second stage. */
const ORDERED: readonly string[] = ['service', 'job'];

/** The place of a link among those of the same part, which calls them in this order. */
function Order({ design, link }: { readonly design: Design; readonly link: Link }) {
  const siblings = design.links.filter((other) => other.from === link.from && !isForward(design, other) && !isTelemetry(design, other));
  const place = siblings.findIndex((other) => other.id === link.id);
  const source = design.components.find((component) => component.id === link.from);
  if (source === undefined || !ORDERED.includes(source.kind) || siblings.length < 2 || place < 0) return null;
  return (
    <div className={classes.order}>
      <Text size="xs">{`Call ${place + 1} of ${siblings.length} that ${source.name} makes`}</Text>
      <Tooltip label="Call it earlier">
        <ActionIcon variant="default" size="sm" aria-label="Call it earlier" disabled={place === 0} onClick={() => moveLink(design.id, link.id, -1)}>
          <IconArrowUp size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Call it later">
        <ActionIcon
          variant="default"
          size="sm"
          aria-label="Call it later"
          disabled={place === siblings.length - 1}
          onClick={() => moveLink(design.id, link.id, 1)}
        >
          <IconArrowDown size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Everything about one link. */
export function LinkPanel({ design, link }: { readonly design: Design; readonly link: Link }) {
  const tab = useUi((state) => (state.inspectorTab === 'notes' ? 'parameters' : state.inspectorTab));
  const problems = useRecordProblems(link.id);
  const values = useMemo(() => linkParamsOf(link), [link]);
  const source = design.components.find((component) => component.id === link.from);
  const target = design.components.find((component) => component.id === link.to);
  const telemetry = isTelemetry(design, link);
  const params = telemetry ? telemetryLinkParams : linkParams;
  return (
    <Tabs
      value={tab}
      onChange={(next) => next !== null && next !== 'notes' && uiStore.setState({ inspectorTab: next as InspectorTab })}
      className={classes.tabs}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="parameters">Parameters</Tabs.Tab>
        <Tabs.Tab value="live">Live</Tabs.Tab>
        <Tabs.Tab value="manual">Manual</Tabs.Tab>
      </Tabs.List>
      <div className={classes.body}>
        <div className={classes.head}>
          <span className={classes.ends}>
            <button type="button" className={classes.end} onClick={() => select([link.from])}>
              {source?.name ?? link.from}
            </button>
            <IconArrowRight size={14} aria-label="to" />
            <button type="button" className={classes.end} onClick={() => select([link.to])}>
              {target?.name ?? link.to}
            </button>
          </span>
          <span className={classes.kind}>{telemetry ? 'telemetry link' : 'link'}</span>
        </div>
        <Tabs.Panel value="parameters">
          <RecordProblems problems={problems} />
          <Order design={design} link={link} />
          <ParamsForm
            target={{ type: 'link', designId: design.id, id: link.id }}
            kind="link"
            params={params}
            values={values}
            problems={problems}
            {...(source !== undefined && { sourceKind: source.kind })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="live">
          <LivePanel key={link.id} recordId={link.id} type="link" />
        </Tabs.Panel>
        <Tabs.Panel value="manual">
          <ManualPanel text={(telemetry ? telemetryLinkManual : linkManual) + faultManual(LINK_EFFECTS)} params={params} />
        </Tabs.Panel>
      </div>
    </Tabs>
  );
}
