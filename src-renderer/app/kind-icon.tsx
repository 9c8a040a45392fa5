import type { Accent, KindLook } from '../../src-shared/kinds/kind';
import classes from './kind-icon.module.css';

/** Colour token of an accent family. */
export function accentColor(accent: Accent): string {
  return `var(--tl-${accent})`;
}

/** The icon of a kind on a tile in its accent colour. It says nothing that the name beside it does not say. */
export function KindIcon({ look, size = 24 }: { readonly look: KindLook; readonly size?: number }) {
  return (
    <span className={classes.tile} style={{ width: size, height: size, background: accentColor(look.accent) }} aria-hidden="true">
      <svg
        width={size * 0.62}
        height={size * 0.62}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        role="presentation"
      >
        <path d={look.icon} />
      </svg>
    </span>
  );
}
