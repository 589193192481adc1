/** The texts of bench/README.md beside the figures. */

export const PREFACE = `# Benches

Each file here is a question. Each answer is a ratio, measured in one run on one machine against a baseline that does the
minimum in the same process model: a separate process, the same load generator, the same database server, the same
durability. The sides alternate, round by round, so that a noisy moment affects all of them; a ratio is the median of the
rounds' ratios.

\`\`\`sh
make bench          # all of them, up to an hour; writes this page
make bench-quick    # shorter and rougher, in less than three minutes; prints only
make profile        # where the server's time goes under heartbeats
npx tsx bench/request-path.ts    # which files of the server a heartbeat goes through
npx tsx bench/heartbeats.ts --seconds 3 --rounds 5 --connections 64 --database sqlite --database mysql://root@127.0.0.1:3306
\`\`\`

\`make bench\` uses the MySQL server in BENCH_MYSQL_URL and the MariaDB server in BENCH_MARIADB_URL, in databases that it
creates and drops. Without these variables it starts the servers that it finds, and skips the others. The server under test is the built
one, with NODE_ENV=production and default settings. One agent is one connection with its own program, key and session,
and sends its next request when it has the response to the last.

The load generator (\`support/load-process.ts\`) uses HTTP over raw sockets and measures in nanoseconds. Generators from the
registry count latency in whole milliseconds, which is too coarse for one connection, and take more of the machine than
the baselines do.

Baseline (a), \`baselines/one-update.ts\`: Express 5 and one prepared UPDATE per request, without validation, rights or history.
Baseline (b), \`baselines/validator-only.ts\`: Express 5 and express-openapi-validator with the same document; it responds at once
and stores nothing.

## The hot path: what cost most, and what was done

Each change was measured before and after in one run, in processor time of the server for one heartbeat at 64 connections:

1. **Express.** For each request \`app.handle\` replaces the prototype of request and response, and V8 then treats each as an
   object of a shape of its own (expressjs/express#5998). On the machine of the heartbeats below a bare route takes 182 µs
   that way, where Node's own server takes 39; with objects that are created with that prototype it takes 70
   (\`server/platform/http/express-overhead.ts\`). That was a third of a heartbeat. The baselines use Express as usual.
2. **The database.** One transaction per update took four statements and a sync; waiting updates now share one (group
   commit), bare heartbeats of a batch are one UPDATE of two columns, pending work of all programs in the batch is one query,
   and timeline and events of a batch are one INSERT each. The rows of a batch are read by plain SQL, and mysql2 captures no
   stack per statement. In the end the round trips cost most: a response of the database waits until the server has processed
   the requests that arrived meanwhile, so nine statements were nine waits, with a third of the processor idle. Now there are two
   round trips: locks together with BEGIN, and all writes together with COMMIT
   (\`server/platform/database/dialects/mysql-coalescing.ts\`): 2,010 → 2,620 heartbeats per second with a new status, 2,940 → 3,300
   with the same, alternating old and new. The keys of all agents are refreshed together after a second, where each took two
   queries: p99 78 → 55 ms.
3. **Everything else in a request.** The validator compares a request with one path after the other and builds each path's
   expression anew each time: each domain has a validator of its own, and so has a single session. It gets one security scheme
   without a credential, because the caller is authenticated already. Helmet's headers are computed once; synchronous middleware
   is one layer of Express; a response is one string and one write; a key that comes again over the same connection is compared
   once a second; and Node tracks promises (AsyncLocalStorage) only during a transaction, which was a tenth of the time. Together
   that is another third.

Tried without a gain: a larger young generation for the garbage collector, a batch that waits for another event-loop tick, two or
three concurrent batches (before and after the two round trips), querying pending work while the sessions are written (6 % less on MySQL,
more only on SQLite), no index dives for long lists (\`eq_range_index_dive_limit\`).`;

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
