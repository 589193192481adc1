/** The public interface of the domain keys. */
export { findActiveRoles } from './active-roles.ts';
export { Authenticator, KeyCache } from './authenticator.ts';
export { Connection, type ConnectionRow } from './connection-entity.ts';
export { deleteKeys, findDeletableKeys, KEY_DELETION_PAGE } from './delete-keys.ts';
export { Key, type KeyRow } from './entity.ts';
export { keyHandlers } from './handlers.ts';
export { lockKey, lockValidCaller } from './locks.ts';
export { publishKeyEvent, revokeWithWebSessions } from './revoke-keys.ts';
export { isValid, type KeyCreate, requireMintable } from './rules.ts';
export { type CreatedKey, KeyService } from './service.ts';
export { toMeView, toNewKeyView } from './view.ts';
