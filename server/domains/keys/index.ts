/** The public interface of the domain keys. */
export { findActiveRoles } from './active-roles.ts';
export { Authenticator } from './authenticator.ts';
export { Key, type KeyRow } from './entity.ts';
export { keyHandlers } from './handlers.ts';
export { KeyCache } from './key-cache.ts';
export { KeyService } from './service.ts';
export { toMeView } from './view.ts';
