/** The bundled OpenAPI document: what this server validates by and what its tools are derived from. */
import document from '../../openapi/generated/openapi.json' with { type: 'json' };
import { type Document, operationsOf } from '../../openapi/operations.ts';
import { toolsOf } from '../../openapi/tools.ts';

export const contract = document as unknown as Document;
export const operations = operationsOf(contract);
export const tools = toolsOf(contract);
