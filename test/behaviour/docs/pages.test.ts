/** The pages that the server itself has for people lead to one another. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problems } from '../../../openapi/bundle.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const linksOf = (text: string) =>
  [...text.matchAll(/\]\((\/[^)]+)\)|href="(\/[^"]+)"/g)].map(([, a, b]) => a ?? b ?? '');

test('the API reference leads to a page that says what a problem means', async () => {
  const { info } = (await house.admin.server.document()) as { info: { description: string } };
  const links = linksOf(info.description);
  expect(links).toContainEqual(expect.stringMatching(/^\/problems\//));
  for (const link of links) expect((await fetch(`${house.url}${link}`)).status, link).toBe(200);
});

test('every problem has a page, which leads to the API reference', async () => {
  for (const kind of Object.keys(problems())) {
    expect(linksOf(await house.admin.server.problem(kind)), kind).toContain('/docs');
  }
});
