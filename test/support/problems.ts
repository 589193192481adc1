/** Asserts the form that every error response must have. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'vitest';
import { readProblems } from '../../openapi/bundle.ts';
import type { components } from '../../openapi/generated/types.ts';
import { toSchemaName } from '../../openapi/problem-kinds.ts';
import { contract } from '../../server/platform/contract.ts';
import type { RawResponse } from './raw-request.ts';
import { inlineRefs } from './schemas.ts';

type Problem = components['schemas']['Problem'];

const catalogue = readProblems();
const schemas = (contract['components'] as { schemas: Record<string, object> }).schemas;
const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));
const validate = ajv.compile<Problem>(inlineRefs(schemas['Problem'] as never));
/** The kinds with members of their own. */
const validateKind = new Map(
  Object.keys(catalogue)
    .filter((kind) => toSchemaName(kind) in schemas)
    .map((kind) => [`/problems/${kind}`, ajv.compile(inlineRefs(schemas[toSchemaName(kind)] as never))]),
);

/** Asserts that the response is a problem with this status as the contract documents it, and returns it. */
export function expectProblem(answer: Pick<RawResponse, 'status' | 'headers' | 'text'>, status: number): Problem {
  expect(answer).toMatchObject({ status });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(;|$)/);
  const problem: unknown = JSON.parse(answer.text);
  if (!validate(problem)) expect(validate.errors).toEqual([]);
  const validateMembers = validateKind.get((problem as Problem).type);
  if (validateMembers && !validateMembers(problem)) expect(validateMembers.errors).toEqual([]);
  expect(problem).toMatchObject({ status, instance: answer.headers['x-request-id'] });
  if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
  if (status === 503) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  return problem as Problem;
}
