/**
 * The script of the reference: chooses the language of the samples, filters the list, and sends the forms with the cookie of
 * whoever is signed in. A text here and not a module: it runs in the browser. Everything on the page is readable without it.
 */
export const REFERENCE_SCRIPT = `'use strict';
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const api = (path) => new URL('.' + path, new URL('./', location.href));

// One choice of language for all samples, remembered on this device.
const stored = (() => { try { return localStorage.getItem('fleetbeat.sample'); } catch { return null; } })();
const choose = (language) => {
  for (const box of all('.samples')) {
    const sections = all('[data-sample]', box);
    const wanted = sections.find((each) => each.dataset.sample === language) ?? sections[0];
    for (const each of sections) each.hidden = each !== wanted;
    for (const tab of all('[role=tab]', box)) {
      const isChosen = tab.textContent === wanted.dataset.sample;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
  }
  try { localStorage.setItem('fleetbeat.sample', language); } catch { /* Storage may be blocked. */ }
};
for (const box of all('.samples')) {
  const list = document.createElement('div');
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', 'Language of the sample');
  all('[data-sample]', box).forEach((section, index, sections) => {
    const id = box.closest('article').id + '-' + section.dataset.sample;
    section.id = id;
    section.setAttribute('role', 'tabpanel');
    section.setAttribute('aria-labelledby', id + '-tab');
    section.querySelector('h4').remove();
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = id + '-tab';
    tab.textContent = section.dataset.sample;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', id);
    tab.addEventListener('click', () => {
      const before = tab.getBoundingClientRect().top;
      choose(section.dataset.sample);
      scrollBy(0, tab.getBoundingClientRect().top - before);
    });
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = sections[(index + step + sections.length) % sections.length];
      choose(next.dataset.sample);
      document.getElementById(next.id + '-tab').focus();
    });
    list.append(tab);
  });
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'copy';
  copy.textContent = 'Copy';
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(box.querySelector('[data-sample]:not([hidden]) code').textContent);
    copy.textContent = 'Copied';
    setTimeout(() => { copy.textContent = 'Copy'; }, 1500);
  });
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.append(list, copy);
  box.prepend(bar);
}
choose(stored ?? 'curl');

// Filters operations by every word of the search.
const texts = new Map(all('.operation').map((each) => [each.id, each.textContent.toLowerCase()]));
const search = document.getElementById('search');
search.addEventListener('input', () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const isFound = (id) => words.every((word) => (texts.get(id) ?? '').includes(word) || id.toLowerCase().includes(word));
  for (const each of all('.operation')) each.hidden = !isFound(each.id);
  for (const each of all('.side li')) each.hidden = !isFound(each.querySelector('a').hash.slice(1));
  for (const each of all('.tag')) each.hidden = all('.operation:not([hidden])', each).length === 0;
  for (const each of all('.side .group')) each.hidden = all('li:not([hidden])', each.nextElementSibling).length === 0;
  const count = all('.operation:not([hidden])').length;
  document.getElementById('found').textContent = words.length === 0 ? '' : count + (count === 1 ? ' operation' : ' operations');
});

// Who is signed in, by the cookie that the browser has. Its CSRF token goes with every change.
let csrfToken = null;
const identity = document.getElementById('identity');
const ready = (async () => {
  const response = await fetch(api('/v1/me'));
  if (!response.ok) {
    identity.innerHTML = 'You are not signed in. <a href="./">Sign in on the dashboard</a> to send requests from this page.';
    return;
  }
  const me = await response.json();
  csrfToken = me.csrfToken ?? null;
  identity.textContent = 'Signed in as ' + (me.programId ?? me.role) + '. The forms below send requests with your rights.';
})().catch(() => { identity.textContent = 'The server does not answer.'; });

for (const form of all('.try form')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await ready;
    const output = form.querySelector('output');
    const value = (each) => each.value.trim();
    const path = all('[data-in=path]', form).reduce(
      (text, each) => text.replace('{' + each.name + '}', encodeURIComponent(value(each))), form.dataset.path);
    const url = api(path);
    for (const each of all('[data-in=query]', form)) if (value(each)) url.searchParams.set(each.name, value(each));
    const body = form.querySelector('[data-in=body]');
    const method = form.dataset.method.toUpperCase();
    const headers = { ...(body && { 'Content-Type': 'application/json' }), ...(method !== 'GET' && csrfToken && { 'X-CSRF-Token': csrfToken }) };
    output.textContent = 'Sending …';
    try {
      const response = await fetch(url, { method, headers, ...(body && { body: body.value }) });
      const text = await response.text();
      const shown = /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.stringify(JSON.parse(text), null, 2) : text;
      output.textContent = response.status + ' ' + response.statusText + '\\n\\n' + shown.slice(0, 20000);
    } catch (error) {
      output.textContent = 'No response: ' + error.message;
    }
  });
}
`;
