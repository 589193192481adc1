/** The addresses of the dashboard's pages. */

/** First parts of the paths that are pages; the server answers these with the application (server/platform/http/dashboard.ts). */
export const PAGES = [
  '',
  'audit',
  'connect',
  'keys',
  'messages',
  'programs',
  'sessions',
  'settings',
  'tasks',
  'webhooks',
] as const;

/** Whether a path belongs to the application, and not to the API or its reference. */
export const isPage = (path: string): boolean => PAGES.some((page) => page === path.split('/')[1]);

/** The same, as a pattern for the links that are followed without loading a page. */
export const PAGE_LINK = new RegExp(`^/(?:${PAGES.filter(Boolean).join('|')})?(?:[/?#]|$)`);

export const sessionPath = (sessionId: string): string => `/sessions/${encodeURIComponent(sessionId)}`;
export const programPath = (programId: string): string => `/programs/${encodeURIComponent(programId)}`;
export const taskPath = (taskId: string): string => `/tasks/${encodeURIComponent(taskId)}`;
export const webhookPath = (webhookId: string): string => `/webhooks/${encodeURIComponent(webhookId)}`;
