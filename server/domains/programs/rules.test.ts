import { expect, test } from 'vitest';
import { highestRole } from './rules.ts';

test('the role with the most rights, in whichever order; none of none', () => {
  expect(highestRole(['program', 'admin', 'auditor'])).toBe('admin');
  expect(highestRole(['operator', 'program'])).toBe('operator');
  expect(highestRole(['program', 'auditor'])).toBe('auditor');
  expect(highestRole(['program'])).toBe('program');
  expect(highestRole([])).toBeNull();
});
