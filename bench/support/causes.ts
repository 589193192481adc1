/** What the page of the benches says beside the figures. */

export const PREFACE = `# Benches

Each file here is a question. Each answer is a ratio, measured in one run on one machine against something that does the
bare minimum in the same process model: a process of its own, the same load generator, the same database server, the same
durability. The sides take turns, round by round, so that a noisy moment hits them all; a ratio is the median of the
rounds' ratios.

\`\`\`sh
make bench          # all of them, an hour at most; writes this page
make bench-quick    # the same, shorter and rougher, in less than three minutes; prints only
make profile        # where the server's time goes under heartbeats
npx tsx bench/heartbeats.ts --seconds 3 --rounds 5 --connections 64 --database sqlite --database mysql://root@127.0.0.1:3306
\`\`\`

\`make bench\` uses the MySQL server that BENCH_MYSQL_URL names and the MariaDB server that BENCH_MARIADB_URL names, in
databases that it makes and drops; where none is named it starts one that it finds, and leaves out what it does not find.
The server that is measured is the built one, with NODE_ENV=production and every setting at its default. One agent is one
connection with a program, a key and a session of its own, and sends its next request when the last is answered.

The load generator (\`support/load-process.ts\`) speaks HTTP over bare sockets and times in nanoseconds. Generators from the
registry count latency in whole milliseconds, which is too coarse for one connection, and take more of the machine than
the floors do.

Floor (a), \`floors/one-update.ts\`: Express 5 and one prepared UPDATE for each request, with no validation, rights or record.
Floor (b), \`floors/validator-only.ts\`: Express 5 and express-openapi-validator with the same document, which answers at once
and keeps nothing.`;

/** Of each bench: what is known of why a goal is not met, as Markdown. */
export const CAUSES: Readonly<Record<string, string>> = {};
