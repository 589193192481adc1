import { createServer } from 'node:http';
import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { getMessageClasses } from './express-overhead.ts';

test('requests and responses have the prototypes that Express would give them', async () => {
  const app = express().get(
    '/',
    (received, response) => void response.json({ query: received.query, ip: typeof received.ip }),
  );
  const prototypes: unknown[] = [];
  const server = createServer(getMessageClasses(app), (received, response) => {
    prototypes.push(Object.getPrototypeOf(received), Object.getPrototypeOf(response));
    app(received as never, response as never);
    prototypes.push(Object.getPrototypeOf(received), Object.getPrototypeOf(response));
  });
  const { body } = await request(server).get('/?a=1');
  expect(body).toEqual({ query: { a: '1' }, ip: 'string' });
  const [requestPrototype, responsePrototype, ...after] = prototypes;
  expect(after[0]).toBe(requestPrototype);
  expect(after[1]).toBe(responsePrototype);
});

test('an app has one pair of classes', () => {
  const app = express();
  expect(getMessageClasses(app)).toBe(getMessageClasses(app));
  expect(getMessageClasses(express()).IncomingMessage).not.toBe(getMessageClasses(app).IncomingMessage);
});
