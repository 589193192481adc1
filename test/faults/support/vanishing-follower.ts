/**
 * A follower whose machine loses power. Its socket is closed in repair mode (TCP_REPAIR), so the server gets neither FIN nor
 * RST, and only a later packet is answered with a reset.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PROGRAM = `
use Socket;
my ($port, $key) = @ARGV;
socket(my $s, PF_INET, SOCK_STREAM, 0) or die "socket: $!";
connect($s, sockaddr_in($port, INADDR_LOOPBACK)) or die "connect: $!";
syswrite($s, "GET /v1/events HTTP/1.1\\r\\nHost: localhost\\r\\nAuthorization: Bearer $key\\r\\n\\r\\n");
my $seen = '';
while ($seen !~ /^id: /m) { sysread($s, $seen, 4096, length $seen) or die "no stream: $seen"; }
$| = 1; print "following\\n";
<STDIN>;
setsockopt($s, 6, 19, pack('i', 1)) or die "TCP_REPAIR: $!";
close($s); print "gone\\n";
`;

export interface VanishingFollower {
  /** Resolves when the connection is gone without a packet. */
  disconnectSilently(): Promise<void>;
}

/** Resolves when it follows. Throws without Perl or the needed privilege: then the test can't run. */
export async function startVanishingFollower(baseUrl: string, key: string): Promise<VanishingFollower> {
  const child = spawn('perl', ['-e', PROGRAM, new URL(baseUrl).port, key], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let errorOutput = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errorOutput += text;
  });
  const ended = new Promise<never>((_resolve, reject) => {
    const fail = (why: string) => reject(new Error(`This test cannot run here: ${why}`));
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`perl ended with ${code}: ${errorOutput}`));
  });
  ended.catch(() => undefined);
  const waitForOutput = async (word: string) => {
    while (!output.includes(word)) await Promise.race([once(child.stdout, 'data'), ended]);
  };
  await waitForOutput('following');
  return {
    async disconnectSilently() {
      child.stdin.end('\n');
      await waitForOutput('gone');
    },
  };
}
