import { expect, test } from 'vitest';
import { DASHBOARD_PAGES } from '../../../server/platform/http/dashboard.ts';
import { isPage, PAGE_LINK, PAGES, programPath, sessionPath } from './routes.ts';

test('the server answers with the dashboard for exactly its pages', () => {
  expect([...DASHBOARD_PAGES]).toEqual([...PAGES]);
});

test.each(['/', '/tasks', '/sessions/builder-session-1', '/programs/a.b:c/x'])('%s is a page', (path) => {
  expect(isPage(path)).toBe(true);
  expect(PAGE_LINK.test(path)).toBe(true);
  expect(PAGE_LINK.test(`${path}?state=blocked`)).toBe(true);
});

test.each(['/v1/me', '/docs', '/tasksheet', '/openapi.json', '/metrics'])('%s is no page', (path) => {
  expect(isPage(path)).toBe(false);
  expect(PAGE_LINK.test(path)).toBe(false);
});

test('an id with any allowed character makes a valid path', () => {
  expect(isPage(sessionPath('a:b.c_d-e'))).toBe(true);
  expect(programPath('a:b')).toBe('/programs/a%3Ab');
});
