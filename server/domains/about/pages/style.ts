/** The style of these pages: the dashboard's colours, and one column on a phone. A separate file, because the CSP allows no inline styles. */
const LIGHT = `color-scheme: light; --ground: #f5f6f8; --surface: #fff; --sunken: #eceef2; --line: #dde1e8; --text: #14181f; --soft: #4b5462;
  --accent: #2557c7; --on-accent: #fff; --accent-ground: #e8eefc; --good: #137347; --warn: #8a5200; --bad: #b3261e; --mark: #173a8f;`;
const DARK = `color-scheme: dark; --ground: #0e1116; --surface: #161a21; --sunken: #0a0d11; --line: #272e38; --text: #e9ecf1; --soft: #b0b8c5;
  --accent: #8ab1ff; --on-accent: #0b1730; --accent-ground: #1a2740; --good: #56c98f; --warn: #f0b455; --bad: #ff8f86; --mark: #2557c7;`;

export const PAGE_STYLE = `:root { ${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${DARK} } }
:root[data-theme="dark"] { ${DARK} }
* { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
body { margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 3; padding: .5rem 1rem; background: var(--surface); }
.top { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; padding: .6rem 1.25rem; background: var(--surface); border-bottom: 1px solid var(--line); }
.top nav { display: flex; gap: 1.1rem; margin-left: auto; }
.top a { color: var(--text); text-decoration: none; }
.top nav a:hover, .top nav a[aria-current] { color: var(--accent); text-decoration: underline; text-underline-offset: .35em; }
.wordmark { display: flex; gap: .6rem; align-items: center; font-weight: 650; }
.mark-ground { fill: var(--mark); }
.mark-beat { fill: none; stroke: #fff; stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; }
.columns { display: grid; grid-template-columns: 18rem minmax(0, 1fr); }
.columns.alone { display: block; max-width: 46rem; margin: 6vh auto; }
.side { position: sticky; top: 3.3rem; max-height: calc(100vh - 3.3rem); overflow-y: auto; padding: 1.25rem; border-right: 1px solid var(--line); font-size: .9rem; }
.side ul { list-style: none; margin: 0 0 1rem; padding: 0; }
.side li a { display: flex; gap: .5rem; align-items: baseline; padding: .2rem .4rem; color: var(--text); text-decoration: none; border-radius: 6px; line-height: 1.4; }
.side li a:hover, .side li a[aria-current] { background: var(--accent-ground); color: var(--accent); }
.side .group { margin: 1rem 0 .3rem; font-weight: 650; }
.search { display: block; font-size: .85rem; color: var(--soft); }
input, textarea, button { font: inherit; }
input, textarea { width: 100%; padding: .45rem .6rem; color: var(--text); background: var(--surface); border: 1px solid var(--soft); border-radius: 6px; }
textarea { font: .85rem/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
button { padding: .4rem .9rem; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 6px; cursor: pointer; }
main { padding: 1.5rem 2rem 5rem; min-width: 0; }
.guide main { max-width: 56rem; }
h1 { line-height: 1.2; margin: .5rem 0 1rem; }
h2 { line-height: 1.25; margin: 2.5rem 0 .75rem; }
h3 { margin: 0 0 .4rem; font-size: 1.15rem; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h4 { margin: 1.25rem 0 .4rem; font-size: .95rem; }
.meta, .note, .type { color: var(--soft); font-size: .9rem; }
code { font: .88em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--sunken); padding: .1em .3em; border-radius: 4px; }
pre { overflow-x: auto; margin: .5rem 0 1rem; padding: .85rem 1rem; background: var(--sunken); border: 1px solid var(--line); border-radius: 8px; line-height: 1.5; overflow-wrap: normal; }
pre code { background: none; padding: 0; font-size: .85rem; }
img { max-width: 100%; height: auto; border-radius: 8px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
.operation { padding: 1.25rem; margin: 1rem 0; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.halves { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; }
.route { margin: 0; }
.verb { font: 700 .72rem ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; min-width: 2.6rem; color: var(--soft); flex: none; }
.verb.get { color: var(--good); } .verb.post { color: var(--accent); } .verb.patch, .verb.put { color: var(--warn); } .verb.delete { color: var(--bad); }
.fields { list-style: none; margin: .25rem 0; padding: 0; }
.fields li { padding: .45rem 0; border-top: 1px solid var(--line); }
.fields p { margin: 0; font-size: .9rem; }
.fields .fields { margin-left: .9rem; }
.required { color: var(--bad); font-size: .8rem; }
.variant { font-weight: 600; }
summary { cursor: pointer; color: var(--accent); font-size: .9rem; padding: .2rem 0; }
.bar { display: flex; justify-content: space-between; gap: .5rem; border-bottom: 1px solid var(--line); }
[role=tab], .copy { color: var(--soft); background: none; border-radius: 0; padding: .4rem .6rem; }
[role=tab][aria-selected=true] { color: var(--accent); box-shadow: inset 0 -2px var(--accent); }
.samples { position: sticky; top: 4rem; }
.try form { display: grid; gap: .7rem; margin: .5rem 0; }
.try label { font-size: .9rem; color: var(--soft); }
.try button { justify-self: start; }
output { display: block; white-space: pre-wrap; max-height: 24rem; overflow: auto; font: .82rem/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.results li { margin: .9rem 0; }
[hidden] { display: none !important; }
@media (max-width: 1100px) { .halves { grid-template-columns: minmax(0, 1fr); gap: .5rem; } .samples { position: static; } }
@media (max-width: 760px) {
  .columns { display: block; }
  .top { position: static; }
  .top nav { margin-left: 0; width: 100%; justify-content: space-between; }
  .side { position: static; max-height: 11rem; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem 1rem 4rem; }
  .operation { padding: 1rem .8rem; }
}
`;

/** Runs before the first paint: the theme that this device has chosen in the dashboard. */
export const THEME_SCRIPT = `try {
  const theme = localStorage.getItem('fleetbeat.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch { /* Storage may be blocked: then the system's theme is used. */ }
`;
