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

const made = new Map<string, RequestHandler>();

export const checkAnswers: RequestHandler = (request, response, next) => {
  const validated = request as Validated;
  const { openApiRoute, pathParams } = validated.openapi;
  const validate = made.get(openApiRoute) ?? answersAt(openApiRoute);
  made.set(openApiRoute, validate);
  validate(request, response, (error) => {
    // It has read the path anew, and all of it as text.
    validated.openapi.pathParams = pathParams;
    next(error);
  });
};

const answersAt = (path: string): RequestHandler =>
  validating(
    validatedDocument((each) => each === path, 'answers'),
    { validateRequests: false, validateSecurity: false, validateResponses: true },
  );
