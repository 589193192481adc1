/** The pages that the server itself has for people lead to one another. */
import { expect, test } from 'vitest';
import { readProblems } from '../../../openapi/bundle.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const extractLinks = (text: string) =>
  [...text.matchAll(/\]\((\/[^)]+)\)|href="(\/[^"]+)"/g)].map(([, a, b]) => a ?? b ?? '');

test('the API reference leads to a page that says what a problem means', async () => {
  const { info } = (await server.admin.server.document()) as { info: { description: string } };
  const links = extractLinks(info.description);
  expect(links).toContainEqual(expect.stringMatching(/^\/problems\//));
  for (const link of links) expect((await fetch(`${server.url}${link}`)).status, link).toBe(200);
});

test('every problem has a page, which leads to the API reference', async () => {
  for (const kind of Object.keys(readProblems())) {
    const page = await server.admin.server.problem(kind);
    const hrefs = [...page.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
    const paths = hrefs.map((href) => new URL(href, `${server.url}/problems/${kind}`).pathname);
    expect(paths, kind).toContain('/docs');
  }
});
