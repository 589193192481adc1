/** OpenAI Responses, as Codex speaks it. */
import { type TextPart, toText } from './conversation.ts';
import { newId, sendEvents, sendJson, type Wire } from './wire.ts';

interface Item {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly TextPart[];
}
interface Tool {
  readonly type?: string;
  readonly name?: string;
  readonly parameters?: { readonly properties?: Readonly<Record<string, unknown>> };
  readonly tools?: readonly Tool[];
}

export const responses: Wire = {
  path: /\/responses(\/compact)?$/,
  read(body) {
    const { input = [], tools = [] } = body as { input?: string | readonly Item[]; tools?: readonly Tool[] };
    const items: readonly Item[] = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
    return {
      messages: items.map(({ type = '', role, content }) => ({
        who: role === 'user' ? 'user' : role === 'assistant' || type.endsWith('_call') ? 'model' : 'other',
        text: toText(content),
        calls: type.endsWith('_call') ? 1 : 0,
      })),
      tools: tools.flatMap((tool) =>
        tool.type === 'namespace' ? (tool.tools ?? []).map((each) => toOffered(each, tool.name)) : [toOffered(tool)],
      ),
    };
  },
  write({ response, body, answer, tokens }) {
    const item =
      'tool' in answer
        ? {
            type: 'function_call',
            id: newId('fc'),
            call_id: newId('call'),
            name: answer.tool,
            ...(answer.namespace !== undefined && { namespace: answer.namespace }),
            arguments: JSON.stringify(answer.args),
            status: 'completed',
          }
        : {
            type: 'message',
            id: newId('msg'),
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: answer.text, annotations: [] }],
          };
    const usage = {
      input_tokens: tokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: tokens + 20,
    };
    const whole = {
      id: newId('resp'),
      object: 'response',
      model: body['model'],
      status: 'completed',
      output: [item],
      usage,
    };
    if (!body['stream']) return sendJson(response, whole);
    const at = { item_id: item.id, output_index: 0, content_index: 0 };
    const text = 'text' in answer ? [{ type: 'response.output_text.delta', ...at, delta: answer.text }] : [];
    const opened = { ...item, status: 'in_progress', ...('text' in answer && { content: [] }) };
    const events = [
      { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
      { type: 'response.output_item.added', output_index: 0, item: opened },
      ...text,
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: whole },
    ];
    sendEvents(response, events, true);
  },
};

const toOffered = ({ name, type, parameters }: Tool, namespace?: string) => ({
  name: name ?? type ?? '',
  namespace,
  properties: parameters?.properties,
});
