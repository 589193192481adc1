/** Asserts the form that every error response must have. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import type { components } from '../../openapi/generated/types.ts';
import { contract } from '../../server/platform/contract.ts';
import type { RawResponse } from './raw-request.ts';
import { inlineRefs } from './schemas.ts';

type Problem = components['schemas']['Problem'];

const schemas = (contract['components'] as { schemas: Record<string, object> }).schemas;
const validate = formats
  .default(new Ajv2020({ strict: false, allErrors: true }))
  .compile<Problem>(inlineRefs(schemas['Problem'] as never));

/** Asserts that the response is a problem with this status as the contract documents it, and returns it. */
export function expectProblem(answer: Pick<RawResponse, 'status' | 'headers' | 'text'>, status: number): Problem {
  expect(answer).toMatchObject({ status });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(;|$)/);
  const problem: unknown = JSON.parse(answer.text);
  if (!validate(problem)) expect(validate.errors).toEqual([]);
  expect(problem).toMatchObject({ status, instance: answer.headers['x-request-id'] });
  if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  if (status === 503) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  return problem as Problem;
}
