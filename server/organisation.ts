/** The sign-in with an organisation's account, put together from its settings, its protocol and the web sessions. */
import type { Config } from './config.ts';
import { toOrganisationSettings } from './config-organisation.ts';
import { type PersonSignIn, signInPerson } from './domains/sign-in/index.ts';
import {
  createOrganisationSignIn,
  ORGANISATION_SIGN_IN,
  type OrganisationOptions,
} from './interfaces/organisation/endpoint.ts';

/** `path` is where browsers begin; null while no provider is set. */
export const composeOrganisation = (
  config: Config,
  { limits, log, ...access }: Pick<OrganisationOptions, 'limits' | 'log'> & PersonSignIn,
) => ({
  path: config.organisationIssuer === '' ? null : ORGANISATION_SIGN_IN,
  handle: createOrganisationSignIn({
    settings: toOrganisationSettings(config),
    config,
    limits,
    log,
    signIn: (person, client) => signInPerson(access, person, client),
  }),
});
