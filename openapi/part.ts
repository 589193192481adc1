/** A part of the bundled document that stands by itself. */
import { type Document, resolve } from './operations.ts';

type Node = { readonly [key: string]: unknown };

/** In JSON a component is named by a text of its own, be it a $ref or in the mapping of a discriminator. */
const COMPONENT = /"(#\/components\/([^"/]+)\/([^"/]+))"/g;

/** The document with these paths alone, and of its components those that they need, however deep. Pure. */
export function partOf(document: Document, paths: Document['paths']): Document {
  const { securitySchemes } = document['components'] as Node;
  const components: Record<string, Record<string, unknown>> = {};
  const seen = new Set<string>();
  const open: unknown[] = [paths];
  while (open.length > 0) {
    for (const [, pointer = '', kind = '', name = ''] of JSON.stringify(open.pop()).matchAll(COMPONENT)) {
      if (seen.has(pointer)) continue;
      seen.add(pointer);
      const component = resolve<Node>(document, { $ref: pointer });
      components[kind] = { ...components[kind], [name]: component };
      open.push(component);
    }
  }
  return { ...document, paths, components: { ...components, securitySchemes } };
}
