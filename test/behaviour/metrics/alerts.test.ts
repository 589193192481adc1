/** docs/alerts.yaml asks for nothing that the server does not tell. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { useTestServer } from '../../support/use-test-server.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string };
}

const read = (path: string) => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');
const { groups } = parse(read('alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
/** Prometheus has this one itself. */
const BUILT_IN_METRICS = ['up'];

let lines: string[];
const server = useTestServer();
beforeAll(async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Seen' });
  await client.sessions.update(sessionId, { status: 'Busy', lastHeartbeat: true });
  const headers = { Authorization: `Bearer ${server.adminKey}` };
  lines = (await (await fetch(`${server.url}/metrics`, { headers })).text()).split('\n');
});

/** The metrics of an expression, each with the labels that it asks for. */
const asked = (expr: string) =>
  [...expr.matchAll(/\b([a-z_][a-z0-9_]*)(?:\{([^}]*)\})?(?=\[|\s*(?:[<>=)]|$))/g)]
    .map(([, name = '', labels = '']) => ({ name, labels: [...labels.matchAll(/(\w+)="([^"]*)"/g)] }))
    .filter(({ name }) => name !== 'le' && name !== 'policy');

test.each(rules)('$alert asks for metrics and labels that the server has', ({ expr, annotations }) => {
  const metrics = asked(expr);
  expect(metrics.length).toBeGreaterThan(0);
  expect(annotations.summary).not.toBe('');
  for (const { name, labels } of metrics.filter((each) => !BUILT_IN_METRICS.includes(each.name))) {
    if (name === 'fleetbeat_database_connections' && server.database.kind === 'sqlite') continue;
    const family = name.replace(/_(bucket|count|sum)$/, '');
    expect(
      lines.some((line) => line.startsWith(`# TYPE ${name} `) || line.startsWith(`# TYPE ${family} histogram`)),
      name,
    ).toBe(true);
    for (const [, label = '', value = ''] of labels) {
      if (label === 'job') continue;
      const samples = lines.filter((line) => line.startsWith(`${name}{`));
      const expected = label === 'status' ? `${label}="` : `${label}="${value}"`;
      expect(
        samples.some((line) => line.includes(expected)),
        `${name}{${label}="${value}"}`,
      ).toBe(true);
    }
  }
});

test('every alert, and every metric of the server, has its line in docs/operations.md', () => {
  const page = read('operations.md');
  for (const { alert } of rules) expect(page).toContain(`\`${alert}\``);
  const own = lines.flatMap((line) => /^# TYPE (fleetbeat_\w+) /.exec(line)?.[1] ?? []);
  expect(own.length).toBeGreaterThan(5);
  for (const name of own) expect(page).toContain(`\`${name}\``);
});
