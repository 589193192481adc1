/** The capabilities and methods that MCP clients see. */
import type { Caller, ServerDefinition } from './caller.ts';
import { completionMethods } from './completions.ts';
import { getPrompt, listPrompts } from './prompts.ts';
import { resourceMethods } from './resources.ts';
import { listOfferedTools, toolMethods } from './tool-methods.ts';

/** Changes are pushed only by `subscriptions/listen`: earlier revisions need an MCP session, and this endpoint is stateless. */
export function createServerDefinition(caller: Caller): ServerDefinition {
  const resourceCapabilities = caller.era === 'modern' ? { subscribe: true, listChanged: true } : {};
  return {
    capabilities: { tools: {}, resources: resourceCapabilities, prompts: {}, completions: {} },
    methods: {
      ...toolMethods(caller),
      ...resourceMethods(caller),
      ...completionMethods(caller),
      'prompts/list': () =>
        listPrompts(caller.principal, new Set(listOfferedTools(caller).map(({ tool }) => tool.name))),
      'prompts/get': ({ params }) => getPrompt(params.name, params.arguments ?? {}, caller.principal),
    },
  };
}
