/**
 * The portal's one accent, in both modes at 4.5:1 or more with what stands on it and what it stands on. For what
 * is made of @backstage/ui the same values are in `accent.css`.
 */
export const accent = {
  light: '#0f6a61',
  dark: '#7ad3c0',
  /** Behind the headings of pages, in both modes. */
  header: '#12383d',
} as const;
