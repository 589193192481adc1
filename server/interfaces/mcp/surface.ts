/** What an MCP client sees of this server. */
import type { Caller, Surface } from './caller.ts';
import { listPrompts, promptNamed } from './prompts.ts';
import { resourceMethods } from './resources.ts';
import { toolMethods } from './tool-methods.ts';

/** Changes are pushed by `subscriptions/listen` alone: the earlier revisions need a session, and this endpoint keeps none. */
export function surfaceFor(caller: Caller): Surface {
  const pushed = caller.era === 'modern' ? { subscribe: true, listChanged: true } : {};
  return {
    capabilities: { tools: {}, resources: pushed, prompts: {} },
    methods: {
      ...toolMethods(caller),
      ...resourceMethods(caller),
      'prompts/list': listPrompts,
      'prompts/get': ({ params }) => promptNamed(params.name, params.arguments ?? {}),
    },
  };
}
