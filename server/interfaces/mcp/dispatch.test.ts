import express from 'express';
import { expect, test } from 'vitest';
import type { Principal } from '../../platform/principal.ts';
import { dispatch } from './dispatch.ts';

const principal = {} as Principal;
const request = { method: 'GET', url: '/', headers: {}, body: undefined };

test('an answer of the app is returned whole', async () => {
  const app = express().use((_request, response) => void response.status(201).send('made'));
  expect(await dispatch(app, principal, request)).toEqual({ status: 201, body: 'made' });
});

test('a response that the app destroys is an error, and not a wait without end', async () => {
  const app = express().use((_request, response) => void response.destroy());
  await expect(dispatch(app, principal, request)).rejects.toThrow('closed');
});
