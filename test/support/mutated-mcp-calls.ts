/** One tool call of each generation of MCP, and every mutation of its headers and its message. */
export interface McpCall {
  readonly description: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

type Json = Readonly<Record<string, unknown>>;
type Path = readonly string[];

const PROTOCOL_VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';
const CLIENT_INFO_KEY = 'io.modelcontextprotocol/clientInfo';
const CAPABILITIES_KEY = 'io.modelcontextprotocol/clientCapabilities';
const ENVELOPE = {
  [PROTOCOL_VERSION_KEY]: '2026-07-28',
  [CLIENT_INFO_KEY]: { name: 'tests', version: '1' },
  [CAPABILITIES_KEY]: {},
};

/** The valid request of a client of each generation. */
export const validCalls = (name: string, given: Json): readonly McpCall[] => [
  {
    description: '2026-07-28',
    headers: { ...MEDIA_HEADERS, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name },
    body: JSON.stringify(buildMessage({ name, arguments: given, _meta: ENVELOPE })),
  },
  {
    description: '2025-11-25',
    headers: { ...MEDIA_HEADERS, 'mcp-protocol-version': '2025-11-25' },
    body: JSON.stringify(buildMessage({ name, arguments: given })),
  },
];

const MEDIA_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const buildMessage = (params: Json): Json => ({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });

export const mutatedCalls = (call: McpCall): McpCall[] => [
  ...mutatedHeaders(call),
  ...mutatedMessages(call),
  ...mutatedTexts(call),
];

const HEADER_VALUES: Readonly<Record<string, readonly string[]>> = {
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

function mutatedHeaders(call: McpCall): McpCall[] {
  const without = Object.keys(call.headers).map((name) => {
    const { [name]: _left, ...headers } = call.headers;
    return { ...call, description: `${call.description}, no ${name}`, headers };
  });
  const replaced = Object.entries(HEADER_VALUES).flatMap(([name, values]) =>
    values.map((value) => ({
      ...call,
      description: `${call.description}, ${name}: ${JSON.stringify(value)}`,
      headers: { ...call.headers, [name]: value },
    })),
  );
  return [...without, ...replaced];
}

/** Replace each part of a message, and are added beside each. */
const REPLACEMENT_VALUES: readonly unknown[] = [
  null,
  true,
  1.5,
  '',
  'text',
  [],
  {},
  [{}],
  '2025-11-25',
  '2.0',
  'drop_everything',
];
const ADDED_VALUES: readonly (readonly [Path, unknown])[] = [
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
  [['params', '_meta', PROTOCOL_VERSION_KEY], '2026-07-28'],
  [['params', '_meta', CAPABILITIES_KEY], { elicitation: {}, sampling: { tools: {} } }],
  [['params', '_meta', 'io.modelcontextprotocol/logLevel'], 'debug'],
  [['params', '_meta', 'io.modelcontextprotocol/logLevel'], 'loud'],
  [['params', 'arguments', 'colour'], 'red'],
  [['params', 'arguments', '__proto__'], { status: 'A' }],
];

function mutatedMessages(call: McpCall): McpCall[] {
  const message = JSON.parse(String(call.body)) as Json;
  const createMutation = (description: string, mutated: unknown): McpCall => ({
    ...call,
    description: `${call.description}, ${description}`,
    body: JSON.stringify(mutated),
  });
  const parts = listPaths(message);
  return [
    ...parts.map((path) => createMutation(`no ${path.join(' ')}`, setAtPath(message, path))),
    ...parts.flatMap((path) =>
      REPLACEMENT_VALUES.map((value) =>
        createMutation(`${path.join(' ')} ${JSON.stringify(value)}`, setAtPath(message, path, value)),
      ),
    ),
    ...ADDED_VALUES.map(([path, value]) =>
      createMutation(`${path.join(' ')}: ${JSON.stringify(value)}`, setAtPath(message, path, value)),
    ),
    createMutation('a batch of it', [message]),
    createMutation('a batch of two', [message, { ...message, id: 2 }]),
    createMutation('a batch of none', []),
    createMutation('a text', 'tools/call'),
  ];
}

function mutatedTexts(call: McpCall): McpCall[] {
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
  return texts.map(([description, body]) => ({ ...call, description: `${call.description}, ${description}`, body }));
}

/** The path to every part of a message, at any depth. */
const listPaths = (value: unknown, parentPath: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        [...parentPath, name],
        ...listPaths(inner, [...parentPath, name]),
      ]);

/** A copy with another value at the path, or without one. */
function setAtPath(value: unknown, [name, ...rest]: Path, to?: unknown): unknown {
  if (name === undefined) return to;
  const given = (value ?? {}) as Json;
  const inner = rest.length > 0 || to !== undefined ? setAtPath(given[name], rest, to) : undefined;
  return Object.fromEntries([...Object.entries(given).filter(([each]) => each !== name), [name, inner]]);
}
