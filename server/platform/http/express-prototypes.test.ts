import { createServer } from 'node:http';
import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { getMessageClasses } from './express-prototypes.ts';

test('requests and answers come with the prototypes that Express would give them', async () => {
  const app = express().get('/', (from, answer) => void answer.json({ query: from.query, ip: typeof from.ip }));
  const prototypes: unknown[] = [];
  const server = createServer(getMessageClasses(app), (from, answer) => {
    prototypes.push(Object.getPrototypeOf(from), Object.getPrototypeOf(answer));
    app(from as never, answer as never);
    prototypes.push(Object.getPrototypeOf(from), Object.getPrototypeOf(answer));
  });
  const { body } = await request(server).get('/?a=1');
  expect(body).toEqual({ query: { a: '1' }, ip: 'string' });
  const [request0, answer0, ...after] = prototypes;
  expect(after[0]).toBe(request0);
  expect(after[1]).toBe(answer0);
});

test('an app has one pair of classes', () => {
  const app = express();
  expect(getMessageClasses(app)).toBe(getMessageClasses(app));
  expect(getMessageClasses(express()).IncomingMessage).not.toBe(getMessageClasses(app).IncomingMessage);
});
