/** Puts one value into the text of a JSON file and moves no other character of it. Pure. */
import { type Edit, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

type Path = readonly (string | number)[];

/** The text has to be an object that can be read. An index of -1 stands for a new item at the end of a list. */
export function place(text: string, path: Path, value: unknown): string {
  const root = parseTree(text, [], { allowTrailingComma: true }) as Node;
  const there = findNodeAtLocation(root, [...path]);
  if (there)
    return edited(text, [
      { offset: there.offset, length: there.length, content: written(text, value, depthOf(there)) },
    ]);
  // The nearest thing around it that is there takes the rest of the path as a value.
  let known = path.length - 1;
  while (known > 0 && !findNodeAtLocation(root, path.slice(0, known))) known--;
  const holder = findNodeAtLocation(root, path.slice(0, known)) ?? root;
  const whole = path.slice(known + 1).reduceRight<unknown>(wrapped, value);
  return edited(text, addition(text, holder, path[known] as string | number, whole));
}

const wrapped = (value: unknown, name: string | number) => (typeof name === 'number' ? [value] : { [name]: value });

/** A comma where the last one has none, and the value before the bracket that ends the holder, beneath every comment. */
function addition(text: string, holder: Node, name: string | number, value: unknown): Edit[] {
  const depth = depthOf(holder) + 1;
  const end = holder.offset + holder.length - 1;
  const last = holder.children?.at(-1);
  const inner = holder.offset + 1;
  const after = last ? last.offset + last.length : inner;
  const content = text.slice(inner, end).trimEnd();
  const hasComma = last !== undefined && withoutComments(text.slice(after, end)).includes(',');
  const [eol, step] = [eolOf(text), stepOf(text)];
  const key = typeof name === 'number' ? '' : `${JSON.stringify(name)}: `;
  const item = `${eol}${step.repeat(depth)}${key}${written(text, value, depth)}${eol}${step.repeat(depth - 1)}`;
  const at = inner + content.length;
  const comma = last && !hasComma ? [{ offset: after, length: 0, content: ',' }] : [];
  // Where both are at one place the comma comes to stand before the item.
  return [{ offset: at, length: end - at, content: item }, ...comma];
}

const withoutComments = (text: string) => text.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '');

/** How many objects and lists are around it. A property's own node is none. */
const depthOf = (node: Node): number => {
  let depth = 0;
  for (let at = node.parent; at; at = at.parent) if (at.type !== 'property') depth++;
  return depth;
};

const written = (text: string, value: unknown, depth: number): string => {
  const [first = '', ...rest] = JSON.stringify(value, null, stepOf(text)).split('\n');
  return [first, ...rest.map((line) => `${stepOf(text).repeat(depth)}${line}`)].join(eolOf(text));
};

/** The later ones first, so that the others' places hold. */
const edited = (text: string, edits: readonly Edit[]): string =>
  edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce((now, { offset, length, content }) => now.slice(0, offset) + content + now.slice(offset + length), text);

export const eolOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

/** Indented as the file is. */
const stepOf = (text: string) => /^([ \t]+)["\]}]/m.exec(text)?.[1] ?? '  ';
