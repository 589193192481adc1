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
and keeps nothing.

## The hot path: what cost most, and what was done

Found and changed, each measured before and after in one run, in processor time of the server for one heartbeat at 64
connections:

1. **Express.** When a request arrives \`app.handle\` gives it and its answer another prototype, and V8 handles each as an
   object of its own kind from then on (expressjs/express#5998). On the machine of the heartbeats below a bare route takes
   182 µs so, where Node's own server takes 39; with objects that are born with that prototype it takes 70
   (\`server/http/messages.ts\`). That was a third of a heartbeat. The floors keep Express as everybody starts it.
2. **The database.** One transaction for each update took four statements and a sync each; updates that wait now share one
   (group commit), bare heartbeats of a batch are one UPDATE of two columns, what waits for the programs of all who are
   answered is one query, the timeline and the events of a batch are one plain INSERT each, and the events are numbered in
   one statement. The rows of a batch are read in plain SQL, and mysql2 takes no stack for each statement beforehand.
3. **What is done for each request beside the update.** The validator compares a request with one path after the other and
   makes each path's expression anew each time: each domain has a validator of its own, and the session one by itself. It is
   shown one scheme without a credential, since it is known already who calls. Helmet's headers are worked out once; steps
   that wait for nobody are one layer of Express; an answer is one text and goes out in one write; a key that comes again
   over the same connection is compared once a second; and Node follows promises (AsyncLocalStorage) only while a transaction
   needs it, where it was a tenth of the time. Together that is another third.

Tried, and without a gain: a larger young generation for the garbage collector, a batch that waits for one more turn of the
event loop, two or three batches under way at once.`;

/** Of each bench: what is known of why a goal is not met, as Markdown. */
export const CAUSES: Readonly<Record<string, string>> = {
  heartbeats: `Floor (b), which validates and keeps nothing, is on this machine slower than (a) itself: 0.75 to 0.9 of it
on MySQL, 0.5 on MariaDB. What validates with this library in one process of Node cannot reach 1.6 × (a) here, whatever it
does with the database; ours is at 0.76 to 1.05 of (b). The reason is that (a) is not held up by its commits: 16 connections
share syncs in the database's own group commit, and a sync is fast here, so (a) too is bounded by processor time, of
which it needs 165 to 260 µs and ours 335 to 410: 115 for Express and the body, 38 for the validator, 75 for key, rights,
limits, headers, log and metrics, 26 for an answer of 900 bytes, 80 to 150 for the share of a batch. Group commit pays where
a commit costs more than a request: on SQLite, with a sync for each of (a)'s updates, ours is the faster one.

An update with a new status also writes a timeline entry and an event, which (a) does not: that is the distance
between the two bodies.

The p99 is that of a queue: a heartbeat that arrives right after a batch has begun waits for that batch and for its own. At
one connection every update pays for the whole transaction, its five statements one after the other, by itself.`,
  mcp: `A tool call is a request of REST inside: it costs that, and 800 to 900 µs more at 64 connections, nearly all of them
in the SDK: it turns the request into a web Request and the answer into a web Response and back, and makes and connects a
server object for each call, so that nothing of one caller can reach another. Not copying the body first changed little. At 64 connections REST shares its commits; what the
SDK adds to each call is not shared. At one connection the database dominates both.`,
  'start-and-memory': `A start is for the most part the loading of modules: TypeORM, the validator, the MCP SDK and Node itself. Which of
them takes how much was not taken apart.`,
  'fleet-size': `What is left grows with the depth of the indices and with pages that are not in memory yet.`,
};
