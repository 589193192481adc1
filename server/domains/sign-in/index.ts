/** The public interface of the domain sign-in. */

export { describeDevice } from './device.ts';
export { WebSession } from './entity.ts';
export { signInHandlers } from './handlers.ts';
export { type PersonSignIn, signInPerson } from './people.ts';
export { type OpenedWebSession, type SignedIn, SignInService } from './service.ts';
export { toSignedInResponse } from './view.ts';
export { WebSessionCache } from './web-session-cache.ts';
