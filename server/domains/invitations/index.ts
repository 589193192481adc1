/** The public interface of the domain invitations. */
export { Invitation } from './entity.ts';
export { invitationHandlers } from './handlers.ts';
export { withdrawOfBrowsers } from './queries.ts';
export { RedemptionService } from './redemption-service.ts';
export { InvitationService } from './service.ts';
