import express, { type Express, type RequestHandler } from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { contract } from '../../contract.ts';
import { createContractValidator } from './requests.ts';

/** An app that sends this response to every valid request. */
function createRespondingApp(status: number, body: object, withResponses = true): Express {
  const respond: RequestHandler = (_request, response) => void response.status(status).json(body);
  return express().use(createContractValidator(withResponses), respond);
}

const version = (contract['info'] as { version: string }).version;
const getStatus = async (app: Express) => (await request(app).get('/healthz')).status;

test('a response that the contract defines is sent', async () => {
  expect(await getStatus(createRespondingApp(200, { status: 'ok', version }))).toBe(200);
});

test.each([
  ['a missing field', 200, { status: 'ok' }],
  ['a value of another type', 200, { status: 'ok', version: 1 }],
  ['a status that the operation does not define', 202, { status: 'ok', version }],
])('%s is a server error where responses are validated, and sent where they are not', async (_what, status, body) => {
  expect(await getStatus(createRespondingApp(status, body))).toBe(500);
  expect(await getStatus(createRespondingApp(status, body, false))).toBe(status);
});
