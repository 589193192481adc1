/**
 * In development and in tests answers are held to the contract too. For each answer that an operation may give the validator
 * walks through all paths that it was shown, so each path has one of its own, made when the path is first called.
 */
import type { RequestHandler } from 'express';
import { getMatchedOperation } from '../matched-operation.ts';
import { createValidator } from './adapter.ts';
import { buildValidationDocument } from './document.ts';

const validators = new Map<string, RequestHandler>();

export const validateResponses: RequestHandler = (request, response, next) => {
  const operation = getMatchedOperation(request);
  if (!operation) return next();
  const { openApiRoute, pathParams } = operation;
  const validate = validators.get(openApiRoute) ?? createResponseValidator(openApiRoute);
  validators.set(openApiRoute, validate);
  validate(request, response, (error) => {
    // It has read the path anew, and all of it as text.
    operation.pathParams = pathParams;
    next(error);
  });
};

const createResponseValidator = (path: string): RequestHandler =>
  createValidator(
    buildValidationDocument((each) => each === path, 'answers'),
    { validateRequests: false, validateSecurity: false, validateResponses: true },
  );
