/** Light, dark, or the system's theme. Stored on this device. */
import { signal } from '@preact/signals';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The key that public/theme.js reads before the first paint. */
const STORAGE_KEY = 'fleetbeat.theme';

const readTheme = (): Theme => {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
};

export const theme = signal<Theme>(readTheme());

export function setTheme(choice: Theme): void {
  theme.value = choice;
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
  try {
    localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Storage may be blocked: the choice then lasts until the page is closed.
  }
}
