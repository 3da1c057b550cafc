/** Colours of a plot. A background of its own, since some readers show pictures on one of their choice. */
export interface Theme {
  readonly name: 'light' | 'dark';
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  /** Two that everybody tells apart, also in grey. */
  readonly first: string;
  readonly second: string;
}

export const themes: readonly Theme[] = [
  {
    name: 'light',
    background: '#ffffff',
    text: '#1f2328',
    quiet: '#59636e',
    line: '#d1d9e0',
    first: '#0969da',
    second: '#e08a1e',
  },
  {
    name: 'dark',
    background: '#0d1117',
    text: '#f0f6fc',
    quiet: '#9198a1',
    line: '#3d444d',
    first: '#4493f8',
    second: '#f0a848',
  },
];
