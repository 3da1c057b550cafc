const key = 'sandbox-chat-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

export const isDark = () => document.documentElement.dataset.theme === 'dark';

function apply() {
  const chosen = localStorage.getItem(key);
  document.documentElement.dataset.theme = chosen ?? (dark.matches ? 'dark' : 'light');
}

/** Follows the system until somebody chooses. */
export function startTheme() {
  apply();
  dark.addEventListener('change', apply);
}

/** Tells of every change of the system's theme, after it was applied. */
export const onThemeChange = (listener) => dark.addEventListener('change', listener);

export function toggleTheme() {
  localStorage.setItem(key, isDark() ? 'light' : 'dark');
  apply();
}
