/** The bundled OpenAPI document, the source of request validation and of the MCP tools. */
import document from '../../openapi/generated/openapi.json' with { type: 'json' };
import { type Document, listOperations } from '../../openapi/operations.ts';
import { buildTools } from '../../openapi/tools.ts';

export const contract = document as unknown as Document;
export const operations = listOperations(contract);
export const tools = buildTools(contract);
