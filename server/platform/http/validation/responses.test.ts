import express, { type Express, type RequestHandler } from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { contract } from '../../contract.ts';
import { createContractValidator } from './requests.ts';

/** All that the contract lets through is answered with this. */
function answering(status: number, body: object, withAnswers = true): Express {
  const answer: RequestHandler = (_request, response) => void response.status(status).json(body);
  return express().use(createContractValidator(withAnswers), answer);
}

const version = (contract['info'] as { version: string }).version;
const ask = async (app: Express) => (await request(app).get('/healthz')).status;

test('an answer that the contract has is sent', async () => {
  expect(await ask(answering(200, { status: 'ok', version }))).toBe(200);
});

test.each([
  ['a field that is missing', 200, { status: 'ok' }],
  ['a value of another type', 200, { status: 'ok', version: 1 }],
  ['a status that the operation does not have', 202, { status: 'ok', version }],
])(
  '%s is a failure of the server where answers are checked, and sent where they are not',
  async (_what, status, body) => {
    expect(await ask(answering(status, body))).toBe(500);
    expect(await ask(answering(status, body, false))).toBe(status);
  },
);
