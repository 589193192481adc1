/** The parts of a page that a program writes, between `<!-- name -->` and `<!-- /name -->`; pure. */

/** The text between the marks of a part. Throws when the page has none. */
export function readSection(page: string, name: string): string {
  const [, text] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`).exec(page) ?? [];
  if (text === undefined) throw new Error(`The page has no part <!-- ${name} -->`);
  return text.trim();
}

/** The page with the parts put in; one that is null stays as it is, for nothing newer is known. */
export function replaceSections(page: string, parts: Readonly<Record<string, string | null>>): string {
  return Object.entries(parts).reduce((whole, [name, text]) => {
    const before = readSection(whole, name);
    const marked = (within: string) => `<!-- ${name} -->\n${within}\n<!-- /${name} -->`;
    return text === null ? whole : whole.replace(marked(`\n${before}\n`), () => marked(`\n${text}\n`));
  }, page);
}
