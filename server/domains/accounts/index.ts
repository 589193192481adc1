/** The public interface of the domain accounts. */
export { Account, type AccountRow } from './entity.ts';
export { accountHandlers } from './handlers.ts';
export { AccountService } from './service.ts';
