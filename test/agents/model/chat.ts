/** OpenAI Chat Completions, as opencode speaks it. */
import { type TextPart, toText } from './conversation.ts';
import { newId, sendEvents, sendJson, type Wire } from './wire.ts';

interface Message {
  readonly role: string;
  readonly content?: string | readonly TextPart[];
  readonly tool_calls?: readonly object[];
}
interface Tool {
  readonly function: {
    readonly name: string;
    readonly parameters?: { readonly properties?: Readonly<Record<string, unknown>> };
  };
}

export const chat: Wire = {
  path: /\/chat\/completions$/,
  read(body) {
    const { messages = [], tools = [] } = body as { messages?: readonly Message[]; tools?: readonly Tool[] };
    return {
      messages: messages.map(({ role, content, tool_calls: calls = [] }) => ({
        who: role === 'assistant' ? 'model' : role === 'user' ? 'user' : 'other',
        text: toText(content),
        calls: calls.length,
      })),
      tools: tools.map(({ function: { name, parameters } }) => ({ name, properties: parameters?.properties })),
    };
  },
  write({ response, body, answer, tokens }) {
    const message =
      'tool' in answer ? { content: null, tool_calls: [toCall(answer.tool, answer.args)] } : { content: answer.text };
    const said = { role: 'assistant', ...message };
    const finish = 'tool' in answer ? 'tool_calls' : 'stop';
    const usage = { prompt_tokens: tokens, completion_tokens: 20, total_tokens: tokens + 20 };
    const whole = { id: newId('chat'), created: Math.floor(Date.now() / 1_000), model: body['model'], usage };
    if (!body['stream']) {
      const choices = [{ index: 0, message: said, finish_reason: finish }];
      return sendJson(response, { ...whole, object: 'chat.completion', choices });
    }
    const toChunk = (delta: object, finishReason: string | null) => ({
      ...whole,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: finishReason }],
    });
    sendEvents(response, [toChunk(said, null), toChunk({}, finish)], false);
  },
};

const toCall = (name: string, args: object) => ({
  index: 0,
  id: newId('call'),
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
});
