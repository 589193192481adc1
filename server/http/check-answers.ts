/**
 * In development and in tests answers are held to the contract too. For each answer that an operation may give the validator
 * walks through all paths that it was shown, so each path has one of its own, made when the path is first called.
 */
import type { Request, RequestHandler } from 'express';
import { validatedDocument } from './validated-document.ts';
import { validating } from './validating.ts';

interface Validated extends Request {
  /** What the check of the request has found. */
  readonly openapi: { readonly openApiRoute: string; pathParams: unknown };
}

export function checkAnswers(): RequestHandler {
  const validators = new Map<string, RequestHandler>();
  const validatorAt = (path: string): RequestHandler => {
    const known = validators.get(path);
    if (known) return known;
    const document = validatedDocument((each) => each === path, 'answers');
    const made = validating(document, { validateRequests: false, validateSecurity: false, validateResponses: true });
    validators.set(path, made);
    return made;
  };
  return (request, response, next) => {
    const validated = request as Validated;
    const { openApiRoute, pathParams } = validated.openapi;
    validatorAt(openApiRoute)(request, response, (error) => {
      // It has read the path anew, and all of it as text.
      validated.openapi.pathParams = pathParams;
      next(error);
    });
  };
}
