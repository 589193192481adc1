/** What the rest of the server may use of accounts. */
export { Account, type AccountRow } from './entity.ts';
export { accountHandlers } from './handlers.ts';
export { AccountService } from './service.ts';
