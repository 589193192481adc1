/** The public interface of the domain oauth. */
export { Connections } from './connections.ts';
export { ConsentService } from './consent-service.ts';
export { OAuthRecord } from './entity.ts';
export { oauthHandlers } from './handlers.ts';
export { OAuthRecords } from './records.ts';
