/** The bundled OpenAPI document: what this server validates by and what its tools are derived from. */
import document from '../../openapi/generated/openapi.json' with { type: 'json' };
import { type Document, listOperations } from '../../openapi/operations.ts';
import { buildTools } from '../../openapi/tools.ts';

export const contract = document as unknown as Document;
export const operations = listOperations(contract);
export const tools = buildTools(contract);
