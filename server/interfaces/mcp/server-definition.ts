/** What an MCP client sees of this server. */
import type { Caller, ServerDefinition } from './caller.ts';
import { getPrompt, listPrompts } from './prompts.ts';
import { resourceMethods } from './resources.ts';
import { toolMethods } from './tool-methods.ts';

/** Changes are pushed by `subscriptions/listen` alone: the earlier revisions need a session, and this endpoint keeps none. */
export function createServerDefinition(caller: Caller): ServerDefinition {
  const resourceCapabilities = caller.era === 'modern' ? { subscribe: true, listChanged: true } : {};
  return {
    capabilities: { tools: {}, resources: resourceCapabilities, prompts: {} },
    methods: {
      ...toolMethods(caller),
      ...resourceMethods(caller),
      'prompts/list': listPrompts,
      'prompts/get': ({ params }) => getPrompt(params.name, params.arguments ?? {}),
    },
  };
}
