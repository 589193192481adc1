/** Names the device of a web session, so that a person finds the lost phone among the browsers that are signed in. */
import Bowser from 'bowser';

/** Longer ones are made to cost time. */
const MAX_USER_AGENT = 400;
const MAX_NAME = 60;

/**
 * The browser and the operating system of a User-Agent, for example `Safari on iOS`; null when it names neither. A help for
 * the eye only: whoever signs in can claim anything.
 */
export function describeDevice(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, MAX_USER_AGENT));
  const names = [browser.name, os.name].map(toPlainName).filter((name) => name !== '');
  return names.length === 0 ? null : names.join(' on ');
}

/** An unknown browser is named by its own words: only what every page and terminal shows as it is. */
const toPlainName = (name = ''): string =>
  name
    .replace(/[^\w .+-]/g, '')
    .trim()
    .slice(0, MAX_NAME);
