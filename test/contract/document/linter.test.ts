import { expect, test } from 'vitest';
import { bundleDocument, countLintFindings } from '../../../openapi/bundle.ts';
import { contract } from '../../../server/platform/contract.ts';

test('the strict linter finds nothing in the contract', async () => {
  expect(await countLintFindings()).toBe(0);
});

test('the bundled document is what the hand-written files say', async () => {
  expect(await bundleDocument()).toEqual(contract);
});
