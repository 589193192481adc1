/**
 * How many attempts may run at once in this process. An attempt at an endpoint that says nothing takes ten seconds, so
 * one account has a share only, and each account without any gets its first from a reserve: however many endpoints of
 * others hang, the next account's delivery starts at once.
 */
import { FairPool } from '../../platform/fair-pool.ts';

export const createDeliverySlots = (): FairPool => new FairPool({ limit: 256, perOwner: 16, reserve: 256 });
