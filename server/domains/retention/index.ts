/** The public part of the retention domain: what bounds the growth of the tables. */
export { describeCaps } from './caps.ts';
export { EndedRowRetention } from './ended-rows.ts';
export { RemovalJob } from './removal-job.ts';
