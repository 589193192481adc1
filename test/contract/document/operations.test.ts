import { describe, expect, test } from 'vitest';
import { contract, operations } from '../../../server/platform/contract.ts';
import { ROLES } from '../../support/callers.ts';
import { getExamples, type MediaType, rawOperation, requestMedia } from '../../support/schemas.ts';

const TAGS = ((contract['tags'] ?? []) as { name: string }[]).map((tag) => tag.name);

test('operation names are unique', () => {
  expect(new Set(operations.map((each) => each.operationId)).size).toBe(operations.length);
});

test('the contract has the expected tags', () => {
  expect(TAGS).toEqual(expect.arrayContaining(['Pulse', 'Program State', 'Keys', 'Server']));
});

describe.each(operations.map((each) => [each.operationId, each] as const))('%s', (_name, operation) => {
  test('has a camelCase name', () => {
    expect(operation.operationId).toMatch(/^[a-z][a-zA-Z0-9]*$/);
  });

  test('has a summary of one sentence, and a description', () => {
    expect(operation.summary).toMatch(/^[A-Z][^.!?]*\.$/);
    expect(operation.description.trim().length).toBeGreaterThan(20);
  });

  test('has one known tag', () => {
    expect(rawOperation(operation)['tags']).toEqual([expect.toBeOneOf(TAGS)]);
  });

  test('names the roles that may call it, unless it takes a key or a code in its body or only describes the server', () => {
    if (['signIn', 'redeemInvitation'].includes(operation.operationId)) return expect(operation.roles).toBeNull();
    if (operation.roles === null) return expect(operation).toMatchObject({ tag: 'Server', method: 'get' });
    expect(operation.roles).not.toHaveLength(0);
    for (const role of operation.roles ?? []) expect(ROLES).toContain(role);
  });

  test('accepts a cookie for the same roles as a key', () => {
    const schemes = operation.roles === null ? [] : ['key', 'cookie', 'cookieOverHttp'];
    expect(rawOperation(operation)['security']).toEqual(schemes.map((scheme) => ({ [scheme]: operation.roles })));
  });

  test('documents every status that any request can get', () => {
    const documented = Object.keys(operation.responses);
    expect(documented).toContain('400');
    if (operation.roles) expect(documented).toEqual(expect.arrayContaining(['401', '500', '503']));
    // With a cookie, a write may be refused as forged.
    const mayBeForged = operation.method !== 'get';
    if (operation.roles && (mayBeForged || ROLES.some((role) => !operation.roles?.includes(role)))) {
      expect(documented).toContain('403');
    }
    if (operation.body) expect(documented).toEqual(expect.arrayContaining(['413', '415']));
  });

  test('returns a problem document for every error', () => {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (status >= '400') expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
    }
  });

  test('has an example of its request and of each response', () => {
    const media = requestMedia(operation);
    if (operation.body) expect(getExamples(media as MediaType)).not.toHaveLength(0);
    for (const { content = {} } of Object.values(operation.responses)) {
      for (const answer of Object.values(content)) expect(getExamples(answer as MediaType)).not.toHaveLength(0);
    }
  });
});
