import { describe, expect, test } from 'vitest';
import { type Import, parseImports, sourceFiles } from '../support/sources.ts';

const isTest = (path: string) => path.endsWith('.test.ts');
const server = sourceFiles('server').filter((file) => !isTest(file.path));
const serverImports = server.flatMap(parseImports);

/** `importer → imported` of each import that breaks a rule. */
const describeImports = (imports: readonly Import[]): string[] => imports.map(({ from, to }) => `${from} → ${to}`);

const parseDomain = (path: string) => /^server\/([a-z-]+)\//.exec(path)?.[1];
const DOMAINS = [
  ...new Set(server.filter((file) => file.path.endsWith('/rules.ts')).map((file) => parseDomain(file.path))),
];

test('the walk finds the sources and what they import', () => {
  expect(server.length).toBeGreaterThan(40);
  expect(serverImports.length).toBeGreaterThan(100);
  expect(DOMAINS).toEqual(expect.arrayContaining(['sessions', 'state', 'keys', 'fleet']));
});

test('the contract imports nothing of the server, the clients or the tests', () => {
  const imports = sourceFiles('openapi').flatMap(parseImports);
  expect(describeImports(imports.filter(({ to }) => /^(server|clients|test)\//.test(to)))).toEqual([]);
});

test('the clients import neither the server nor the contract folder nor the tests', () => {
  const imports = [...sourceFiles('clients'), ...sourceFiles('clients', '.tsx')]
    .filter((file) => !isTest(file.path))
    .flatMap(parseImports);
  expect(describeImports(imports.filter(({ to }) => /^(server|openapi|test)\//.test(to)))).toEqual([]);
});

test('the server imports of the contract only what is generated, and the pure functions over it', () => {
  const allowed = /^openapi\/(generated\/.*|operations\.ts|tools\.ts)$/;
  const broken = serverImports.filter(
    ({ to, typeOnly }) => to.startsWith('openapi/') && !allowed.test(to) && !typeOnly,
  );
  expect(describeImports(broken)).toEqual([]);
});

test('the server imports no client and no test', () => {
  expect(describeImports(serverImports.filter(({ to }) => /^(clients|test)\//.test(to)))).toEqual([]);
});

test('Express is known to server/http and server/mcp only', () => {
  const packages = /^(express|express-[^/]*|helmet|swagger-ui-dist)(\/|$)/;
  const used = serverImports.filter(({ to }) => packages.test(to));
  // The house holds the app that it opens, as a type.
  const allowed = ({ from, typeOnly }: Import) =>
    from.startsWith('server/http/') || (typeOnly && (from.startsWith('server/mcp/') || from === 'server/house.ts'));
  expect(describeImports(used.filter((each) => !allowed(each)))).toEqual([]);
});

test('MCP and the drivers of databases are loaded when they are first asked for, by nobody at the start', () => {
  const late = /^server\/(mcp\/endpoint|storage\/dialects\/(sqlite|mysql))\.ts$/;
  const loaders = serverImports.filter(({ to, typeOnly }) => late.test(to) && !typeOnly);
  const imported = loaders.filter(({ names }) => names !== '');
  expect(describeImports(imported)).toEqual([]);
  expect(new Set(loaders.map(({ from }) => from))).toEqual(
    new Set(['server/interfaces/mcp/when-called.ts', 'server/platform/database/open.ts']),
  );
  const outside = serverImports.filter(
    ({ from, to }) => to.startsWith('server/mcp/') && !from.startsWith('server/mcp/'),
  );
  const loaded = outside.filter(({ typeOnly }) => !typeOnly);
  expect(describeImports(loaded)).toEqual(['server/house.ts → server/interfaces/mcp/when-called.ts']);
});

test('TypeORM is known to the storage, the tables, and the files that speak to them', () => {
  const allowed =
    /^server\/(storage\/.*|bootstrap\.ts|[a-z-]+\/(entity|service|query|find|slots|record|register|retention|open|keep|succession|sweep|sweep-query|timeline|mass-silence|lease|once|known|history|look|write|update-batch|key-ring|web-session-ring|[a-z]+-service)\.ts)$/;
  expect(describeImports(serverImports.filter(({ from, to }) => to === 'typeorm' && !allowed.test(from)))).toEqual([]);
});

test('outside the storage only tables are described and queries written: no connection is opened', () => {
  const names = /\b(DataSource|QueryRunner|createConnection)\b/;
  const broken = serverImports.filter(
    ({ from, to, names: imported }) => to === 'typeorm' && !from.startsWith('server/storage/') && names.test(imported),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('the drivers of the databases are known to their dialects only', () => {
  const broken = serverImports.filter(
    ({ from, to }) => /^(mysql2|libsql)(\/|$)/.test(to) && !from.startsWith('server/storage/dialects/'),
  );
  expect(describeImports(broken)).toEqual([]);
});

describe.each(server.filter((file) => file.path.endsWith('/rules.ts')))('$path', (file) => {
  test('imports types, faults, lengths of time and its own domain, and nothing else', () => {
    const own = `server/${parseDomain(file.path)}/`;
    const broken = parseImports(file).filter(({ to, typeOnly, names }) => {
      if (typeOnly || to.startsWith(own)) return /\/(service|query|find|slots|handlers)\.ts$/.test(to) && !typeOnly;
      if (to === 'server/platform/clock.ts') return !/^\{[\sA-Z,]+\}$/.test(names);
      return to !== 'server/platform/faults.ts';
    });
    expect(describeImports(broken)).toEqual([]);
  });

  test('is handed the time and the dice', () => {
    expect(file.text).not.toMatch(/Date\.now|new Date\(\s*\)|performance\.|Math\.random|randomBytes|process\./);
  });
});

test('a domain never reaches into the service or the rules of another', () => {
  const broken = serverImports.filter(({ from, to, typeOnly }) => {
    const [mine, other] = [parseDomain(from), parseDomain(to)];
    return (
      mine !== other &&
      DOMAINS.includes(mine) &&
      DOMAINS.includes(other) &&
      !typeOnly &&
      /\/(service|rules)\.ts$/.test(to)
    );
  });
  expect(describeImports(broken)).toEqual([]);
});

test('a handler knows neither Express nor SQL, and no service but through its context', () => {
  const handlers = serverImports.filter(({ from }) => from.endsWith('/handlers.ts') && parseDomain(from) !== undefined);
  const broken = handlers.filter(
    ({ to, typeOnly }) => !typeOnly && /^(typeorm|express)$|\/(service|entity|query|find|slots|store)\.ts$/.test(to),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('only the storage asks which database it is', () => {
  const asking = server.filter(
    ({ path, text }) => !path.startsWith('server/storage/') && /'(sqlite|mysql)'|\.options\.type/.test(text),
  );
  expect(asking.map((file) => file.path)).toEqual([]);
});
