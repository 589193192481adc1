// Runs before the first paint: the theme that this device has chosen, if it has chosen one.
try {
  const theme = localStorage.getItem('fleetbeat.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked: then the system's theme is used.
}
