/** The API of Gemini, as Gemini CLI speaks it. */
import { type TextPart, toText } from './conversation.ts';
import { newId, sendEvents, sendJson, type Wire } from './wire.ts';

interface Body {
  readonly contents?: readonly { readonly role?: string; readonly parts?: readonly Part[] }[];
  readonly tools?: readonly { readonly functionDeclarations?: readonly Declaration[] }[];
  readonly generationConfig?: { readonly responseJsonSchema?: Form; readonly responseSchema?: Form };
}
type Part = TextPart & { readonly functionCall?: unknown };
interface Declaration {
  readonly name: string;
  readonly parametersJsonSchema?: Form;
  readonly parameters?: Form;
}
interface Form {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Form>>;
}

export const gemini: Wire = {
  path: /:(streamGenerateContent|generateContent|countTokens)$/,
  read(body) {
    const { contents = [], tools = [] } = body as Body;
    return {
      messages: contents.map(({ role, parts = [] }) => ({
        who: role === 'model' ? 'model' : 'user',
        text: toText(parts),
        calls: parts.filter(({ functionCall }) => functionCall !== undefined).length,
      })),
      tools: tools.flatMap(({ functionDeclarations = [] }) =>
        functionDeclarations.map(({ name, parametersJsonSchema, parameters }) => ({
          name,
          properties: (parametersJsonSchema ?? parameters)?.properties,
        })),
      ),
    };
  },
  write({ response, url, body, answer, tokens }) {
    if (/:countTokens/.test(url)) return sendJson(response, { totalTokens: tokens });
    const { generationConfig } = body as Body;
    // The CLI's own helpers (its router, its loop detector) ask for JSON of a form.
    const form = generationConfig?.responseJsonSchema ?? generationConfig?.responseSchema;
    const answerPart =
      'tool' in answer ? { functionCall: { name: answer.tool, args: answer.args } } : { text: answer.text };
    const part = form ? { text: JSON.stringify(fill(form)) } : answerPart;
    const whole = {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: tokens, candidatesTokenCount: 20, totalTokenCount: tokens + 20 },
      modelVersion: 'scripted',
      responseId: newId('resp'),
    };
    if (/:streamGenerateContent/.test(url) && /alt=sse/.test(url)) return sendEvents(response, [whole], false);
    sendJson(response, /:streamGenerateContent/.test(url) ? [whole] : whole);
  },
};

function fill(form: Form): unknown {
  if (form.enum) return form.enum[0];
  switch (form.type?.toLowerCase()) {
    case 'object':
      return Object.fromEntries(Object.entries(form.properties ?? {}).map(([name, each]) => [name, fill(each)]));
    case 'array':
      return [];
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    default:
      return 'OK';
  }
}
