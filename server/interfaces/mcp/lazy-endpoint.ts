/** /mcp, loaded on its first request: the SDK takes a fifth of a start, and many servers have no MCP clients. */
import type { RequestHandler } from 'express';
import type { Endpoint, EndpointOptions } from './endpoint.ts';

export function createLazyEndpoint(options: EndpointOptions): Endpoint {
  let opened: Promise<Endpoint> | undefined;
  const open = async () => (await import('./endpoint.ts')).createEndpoint(options);
  return {
    mount(app) {
      let mounted: Promise<RequestHandler> | undefined;
      return async (request, response, next) => {
        opened ??= open();
        mounted ??= opened.then((endpoint) => endpoint.mount(app));
        return (await mounted)(request, response, next);
      };
    },
    async close() {
      await (await opened)?.close();
    },
  };
}
