import { expect, test } from 'vitest';
import { bundled, findings } from '../../../openapi/bundle.ts';
import { contract } from '../../../server/platform/contract.ts';

test('the strict linter finds nothing in the contract', async () => {
  expect(await findings()).toBe(0);
});

test('the bundled document is what the hand-written files say', async () => {
  expect(await bundled()).toEqual(contract);
});
