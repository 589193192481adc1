/** Puts one value into the text of a JSON file and moves no other character of it. Pure. */
import { type Edit, type Node, parseTree } from 'jsonc-parser';

type JsonPath = readonly (string | number)[];

/** The value at the path. Of two equal names the last counts, as for `JSON.parse`: a change of the first would be lost. */
export const findNode = (root: Node, path: JsonPath): Node | undefined =>
  path.reduce<Node | undefined>(
    (at, name) =>
      typeof name === 'number'
        ? at?.children?.[name]
        : at?.children?.findLast((property) => property.children?.[0]?.value === name)?.children?.[1],
    root,
  );

/** The text has to be an object that can be read. An index of -1 stands for a new item at the end of a list. */
export function insertValue(text: string, path: JsonPath, value: unknown): string {
  const root = parseTree(text, [], { allowTrailingComma: true }) as Node;
  const there = findNode(root, path);
  if (there)
    return applyTextEdits(text, [
      { offset: there.offset, length: there.length, content: formatValue(text, value, getDepth(there)) },
    ]);
  // The nearest thing around it that is there takes the rest of the path as a value.
  let existingDepth = path.length - 1;
  while (existingDepth > 0 && !findNode(root, path.slice(0, existingDepth))) existingDepth--;
  const container = findNode(root, path.slice(0, existingDepth)) ?? root;
  const whole = path.slice(existingDepth + 1).reduceRight<unknown>(wrapValue, value);
  return applyTextEdits(text, buildInsertion(text, container, path[existingDepth] as string | number, whole));
}

const wrapValue = (value: unknown, name: string | number) => (typeof name === 'number' ? [value] : { [name]: value });

/** A comma where the last one has none, and the value before the bracket that ends the holder, beneath every comment. */
function buildInsertion(text: string, container: Node, name: string | number, value: unknown): Edit[] {
  const depth = getDepth(container) + 1;
  const end = container.offset + container.length - 1;
  const last = container.children?.at(-1);
  const inner = container.offset + 1;
  const after = last ? last.offset + last.length : inner;
  const content = text.slice(inner, end).trimEnd();
  const hasComma = last !== undefined && withoutComments(text.slice(after, end)).includes(',');
  const [eol, step] = [detectEol(text), detectIndent(text)];
  const key = typeof name === 'number' ? '' : `${JSON.stringify(name)}: `;
  const item = `${eol}${step.repeat(depth)}${key}${formatValue(text, value, depth)}${eol}${step.repeat(depth - 1)}`;
  const at = inner + content.length;
  const comma = last && !hasComma ? [{ offset: after, length: 0, content: ',' }] : [];
  // Where both are at one place the comma comes to stand before the item.
  return [{ offset: at, length: end - at, content: item }, ...comma];
}

const withoutComments = (text: string) => text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '');

/** How many objects and lists are around it. A property's own node is none. */
const getDepth = (node: Node): number => {
  let depth = 0;
  for (let at = node.parent; at; at = at.parent) if (at.type !== 'property') depth++;
  return depth;
};

const formatValue = (text: string, value: unknown, depth: number): string => {
  const [first = '', ...rest] = JSON.stringify(value, null, detectIndent(text)).split('\n');
  return [first, ...rest.map((line) => `${detectIndent(text).repeat(depth)}${line}`)].join(detectEol(text));
};

/** The later ones first, so that the others' places hold. */
const applyTextEdits = (text: string, edits: readonly Edit[]): string =>
  edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce((now, { offset, length, content }) => now.slice(0, offset) + content + now.slice(offset + length), text);

export const detectEol = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

/** Indented as the file is. */
const detectIndent = (text: string) => /^([ \t]+)["\]}]/m.exec(text)?.[1] ?? '  ';
