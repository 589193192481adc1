/** The layers, as rules over the import graph. ARCHITECTURE.md draws the same picture. */
import { describe, expect, test } from 'vitest';
import { findCycles } from '../support/import-cycles.ts';
import { type Import, parseImports, sourceFiles } from '../support/sources.ts';

const isTest = (path: string) => path.endsWith('.test.ts');
const server = sourceFiles('server').filter((file) => !isTest(file.path));
const serverImports = server.flatMap(parseImports);

/** `importer → imported` of each import that breaks a rule. */
const describeImports = (imports: readonly Import[]): string[] => imports.map(({ from, to }) => `${from} → ${to}`);

const parseDomain = (path: string) => /^server\/domains\/([a-z-]+)\//.exec(path)?.[1];
const isPlatform = (path: string) => path.startsWith('server/platform/');
const isInterface = (path: string) => path.startsWith('server/interfaces/');

/** `platform/http`, `domains/keys`, `interfaces/mcp`, or `root` for what composes them. */
const parseLayer = (path: string) =>
  /^server\/((?:platform|domains|interfaces)(?:\/[a-z-]+(?=\/))?)/.exec(path)?.[1] ??
  (path.startsWith('server/schema/') ? 'schema' : 'root');

test('the parser finds the sources and what they import', () => {
  expect(server.length).toBeGreaterThan(200);
  expect(serverImports.length).toBeGreaterThan(600);
  expect(server.map((file) => parseDomain(file.path))).toEqual(expect.arrayContaining(['sessions', 'state', 'keys']));
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

test('the server imports no client and no test, and of the contract only generated files and pure functions', () => {
  const allowed = /^openapi\/(generated\/.*|operations\.ts|tools\.ts)$/;
  const broken = serverImports.filter(
    ({ to, typeOnly }) => /^(clients|test)\//.test(to) || (to.startsWith('openapi/') && !allowed.test(to) && !typeOnly),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('the platform knows no domain and no interface', () => {
  const broken = serverImports.filter(
    ({ from, to }) => isPlatform(from) && to.startsWith('server/') && !isPlatform(to),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('domains know the platform, and one another only by index.ts', () => {
  const broken = serverImports.filter(({ from, to }) => {
    const domain = parseDomain(from);
    if (domain === undefined || !to.startsWith('server/') || isPlatform(to)) return false;
    return parseDomain(to) !== domain && !/^server\/domains\/[a-z-]+\/index\.ts$/.test(to);
  });
  expect(describeImports(broken)).toEqual([]);
});

test('what composes the server uses domains only by index.ts', () => {
  const broken = serverImports.filter(
    ({ from, to }) => parseLayer(from) === 'root' && parseDomain(to) !== undefined && !to.endsWith('/index.ts'),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('interfaces know the platform alone: what they do goes through HTTP into the same app', () => {
  const broken = serverImports.filter(
    ({ from, to }) => isInterface(from) && to.startsWith('server/') && !isPlatform(to) && !isInterface(to),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('folders form no cycle, types included', () => {
  const edges = serverImports
    .filter(({ to }) => to.startsWith('server/'))
    .map(({ from, to }) => [parseLayer(from), parseLayer(to)] as const);
  expect(findCycles(edges)).toEqual([]);
});

const findFileCycles = (folder: string, counts: (each: Import) => boolean) => {
  const imports = [...sourceFiles(folder), ...sourceFiles(folder, '.tsx')]
    .filter(({ path }) => !isTest(path))
    .flatMap(parseImports);
  // A dynamic import runs after both files have been loaded.
  const edges = imports.filter((each) => !each.isDynamic && counts(each));
  return findCycles(edges.map(({ from, to }) => [from, to] as const));
};

test('files of server form no cycle of imports that remain at run time', () => {
  expect(findFileCycles('server', ({ typeOnly }) => !typeOnly)).toEqual([]);
});

test.each(['openapi', 'clients/typescript', 'clients/cli', 'clients/mcp', 'clients/dashboard', 'clients/demo'])(
  'files of %s form no cycle, types included',
  (folder) => {
    expect(findFileCycles(folder, () => true)).toEqual([]);
  },
);

test('Express is known to server/platform/http; elsewhere only as a type, in MCP and the app context', () => {
  const packages = /^(express|express-[^/]*|helmet)(\/|$)/;
  const used = serverImports.filter(({ to }) => packages.test(to));
  const isAllowed = ({ from, typeOnly }: Import) =>
    from.startsWith('server/platform/http/') || (typeOnly && (isInterface(from) || from === 'server/app-context.ts'));
  expect(describeImports(used.filter((each) => !isAllowed(each)))).toEqual([]);
});

test('MCP, OAuth and the database drivers are loaded when they are first needed, never at startup', () => {
  const lazy =
    /^server\/(interfaces\/(mcp\/endpoint|oauth\/provider|organisation\/provider)|platform\/database\/dialects\/(sqlite|mysql))\.ts$/;
  const loaders = serverImports.filter(({ to, typeOnly }) => lazy.test(to) && !typeOnly);
  expect(describeImports(loaders.filter(({ isDynamic }) => !isDynamic))).toEqual([]);
  expect(new Set(loaders.map(({ from }) => from))).toEqual(
    new Set([
      'server/interfaces/mcp/lazy-endpoint.ts',
      'server/interfaces/oauth/endpoint.ts',
      'server/interfaces/organisation/endpoint.ts',
      'server/platform/database/open.ts',
    ]),
  );
  const outside = serverImports.filter(({ from, to, typeOnly }) => isInterface(to) && !isInterface(from) && !typeOnly);
  expect(describeImports(outside)).toEqual([
    'server/app-context.ts → server/interfaces/mcp/lazy-endpoint.ts',
    'server/app-context.ts → server/interfaces/oauth/endpoint.ts',
    'server/organisation.ts → server/interfaces/organisation/endpoint.ts',
  ]);
  const oauth = serverImports.filter(
    ({ from, to, typeOnly }) => to === 'oidc-provider' && !typeOnly && !from.startsWith('server/interfaces/oauth/'),
  );
  expect(describeImports(oauth)).toEqual([]);
});

test('TypeORM is unknown to rules, views, handlers, interfaces and HTTP', () => {
  const pure = /\/(rules|[a-z]+-rules|view|handlers|[a-z]+-handlers|index)\.ts$|^server\/(interfaces|platform\/http)\//;
  expect(describeImports(serverImports.filter(({ from, to }) => to === 'typeorm' && pure.test(from)))).toEqual([]);
});

test('outside platform/database tables are described and queries written, but no connection is opened', () => {
  const names = /\b(DataSource|QueryRunner|createConnection)\b/;
  const broken = serverImports.filter(
    ({ from, to, names: imported }) =>
      to === 'typeorm' && !/^server\/(platform\/database|schema)\//.test(from) && names.test(imported),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('each database driver is known to its dialect alone', () => {
  const broken = serverImports.filter(
    ({ from, to }) => /^(mysql2|libsql)(\/|$)/.test(to) && !from.startsWith('server/platform/database/dialects/'),
  );
  expect(describeImports(broken)).toEqual([]);
});

describe.each(server.filter((file) => /\/([a-z]+-)?rules\.ts$/.test(file.path)))('$path', (file) => {
  test('is pure: types, faults, roles, durations and pure files of its own folder', () => {
    const own = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    const broken = parseImports(file).filter(({ to, typeOnly, names }) => {
      if (typeOnly) return false;
      if (to.startsWith(own))
        return !to.endsWith('/entity.ts') && parseImports(requireSource(to)).some((each) => each.to === 'typeorm');
      if (to === 'server/platform/clock.ts') return !/^\{[\sA-Z,]+\}$/.test(names);
      return !['server/platform/faults.ts', 'server/platform/principal.ts'].includes(to);
    });
    expect(describeImports(broken)).toEqual([]);
  });

  test('receives time and randomness as arguments', () => {
    expect(file.text).not.toMatch(/Date\.now|new Date\(\s*\)|performance\.|Math\.random|randomBytes|process\./);
  });
});

const requireSource = (path: string) => {
  const source = server.find((file) => file.path === path);
  if (!source) throw new Error(`${path} is not a source of the server`);
  return source;
};

test('a handler knows neither Express nor SQL, and services only as types', () => {
  const handlers = serverImports.filter(({ from }) => /\/([a-z]+-)?handlers\.ts$/.test(from) && parseDomain(from));
  const broken = handlers.filter(
    ({ to, typeOnly }) =>
      !typeOnly && /^(typeorm|express)$|\/([a-z]+-)?(service|entity|queries|slots|store)\.ts$/.test(to),
  );
  expect(describeImports(broken)).toEqual([]);
});

test('only platform/database asks which database it is', () => {
  const asking = server.filter(
    ({ path, text }) => !path.startsWith('server/platform/database/') && /'(sqlite|mysql)'|\.options\.type/.test(text),
  );
  expect(asking.map((file) => file.path)).toEqual([]);
});
