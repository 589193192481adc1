/** Anthropic Messages, as Claude Code speaks it. */
import { type TextPart, toText } from './conversation.ts';
import { newId, type Reply, sendEvents, sendJson, type Wire } from './wire.ts';

interface Body {
  readonly messages?: readonly { readonly role: string; readonly content: string | readonly Part[] }[];
  readonly tools?: readonly { readonly name: string; readonly input_schema?: { readonly properties?: object } }[];
}
type Part = TextPart & { readonly type?: string };

export const anthropic: Wire = {
  path: /\/messages(\/count_tokens)?$/,
  read(body) {
    const { messages = [], tools = [] } = body as Body;
    return {
      messages: messages.map(({ role, content }) => ({
        who: role === 'assistant' ? 'model' : role === 'user' ? 'user' : 'other',
        text: toText(content),
        calls: typeof content === 'string' ? 0 : content.filter(({ type }) => type === 'tool_use').length,
      })),
      tools: tools.map(({ name, input_schema: schema }) => ({
        name,
        properties: schema?.properties as Readonly<Record<string, unknown>> | undefined,
      })),
    };
  },
  write(reply) {
    const { response, url, body, answer, tokens } = reply;
    if (/count_tokens/.test(url)) return sendJson(response, { input_tokens: tokens });
    const message = toMessage(reply);
    const block =
      'tool' in answer
        ? { type: 'tool_use', id: newId('toolu'), name: answer.tool, input: answer.args }
        : { type: 'text', text: answer.text };
    const stop = { stop_reason: 'tool' in answer ? 'tool_use' : 'end_turn', stop_sequence: null };
    if (!body['stream']) return sendJson(response, { ...message, ...stop, content: [block] });
    const delta =
      'tool' in answer
        ? { type: 'input_json_delta', partial_json: JSON.stringify(answer.args) }
        : { type: 'text_delta', text: answer.text };
    const opened = 'tool' in answer ? { ...block, input: {} } : { type: 'text', text: '' };
    const events = [
      { type: 'message_start', message },
      { type: 'content_block_start', index: 0, content_block: opened },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: stop, usage: { output_tokens: 20 } },
      { type: 'message_stop' },
    ];
    sendEvents(response, events, true);
  },
};

function toMessage({ body, tokens }: Reply) {
  const usage = { input_tokens: tokens, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 20 };
  const rest = { model: body['model'], content: [], stop_reason: null, stop_sequence: null, usage };
  return { id: newId('msg'), type: 'message', role: 'assistant', ...rest };
}
