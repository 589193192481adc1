import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../../../openapi/operations.ts';
import { operations } from '../../../server/platform/contract.ts';
import { getExamples, inlineRefs, type MediaType, requestMedia } from '../../support/schemas.ts';

const ajv = formats.default(new Ajv2020({ strict: false, allErrors: true }));

function expectValid(schema: JsonSchema, value: unknown): void {
  const validate = ajv.compile(inlineRefs(schema));
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

test.each(operations)('the examples of $operationId keep to its schemas', (operation) => {
  const answers = Object.values(operation.responses).flatMap(
    ({ content = {} }) => Object.values(content) as MediaType[],
  );
  const request = requestMedia(operation);
  for (const media of request ? [request, ...answers] : answers) {
    for (const example of getExamples(media)) expectValid(media.schema, example);
  }
  for (const { schema, example } of operation.parameters as readonly Pick<MediaType, 'schema' | 'example'>[]) {
    if (example !== undefined) expectValid(schema, example);
    if (schema['default'] !== undefined) expectValid(schema, schema['default']);
  }
});

test('the example of an error has the status that it documents', () => {
  for (const { responses } of operations) {
    for (const [status, { content = {} }] of Object.entries(responses)) {
      const media = content['application/problem+json'] as MediaType | undefined;
      for (const example of media ? getExamples(media) : []) expect(example).toMatchObject({ status: Number(status) });
    }
  }
});
