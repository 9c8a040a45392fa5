import { Tabs, Text, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { kindOf } from '../../src-shared/kinds/registry';
import { faultManual } from '../../src-shared/project/fault-manual';
import { fittingEffects } from '../../src-shared/project/fault-problems';
import { paramsOf } from '../../src-shared/project/params-of';
import { type Component, LIMITS } from '../../src-shared/project/project';
import { KindIcon } from '../app/kind-icon';
import { type InspectorTab, uiStore, useUi } from '../app/ui-store';
import { renameComponent, setComponentNote } from '../document/commands/components';
import { sealHistory, useDocument } from '../document/document-store';
import { useRecordProblems } from '../problems/problems-store';
import classes from './inspector.module.css';
import { LivePanel } from './live-panel';
import { ManualPanel } from './manual-panel';
import { NameField } from './name-field';
import { ParamsForm } from './params-form';
import { RecordProblems } from './record-problems';
import { WorkloadChoice } from './workload-choice';

interface ComponentPanelProps {
  readonly component: Component;
  readonly designId: string;
}

/** Name and kind of a component at the head of the inspector. */
function Head({ component, designId }: ComponentPanelProps) {
  const kind = kindOf(component.kind);
  return (
    <div className={classes.head}>
      {kind !== undefined && <KindIcon look={kind.look} size={28} />}
      <NameField
        className={classes.name}
        variant="unstyled"
        aria-label="Name"
        name={component.name}
        onName={(name) => renameComponent(designId, component.id, name)}
      />
      <span className={classes.kind} title={kind?.help}>
        {kind?.title.toLowerCase() ?? component.kind}
      </span>
    </div>
  );
}

function Parameters({ component, designId }: ComponentPanelProps) {
  const project = useDocument((state) => state.project);
  const kind = kindOf(component.kind);
  const problems = useRecordProblems(component.id, component.workload);
  const values = useMemo(() => paramsOf(project, component), [project, component]);
  if (kind === undefined) return <Text size="sm">{`This version does not know parts of the kind “${component.kind}”.`}</Text>;
  return (
    <>
      <RecordProblems problems={problems} />
      {kind.stored === 'workload' && <WorkloadChoice component={component} designId={designId} />}
      <ParamsForm target={{ type: 'component', designId, id: component.id }} kind={kind.id} params={kind.params} values={values} problems={problems} />
    </>
  );
}

/** Everything about one component. */
export function ComponentPanel({ component, designId }: ComponentPanelProps) {
  const tab = useUi((state) => state.inspectorTab);
  const kind = kindOf(component.kind);
  return (
    <Tabs
      value={tab}
      onChange={(next) => next !== null && uiStore.setState({ inspectorTab: next as InspectorTab })}
      className={classes.tabs}
      keepMounted={false}
    >
      <Tabs.List>
        <Tabs.Tab value="parameters">Parameters</Tabs.Tab>
        <Tabs.Tab value="live">Live</Tabs.Tab>
        <Tabs.Tab value="notes">{component.note === undefined ? 'Notes' : 'Notes •'}</Tabs.Tab>
        <Tabs.Tab value="manual">Manual</Tabs.Tab>
      </Tabs.List>
      <div className={classes.body}>
        <Head component={component} designId={designId} />
        <Tabs.Panel value="parameters">
          <Parameters component={component} designId={designId} />
        </Tabs.Panel>
        <Tabs.Panel value="live">
          <LivePanel key={component.id} recordId={component.id} type="component" />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <Textarea
            label="Notes on this part"
            description="Why it is as it is. Notes change no number."
            mt="sm"
            autosize
            minRows={6}
            maxLength={LIMITS.noteLength}
            value={component.note ?? ''}
            onChange={(event) => setComponentNote(designId, component.id, event.currentTarget.value)}
            onBlur={sealHistory}
          />
        </Tabs.Panel>
        <Tabs.Panel value="manual">
          {kind !== undefined && <ManualPanel text={kind.manual + faultManual(fittingEffects({ kind }))} params={kind.params} />}
        </Tabs.Panel>
      </div>
    </Tabs>
  );
}
