import supertest from 'supertest';

/** Plain HTTP requests with a key. */
export function createHttpAgent(url: string, key: string) {
  const agent = supertest.agent(url);
  agent.set('Authorization', `Bearer ${key}`);
  return agent;
}
