/** The tools, resources and prompts that the conformance suite uses; only this run's server has them. */
import {
  type CallToolResult,
  type GetPromptResult,
  MissingRequiredClientCapabilityError,
  type ReadResourceResult,
  type Tool,
} from '@modelcontextprotocol/server';
import type { MethodHandlers } from '../../server/interfaces/mcp/caller.ts';
import type { ExtendDefinition } from '../../server/interfaces/mcp/create-server.ts';

/** One red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
/** An empty WAV file. */
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=';

const text = (words: string) => ({ type: 'text' as const, text: words });
const image = { type: 'image' as const, data: PNG, mimeType: 'image/png' };
const embedded = (uri: string, mimeType: string, words: string) => ({
  type: 'resource' as const,
  resource: { uri, mimeType, text: words },
});

const EMPTY_SCHEMA = { type: 'object' as const, properties: {} };
const tool = (name: string, description: string, inputSchema: Tool['inputSchema'] = EMPTY_SCHEMA): Tool => ({
  name,
  description,
  inputSchema,
});

/** JSON Schema 2020-12 keywords that a listing must preserve. */
const SCHEMA_2020: Tool['inputSchema'] = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

const TOOLS: readonly Tool[] = [
  tool('test_simple_text', 'Answers with text'),
  tool('test_image_content', 'Answers with an image'),
  tool('test_audio_content', 'Answers with sound'),
  tool('test_embedded_resource', 'Answers with a resource'),
  tool('test_multiple_content_types', 'Answers with text, an image and a resource'),
  tool('test_error_handling', 'Fails'),
  tool('test_tool_with_logging', 'Logs while it works'),
  tool('test_tool_with_progress', 'Tells its progress'),
  tool('test_missing_capability', 'Needs a client that can sample'),
  tool('test_streaming_elicitation', 'Tells something before it answers, and asks nothing'),
  tool('test_logging_tool', 'Logs for who asked for logs'),
  tool('json_schema_2020_12_tool', 'Has a schema of 2020-12', SCHEMA_2020),
];

type Context = Parameters<NonNullable<MethodHandlers['tools/call']>>[1];

async function callTool(name: string, progressToken: unknown, { mcpReq }: Context): Promise<CallToolResult | null> {
  switch (name) {
    case 'test_simple_text':
      return { content: [text('This is a simple text response for testing.')] };
    case 'test_image_content':
      return { content: [image] };
    case 'test_audio_content':
      return { content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] };
    case 'test_embedded_resource':
      return { content: [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')] };
    case 'test_multiple_content_types': {
      const json = embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}');
      return { content: [text('Multiple content types test:'), image, json] };
    }
    case 'test_error_handling':
      return { isError: true, content: [text('This tool intentionally returns an error for testing')] };
    case 'test_tool_with_logging':
      for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data } });
      }
      return { content: [text('Tool with logging executed successfully')] };
    case 'test_tool_with_progress':
      for (const progress of progressToken === undefined ? [] : [0, 50, 100]) {
        const params = { progressToken: progressToken as string, progress, total: 100 };
        await mcpReq.notify({ method: 'notifications/progress', params });
      }
      return { content: [text(String(progressToken))] };
    case 'test_missing_capability':
      throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { sampling: {} } });
    case 'test_streaming_elicitation':
      await mcpReq.notify({ method: 'notifications/progress', params: { progressToken: 'stream', progress: 1 } });
      return { content: [text('Nothing was asked')] };
    case 'test_logging_tool':
      await mcpReq.log('info', 'Nobody may have asked for this');
      return { content: [text('Logged')] };
    case 'json_schema_2020_12_tool':
      return { content: [text('JSON Schema 2020-12 tool called')] };
    default:
      return null;
  }
}

const RESOURCES = [
  { uri: 'test://static-text', name: 'static-text', mimeType: 'text/plain' },
  { uri: 'test://static-binary', name: 'static-binary', mimeType: 'image/png' },
];

function readResource(uri: string): ReadResourceResult | null {
  if (uri === 'test://static-text') {
    const words = 'This is the content of the static text resource.';
    return { contents: [{ uri, mimeType: 'text/plain', text: words }] };
  }
  if (uri === 'test://static-binary') return { contents: [{ uri, mimeType: 'image/png', blob: PNG }] };
  const id = /^test:\/\/template\/([^/]+)\/data$/.exec(uri)?.[1];
  if (id === undefined) return null;
  const data = { id, templateTest: true, data: `Data for ID: ${id}` };
  return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }] };
}

const argument = (name: string) => ({ name, description: 'An argument', required: true });
const PROMPTS = [
  { name: 'test_simple_prompt', description: 'A prompt without arguments' },
  {
    name: 'test_prompt_with_arguments',
    description: 'A prompt with arguments',
    arguments: [argument('arg1'), argument('arg2')],
  },
  {
    name: 'test_prompt_with_embedded_resource',
    description: 'A prompt with a resource',
    arguments: [argument('resourceUri')],
  },
  { name: 'test_prompt_with_image', description: 'A prompt with an image' },
];

function getPrompt(name: string, given: Readonly<Record<string, string>>): GetPromptResult | null {
  const userMessages = (...contents: GetPromptResult['messages'][number]['content'][]): GetPromptResult => ({
    messages: contents.map((content) => ({ role: 'user', content })),
  });
  if (name === 'test_simple_prompt') return userMessages(text('This is a simple prompt for testing.'));
  if (name === 'test_prompt_with_arguments') {
    return userMessages(text(`Prompt with arguments: arg1='${given['arg1']}', arg2='${given['arg2']}'`));
  }
  if (name === 'test_prompt_with_embedded_resource') {
    const resource = embedded(String(given['resourceUri']), 'text/plain', 'Embedded resource content for testing.');
    return userMessages(resource, text('Please process the embedded resource above.'));
  }
  return name === 'test_prompt_with_image' ? userMessages(image, text('Please analyze the image above.')) : null;
}

/** Adds the fixtures to the server's own tools, resources and prompts. */
export const withFixtures: ExtendDefinition = ({ capabilities, methods }, { era }) => {
  const own = methods as Required<MethodHandlers>;
  return {
    // The real server offers no logging, and completes ids only.
    capabilities: { ...capabilities, completions: {}, ...(era === 'legacy' && { logging: {} }) },
    methods: {
      ...methods,
      'tools/list': async (request, context) => {
        const listed = await own['tools/list'](request, context);
        return { ...listed, tools: [...TOOLS, ...listed.tools] };
      },
      'tools/call': async (request, context) =>
        (await callTool(request.params.name, request.params._meta?.progressToken, context)) ??
        own['tools/call'](request, context),
      'resources/list': async (request, context) => {
        const listed = await own['resources/list'](request, context);
        return { ...listed, resources: [...RESOURCES, ...listed.resources] };
      },
      'resources/templates/list': async (request, context) => {
        const listed = await own['resources/templates/list'](request, context);
        const template = { uriTemplate: 'test://template/{id}/data', name: 'template', mimeType: 'application/json' };
        return { ...listed, resourceTemplates: [template, ...listed.resourceTemplates] };
      },
      'resources/read': (request, context) =>
        readResource(request.params.uri) ?? own['resources/read'](request, context),
      'prompts/list': async (request, context) => {
        const listed = await own['prompts/list'](request, context);
        return { ...listed, prompts: [...PROMPTS, ...listed.prompts] };
      },
      'prompts/get': (request, context) =>
        getPrompt(request.params.name, request.params.arguments ?? {}) ?? own['prompts/get'](request, context),
      'completion/complete': ({ params }) => {
        const values = ['paris', 'park', 'party'].filter((word) => word.startsWith(params.argument.value));
        return { completion: { values, total: values.length, hasMore: false } };
      },
    },
  };
};
