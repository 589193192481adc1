/** The public interface of the domain keys. */
export { findActiveRoles } from './active-roles.ts';
export { Authenticator, KeyCache } from './authenticator.ts';
export { deleteKeys, findDeletableKeys, KEY_DELETION_PAGE } from './delete-keys.ts';
export { Key, type KeyRow } from './entity.ts';
export { keyHandlers } from './handlers.ts';
export { KeyService } from './service.ts';
export { toMeView } from './view.ts';
