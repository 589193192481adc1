/** The public interface of the domain sign-in. */
export { WebSession } from './entity.ts';
export { signInHandlers } from './handlers.ts';
export { SignInService } from './service.ts';
export { WebSessionCache } from './web-session-cache.ts';
