import { ViewportPortal } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { uiStore } from '../app/ui-store';
import { runFaultsStore } from '../run/active-faults';
import { liveStore, runStore } from '../run/run';
import { litStore } from '../traces/lit';
import { useDistance } from './distance';
import { restingEnds, watchLinks } from './drag';
import { flowStore } from './flow-store';
import classes from './link-edge.module.css';
import { groupLinks, type LinkGroup } from './link-groups';

/** While a run goes on, the colours of links are looked at again this often. */
const COLOURS_MS = 500;

function present(): readonly LinkGroup[] {
  const lit = litStore.getState();
  const faulty = runStore.getState().designId === uiStore.getState().activeDesignId ? runFaultsStore.getState().byTarget : new Map();
  return groupLinks(flowStore.getState().edges, {
    health: (id) => (faulty.has(id) ? 'failing' : (liveStore.part(id)?.health ?? 'idle')),
    lit: (id) => (lit.trace === null ? undefined : lit.linkIds.has(id) ? 'on' : 'off'),
    ends: restingEnds,
  });
}

/** All links as a few lines, one for each look: hundreds of drawings of their own are most of the work of a frame. */
function Lines() {
  const [groups, setGroups] = useState<readonly LinkGroup[]>([]);
  useEffect(() => {
    let colours: ReturnType<typeof setTimeout> | undefined;
    let frame = 0;
    const gather = (): void => {
      clearTimeout(colours);
      colours = undefined;
      frame = 0;
      setGroups(present());
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(gather);
    };
    const later = (): void => {
      colours ??= setTimeout(gather, COLOURS_MS);
    };
    const stops = [watchLinks(soon), flowStore.subscribe(soon), litStore.subscribe(soon), runFaultsStore.subscribe(soon), runStore.subscribe(later)];
    gather();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(colours);
      cancelAnimationFrame(frame);
    };
  }, []);
  return (
    <ViewportPortal>
      <svg className={classes.map} aria-hidden="true" role="presentation">
        {groups.map(({ health, selected, lit, path }) => (
          <path
            key={`${health} ${selected} ${lit}`}
            d={path}
            fill="none"
            className={classes.line}
            data-health={health}
            data-selected={selected || undefined}
            data-lit={lit}
          />
        ))}
      </svg>
    </ViewportPortal>
  );
}

/** The links of a design that is looked at from so far away that they can only be seen as a whole; a link that is dragged draws itself. */
export function LinkMap() {
  return useDistance() === 'map' ? <Lines /> : null;
}
