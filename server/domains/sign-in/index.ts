/** What the rest of the server may use of sign-in. */
export { WebSession } from './entity.ts';
export { signInHandlers } from './handlers.ts';
export { SignInService } from './service.ts';
export { WebSessionCache } from './web-session-cache.ts';
