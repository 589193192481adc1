/**
 * One rule for the values of enums, so that nobody has to look them up: lower-case words, joined by hyphens. An event is its subject and what happened to
 * it, with a dot between; names of fields and paths of problems are spelled as these are. The kinds of messages are in capitals, as performatives of agents
 * are by convention (KQML, FIPA ACL): they stand in the text that models read.
 */
import { expect, test } from 'vitest';
import { walkAllSchemas } from '../../support/schemas.ts';

const WORDS = /^[a-z]+(-[a-z]+)*$/;
const EVENT = /^[a-z]+\.[a-z]+$/;
const PROBLEM = /^\/problems\/[a-z]+(-[a-z]+)*$/;
/** Values that name something which is spelled otherwise, by the place of their schema. */
const NAMES: Readonly<Record<string, RegExp>> = {
  '/schemas/MessageKind': /^[A-Z]+$/,
  '/schemas/StateVersion/properties/sections/items': /^[a-z]+([A-Z][a-z]+)*$/,
  '/schemas/ServerIndex/properties/name': /^Fleetbeat$/,
  // A duration, as in settings.
  '/fleet/history/get/parameters/0/schema': /^\d+[hd]$/,
};

test('the values of an enum are lower-case words joined by hyphens, and events have a dot', () => {
  const enums = [...walkAllSchemas()].flatMap(({ at, schema }) =>
    [schema['enum'] ?? schema['const'] ?? []].flat().map((value: unknown) => ({ at, value })),
  );
  const odd = enums.filter(({ at, value }) => {
    if (typeof value !== 'string') return false;
    const own = Object.entries(NAMES).find(([place]) => at.endsWith(place))?.[1];
    return own ? !own.test(value) : ![WORDS, EVENT, PROBLEM].some((rule) => rule.test(value));
  });
  expect(enums.length).toBeGreaterThan(200);
  expect(odd).toEqual([]);
});
