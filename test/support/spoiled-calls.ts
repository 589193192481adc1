/** One tool call of each generation of MCP, and every way in which its headers and its message can be spoiled. */
export interface SentCall {
  readonly how: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

type Json = Readonly<Record<string, unknown>>;
type Path = readonly string[];

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const CLIENT = 'io.modelcontextprotocol/clientInfo';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const ENVELOPE = { [VERSION]: '2026-07-28', [CLIENT]: { name: 'tests', version: '1' }, [CAPABILITIES]: {} };

/** What a client of each generation sends when it does everything right. */
export const plainCalls = (name: string, given: Json): readonly SentCall[] => [
  {
    how: '2026-07-28',
    headers: { ...MEDIA, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name },
    body: JSON.stringify(messageOf({ name, arguments: given, _meta: ENVELOPE })),
  },
  {
    how: '2025-11-25',
    headers: { ...MEDIA, 'mcp-protocol-version': '2025-11-25' },
    body: JSON.stringify(messageOf({ name, arguments: given })),
  },
];

const MEDIA = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const messageOf = (params: Json): Json => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });

export const spoiledCalls = (call: SentCall): SentCall[] => [
  ...spoiledHeaders(call),
  ...spoiledMessages(call),
  ...spoiledTexts(call),
];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  'mcp-protocol-version': [
    '2026-07-28',
    '2025-11-25',
    '2025-06-18',
    '2024-01-01',
    '2027-01-01',
    'x',
    '',
    ' 2026-07-28 ',
  ],
  'mcp-method': ['tools/call', 'tools/list', 'TOOLS/CALL', '', 'tools/call, tools/call'],
  'mcp-name': ['get_session', 'update_session', 'GET_SESSION', '', '=?base64?Z2V0X3Nlc3Npb24=?=', '=?base64?%?='],
  'mcp-session-id': ['1', ''],
  accept: ['*/*', 'application/json', 'text/event-stream', '', 'text/event-stream,application/json;q=0.1'],
  'content-type': [
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json;',
    'application/json, text/plain',
    'text/plain; a=application/json',
    'text/plain',
    '',
  ],
  'content-encoding': ['gzip'],
};

function spoiledHeaders(call: SentCall): SentCall[] {
  const without = Object.keys(call.headers).map((name) => {
    const { [name]: _left, ...headers } = call.headers;
    return { ...call, how: `${call.how}, no ${name}`, headers };
  });
  const changed = Object.entries(VALUES).flatMap(([name, values]) =>
    values.map((value) => ({
      ...call,
      how: `${call.how}, ${name}: ${JSON.stringify(value)}`,
      headers: { ...call.headers, [name]: value },
    })),
  );
  return [...without, ...changed];
}

/** Put in the place of each part of a message, and added beside each. */
const OTHERS: readonly unknown[] = [null, true, 1.5, '', 'text', [], {}, [{}], '2025-11-25', '2.0', 'drop_everything'];
const ADDED: readonly (readonly [Path, unknown])[] = [
  [['result'], {}],
  [['error'], { code: 1, message: 'A' }],
  [['colour'], 'red'],
  [['params', 'colour'], 'red'],
  [['params', 'requestState'], 'x'],
  [['params', 'requestState'], 7],
  [['params', 'inputResponses'], {}],
  [['params', 'inputResponses'], { a: { method: 'x', result: {} } }],
  [['params', 'task'], { ttl: 1 }],
  [['params', '_meta', 'progressToken'], 1],
  [['params', '_meta', 'progressToken'], {}],
  [['params', '_meta', 'traceparent'], 'x'],
  [['params', '_meta', VERSION], '2026-07-28'],
  [['params', '_meta', CAPABILITIES], { elicitation: {}, sampling: { tools: {} } }],
  [['params', '_meta', 'io.modelcontextprotocol/logLevel'], 'debug'],
  [['params', '_meta', 'io.modelcontextprotocol/logLevel'], 'loud'],
  [['params', 'arguments', 'colour'], 'red'],
  [['params', 'arguments', '__proto__'], { status: 'A' }],
];

function spoiledMessages(call: SentCall): SentCall[] {
  const message = JSON.parse(String(call.body)) as Json;
  const as = (how: string, spoiled: unknown): SentCall => ({
    ...call,
    how: `${call.how}, ${how}`,
    body: JSON.stringify(spoiled),
  });
  const parts = pathsIn(message);
  return [
    ...parts.map((path) => as(`no ${path.join(' ')}`, changed(message, path))),
    ...parts.flatMap((path) =>
      OTHERS.map((value) => as(`${path.join(' ')} ${JSON.stringify(value)}`, changed(message, path, value))),
    ),
    ...ADDED.map(([path, value]) => as(`${path.join(' ')}: ${JSON.stringify(value)}`, changed(message, path, value))),
    as('a batch of it', [message]),
    as('a batch of two', [message, { ...message, id: 2 }]),
    as('a batch of none', []),
    as('a text', 'tools/call'),
  ];
}

function spoiledTexts(call: SentCall): SentCall[] {
  const text = String(call.body);
  const texts: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''],
    ['a blank', ' '],
    ['a part', text.slice(0, -1)],
    ['more than all', `${text}}`],
    ['blanks around', ` ${text}\n`],
    ['a mark of the byte order', `\uFEFF${text}`],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0x7d])])],
    ['bytes that are no UTF-8 in an id', Buffer.from(text.replace('"id":1', '"id":"\xff"'), 'latin1')],
    ['a number beyond all', text.replace('"id":1', '"id":1e400')],
    ['a name twice', text.replace('"id":1', '"id":2,"id":1')],
    ['a prototype', text.replace('"id":1', '"id":1,"__proto__":{"a":1}')],
  ];
  return texts.map(([how, body]) => ({ ...call, how: `${call.how}, ${how}`, body }));
}

/** To every part of a message, however deep. */
const pathsIn = (value: unknown, above: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [[...above, name], ...pathsIn(inner, [...above, name])]);

/** The same with another value at a path, or with none there. */
function changed(value: unknown, [name, ...rest]: Path, to?: unknown): unknown {
  if (name === undefined) return to;
  const given = (value ?? {}) as Json;
  const inner = rest.length > 0 || to !== undefined ? changed(given[name], rest, to) : undefined;
  return Object.fromEntries([...Object.entries(given).filter(([each]) => each !== name), [name, inner]]);
}
