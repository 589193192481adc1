/** Certificates of a private authority, made by openssl. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Authority {
  /** The path of its own certificate. */
  readonly ca: string;
  /** Issues a certificate for a DNS name; `cert` and `key` are paths below the authority's folder. */
  issue(file: string, dnsName: string): { readonly cert: string; readonly key: string };
}

const openssl = (args: readonly string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export function createAuthority(folder: string, name: string): Authority {
  const path = (file: string) => join(folder, `${name}-${file}`);
  const ca = path('ca.pem');
  const subject = ['-subj', `/CN=Test authority ${name}`, '-days', '2'];
  openssl(['req', '-x509', ...NEW_KEY, '-keyout', path('ca.key'), '-out', ca, ...subject]);
  return {
    ca,
    issue(file, dnsName) {
      const [cert, key, request, extensions] = ['pem', 'key', 'csr', 'ext'].map((ending) =>
        path(`${file}.${ending}`),
      ) as [string, string, string, string];
      openssl(['req', ...NEW_KEY, '-keyout', key, '-out', request, '-subj', `/CN=${dnsName}`]);
      writeFileSync(extensions, `subjectAltName=DNS:${dnsName}\n`);
      const issuer = ['-CA', ca, '-CAkey', path('ca.key'), '-CAcreateserial', '-days', '2'];
      openssl(['x509', '-req', '-in', request, ...issuer, '-extfile', extensions, '-out', cert]);
      return { cert, key };
    },
  };
}
