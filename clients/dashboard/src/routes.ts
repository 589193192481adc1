/** The URLs of the dashboard's pages. */

/** First path segments that are pages; the server serves the application for them (server/platform/http/dashboard.ts). */
export const PAGES = [
  '',
  'audit',
  'connect',
  'consent',
  'keys',
  'messages',
  'programs',
  'sessions',
  'settings',
  'tasks',
  'webhooks',
] as const;

/** Whether a path is a page of the application, not the API or its reference. */
export const isPage = (path: string): boolean => PAGES.some((page) => page === path.split('/')[1]);

/** The same as a pattern, for links that the client-side router handles. */
export const PAGE_LINK = new RegExp(`^/(?:${PAGES.filter(Boolean).join('|')})?(?:[/?#]|$)`);

/** The keys of the account, or of one program. */
export const keysPath = (programId: string | null = null): string =>
  programId === null ? '/keys' : `/keys?program=${encodeURIComponent(programId)}`;
export const sessionPath = (sessionId: string): string => `/sessions/${encodeURIComponent(sessionId)}`;
export const programPath = (programId: string): string => `/programs/${encodeURIComponent(programId)}`;
export const taskPath = (taskId: string): string => `/tasks/${encodeURIComponent(taskId)}`;
export const webhookPath = (webhookId: string): string => `/webhooks/${encodeURIComponent(webhookId)}`;
