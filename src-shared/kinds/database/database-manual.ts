/** Written part of the manual page, Markdown. */
export const databaseManual = `
Answers reads and writes over a pool of connections. A request holds one connection for the time of its statement; others wait for a connection, first in, first out.

## How it behaves
- The operation of a request says whether it is a read or a write; its time is drawn from the read time or the write time when it arrives.
- If a connection is free, the statement begins at once. Else it waits; if as many wait as the queue limit allows, it is refused with the reason *queue full*, which the caller learns as it would a reply.
- A database calls nothing else. Without a machine all connections work at full speed at the same time. On a machine of the ladder the statements under way share its cores, each at full speed as long as there are no more of them than cores; the speed of the machine divides statement times, and contention and coherency slow busy cores down (Universal Scalability Law).
- Statement times are multiplied by g(data size) / g(reference size): log n for an index, n for a scan, n log n for a sort.
- A share of the statements may fail when their time is over. A statement whose patience is over before it has a connection leaves at that instant.
- The rate limiter stands first: a token bucket (refusing, or making statements wait for their token) or a sliding window.

## What the numbers mean
Utilisation is the time-weighted share of connections in use, or of cores at work where there is a machine. Waiting is the time until a connection was free, service the time of the statement, latency the sum of both. At a utilisation above 70 or 80 % waiting grows steeply: with exponential times and c connections it is the M/M/c queue.

## What it leaves out
- Locks, transactions and hot rows: statements never wait for each other's data. Real writes do, so real tails under contention are longer.
- A shared disk behind the connections. Without a machine a hundred connections do a hundred times the work of one: then set the number to what the machine can really do in parallel, not to the size of the pool that clients open. On a machine all of a statement's time is time of a core.
- Caches and replicas. Data do not grow during a run.

## Sources
M/M/c: A. K. Erlang, 1917; L. Kleinrock, *Queueing Systems*, vol. 1, 1975, ch. 3. Why small pools are enough: the wait for a connection and the work behind it add up to the same time whatever the pool, once the machine is busy (Little's law). Contention and coherency: N. Gunther, *Guerrilla Capacity Planning*, 2007.
`.trim();
