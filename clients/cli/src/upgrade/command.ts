import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { compareVersions } from '../install/compare-versions.ts';
import { downloadPackage } from '../install/download.ts';
import { keepVersion, readKeptVersion } from '../install/kept-copy.ts';

export const command = defineCommand({
  summary: "Upgrade the copy that this machine's connections start",
  description: [
    'Gets the version of the server from the server, and lets all connections start it. No file of an agent changes. A program of a',
    'clone is upgraded there: git pull && make build.',
  ].join('\n'),
  options: { check: { type: 'flag', summary: 'tell whether there is a newer version, and change nothing' } },
  examples: [['fleetbeat upgrade', 'After the server was upgraded']],
  run: async (call) => {
    const { url } = call.settings();
    const kept = readKeptVersion(call.environment);
    if (kept === null)
      throw new Failure(
        'No copy is kept on this machine',
        EXIT.notFound,
        'It belongs to a clone (git pull && make build) or to npm',
      );
    const { version } = await (await call.fleetbeat({ url, key: null })).server.live();
    const isNewer = compareVersions(version, kept) > 0;
    if (isNewer && !call.options.check) keepVersion(call.environment, version, await downloadPackage(url, version));
    const done = isNewer && !call.options.check;
    call.print({ kept, server: version, upgraded: done }, () => {
      if (done) return `Upgraded from ${kept} to ${version}. Agents use it from their next start`;
      return isNewer ? `${version} is newer than ${kept}: fleetbeat upgrade` : `${kept} is up to date`;
    });
  },
});
