import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Look of the component library: the system's own fonts, small and dense sizes, colours from the tokens in theme.css. */
export const theme = createTheme({
  primaryColor: 'blue',
  colors: { dark: ['#e6eaf1', '#c3cad6', '#9aa6b8', '#6d7a8d', '#3a4453', '#2c3543', '#1b222d', '#151b24', '#10161e', '#0b1016'] },
  primaryShade: 8,
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  radius: { md: '6px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 350, multiline: true, maw: 300, fz: 'xs', events: { hover: true, focus: true, touch: false } } },
    // A menu opens with the focus on its first entry, so that Enter and the arrows mean something at once.
    Menu: { defaultProps: { shadow: 'md', withinPortal: true, withInitialFocusPlaceholder: false, transitionProps: { duration: 80 } } },
    // A dialog stands still while it appears: a press that comes at once, and its release, meet the same button on slow machines, too.
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 1 }, transitionProps: { transition: 'fade', duration: 100 } } },
    Popover: { defaultProps: { shadow: 'md', withinPortal: true } },
    TextInput: { defaultProps: { size: 'xs', spellCheck: false, autoComplete: 'off' } },
    Textarea: { defaultProps: { size: 'xs', spellCheck: false } },
    Select: { defaultProps: { size: 'xs', allowDeselect: false, checkIconPosition: 'right', comboboxProps: { shadow: 'md' } } },
    Switch: { defaultProps: { size: 'xs' } },
    Button: { defaultProps: { size: 'xs', fw: 500 } },
    Notification: { styles: { description: { color: 'var(--tl-text)' } } },
    Tabs: { styles: { tab: { fontSize: '13px' } } },
  },
});

/** Lets the library's surfaces and text follow the tokens. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--tl-panel)',
    '--mantine-color-text': 'var(--tl-text)',
    '--mantine-color-dimmed': 'var(--tl-muted)',
    '--mantine-color-default-border': 'var(--tl-line-strong)',
    '--mantine-color-default': 'var(--tl-raised)',
    '--mantine-color-default-hover': 'var(--tl-hover)',
    '--mantine-color-error': 'var(--tl-failing)',
    '--mantine-color-placeholder': 'var(--tl-muted)',
  };
  return { variables: {}, light: shared, dark: shared };
};
