/**
 * Validates responses, in development and in tests. The validator walks through all paths of its document for each response
 * that an operation defines, so each path gets a validator of its own, created on first use.
 */
import type { RequestHandler } from 'express';
import { getMatchedOperation } from '../find-operation.ts';
import { createValidator } from './adapter.ts';
import { buildValidationDocument } from './document.ts';

const validators = new Map<string, RequestHandler>();

/** Validates the response that the operation will send; an invalid one becomes a 500. */
export const validateResponses: RequestHandler = (request, response, next) => {
  const operation = getMatchedOperation(request);
  if (!operation) return next();
  const { openApiRoute, pathParams } = operation;
  const validate = validators.get(openApiRoute) ?? createResponseValidator(openApiRoute);
  validators.set(openApiRoute, validate);
  validate(request, response, (error) => {
    // The validator has parsed the path again, and left its parameters as text.
    operation.pathParams = pathParams;
    next(error);
  });
};

const createResponseValidator = (path: string): RequestHandler =>
  createValidator(
    buildValidationDocument((each) => each === path, 'responses'),
    { validateRequests: false, validateSecurity: false, validateResponses: true },
  );
