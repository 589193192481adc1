/** The texts of bench/README.md beside the figures. */

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

Floor (a), \`baselines/one-update.ts\`: Express 5 and one prepared UPDATE for each request, with no validation, rights or record.
Floor (b), \`baselines/validator-only.ts\`: Express 5 and express-openapi-validator with the same document, which answers at once
and keeps nothing.

## The hot path: what cost most, and what was done

Found and changed, each measured before and after in one run, in processor time of the server for one heartbeat at 64
connections:

1. **Express.** When a request arrives \`app.handle\` gives it and its answer another prototype, and V8 handles each as an
   object of its own kind from then on (expressjs/express#5998). On the machine of the heartbeats below a bare route takes
   182 µs so, where Node's own server takes 39; with objects that are born with that prototype it takes 70
   (\`server/platform/http/express-prototypes.ts\`). That was a third of a heartbeat. The floors keep Express as everybody starts it.
2. **The database.** One transaction for each update took four statements and a sync each; updates that wait now share one
   (group commit), bare heartbeats of a batch are one UPDATE of two columns, what waits for the programs of all who are
   answered is one query, the timeline and the events of a batch are one plain INSERT each. The rows of a batch are read in
   plain SQL, and mysql2 takes no stack for each statement beforehand. What cost most in the end was not the statements but the
   ways: an answer of the database waits until the server is through with the requests that have arrived meanwhile, so nine
   statements were nine such waits, with a third of the processor idle. Now it is two: the locks together with the begin, and all
   that is written together with the commit (\`dialects/mysql-one-packet.ts\`): 2,010 → 2,620 heartbeats a second with a new status,
   2,940 → 3,300 with the same, old and new in turns. The keys of all agents are looked up together when they are a second old,
   where each took two queries: p99 78 → 55 ms.
3. **What is done for each request beside the update.** The validator compares a request with one path after the other and
   makes each path's expression anew each time: each domain has a validator of its own, and the session one by itself. It is
   shown one scheme without a credential, since it is known already who calls. Helmet's headers are worked out once; steps
   that wait for nobody are one layer of Express; an answer is one text and goes out in one write; a key that comes again
   over the same connection is compared once a second; and Node follows promises (AsyncLocalStorage) only while a transaction
   needs it, where it was a tenth of the time. Together that is another third.

Tried, and without a gain: a larger young generation for the garbage collector, a batch that waits for one more turn of the
event loop, two or three batches under way at once (before the two ways and after), what waits for the programs asked for
while their sessions are written (6 % less on MySQL, more only on SQLite), no index dives for long lists
(\`eq_range_index_dive_limit\`).`;

/** For each bench, why it misses a goal, as Markdown. */
export const CAUSES: Readonly<Record<string, string>> = {
  heartbeats: `(a) is not held up by its commits: 16 connections share syncs in the database's own group commit, and a sync is
fast here, so (a) too is bounded by processor time, of which its process needs about 360 µs on MySQL and 290 on MariaDB. Ours
needs 260 to 290 and does the rest of the work with it; (b) needs 450 to 470 for the check alone. With 64 agents the server is
busy for five sixths of the time on MySQL: two thirds of them wait for the same commit, and the others are not enough to fill it.
With 512 there are enough, and it reaches 1.8 to 2.1 × (a) on MySQL and 1.3 to 1.4 × on MariaDB. On MariaDB at 64 it would have
to answer in 215 µs what Express with the validator alone takes 450 for.
An update with a new status also writes a timeline entry and an event, which (a) does not: that is the distance
between the two bodies. At one connection every update pays for a whole transaction, where (a) pays for one statement.`,
  mcp: `Five rounds here, since the share moves with the machine: runs in three rounds each found 0.53, 0.56
and 0.70 on SQLite at 64 connections, 0.59, 0.53 and 0.71 on MySQL, 0.53, 0.56 and 0.65 on MariaDB. REST has become faster by a
fifth since calls were last made cheaper, and its share of what a call takes is what shrank. A tool call is a request of REST
inside: it costs that, and an HTTP request around it. A call that is plainly one goes
straight to the SDK's server object, without the web Request and Response of its handler; that object is made and connected
for each call, so that nothing of one caller can reach another. What is left over REST: garbage collection and our own part,
each about a fifth, the SDK and zod an eighth, and a second pass of HTTP and Express. At 64 connections on SQLite REST is at its
fastest, since no other process takes processor time, and nothing of what a call adds is shared.`,
  'fleet-size': `Fleet health on MySQL is one plan or the other, by what the statistics of a fresh table say: three runs of the
same code found 1.61, 1.43 (4.7 → 6.9 ms) and 1.66 (9.3 → 15.5 ms). MySQL reads the rows of live sessions one by one where it
counts them by program, along an index that does not hold their states; where an account has few sessions it reads them by the
primary key instead, which is faster. An index that holds all of it was tried, and MySQL did not choose it.`,
};
