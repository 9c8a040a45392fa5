import type { Health } from '../../src-shared/analysis/health';
import { kindOf } from '../../src-shared/kinds/registry';
import type { Project } from '../../src-shared/project/project';
import { fallbackPosition } from '../document/records';

const PART = { width: 200, height: 66 } as const;
const VIEW = { width: 224, height: 104 } as const;

interface PreviewProps {
  readonly project: Project;
  /** How the parts did in a run, by id, which then colours them; without it parts have the colours of their kinds. */
  readonly health?: ReadonlyMap<string, Health>;
}

/** The design with the most parts in small: where they stand and how they are linked. */
export function Preview({ project, health }: PreviewProps) {
  const [design] = [...project.designs].sort((one, other) => other.components.length - one.components.length);
  if (design === undefined) return null;
  const positions = project.view.designs[design.id]?.positions ?? {};
  const places = new Map(design.components.map((component, index) => [component.id, positions[component.id] ?? fallbackPosition(index)]));
  const xs = [...places.values()].map((place) => place.x);
  const ys = [...places.values()].map((place) => place.y);
  const left = Math.min(...xs, 0);
  const top = Math.min(...ys, 0);
  const width = Math.max(...xs) + PART.width - Math.min(...xs);
  const height = Math.max(...ys) + PART.height - Math.min(...ys);
  const scale = Math.min((VIEW.width - 20) / width, (VIEW.height - 20) / height, 0.3);
  const offset = { x: (VIEW.width - width * scale) / 2 - Math.min(...xs) * scale, y: (VIEW.height - height * scale) / 2 - Math.min(...ys) * scale };
  if (!Number.isFinite(scale) || !Number.isFinite(left + top)) return null;
  return (
    <svg viewBox={`0 0 ${VIEW.width} ${VIEW.height}`} width="100%" aria-hidden="true" role="presentation">
      <g transform={`translate(${offset.x} ${offset.y}) scale(${scale})`}>
        {design.links.map((link) => {
          const from = places.get(link.from);
          const to = places.get(link.to);
          if (from === undefined || to === undefined) return null;
          const [x1, y1, x2, y2] = [from.x + PART.width, from.y + PART.height / 2, to.x, to.y + PART.height / 2];
          const bend = Math.max(40, Math.abs(x2 - x1) / 2);
          return (
            <path
              key={link.id}
              d={`M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`}
              fill="none"
              stroke="var(--tl-edge)"
              strokeWidth={1.3 / scale}
            />
          );
        })}
        {design.components.map((component) => {
          const place = places.get(component.id);
          const accent = health === undefined ? kindOf(component.kind)?.look.accent : (health.get(component.id) ?? 'idle');
          return place === undefined ? null : (
            <rect
              key={component.id}
              x={place.x}
              y={place.y}
              width={PART.width}
              height={PART.height}
              rx={14}
              fill={accent === undefined ? 'var(--tl-edge)' : `var(--tl-${accent})`}
            />
          );
        })}
      </g>
    </svg>
  );
}
