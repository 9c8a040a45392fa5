/** Written part of the manual page, Markdown. */
export const databaseManual = `
Answers reads and writes over a pool of connections. A request holds one connection for the time of its statement; others wait for a connection, first in, first out.

## How it behaves
- The operation of a request says whether it is a read or a write; its time is drawn from the read time or the write time when it arrives.
- If a connection is free, the statement begins at once. Else it waits; if as many wait as the queue limit allows, it is refused with the reason *queue full*, which the caller learns as it would a reply.
- A database calls nothing else. All connections work at full speed at the same time.

## What the numbers mean
Utilisation is the time-weighted share of connections in use. Waiting is the time until a connection was free, service the time of the statement, latency the sum of both. At a utilisation above 70 or 80 % waiting grows steeply: with exponential times and c connections it is the M/M/c queue.

## What it leaves out
- Locks, transactions and hot rows: statements never wait for each other's data. Real writes do, so real tails under contention are longer.
- A shared disk and processor behind the connections: a hundred connections here do a hundred times the work of one. Set the number to what the machine can really do in parallel, not to the size of the pool that clients open.
- Caches, replicas, indexes and growth of the data. The times given are the times taken, at any load and any size.

## Sources
M/M/c: A. K. Erlang, 1917; L. Kleinrock, *Queueing Systems*, vol. 1, 1975, ch. 3. Why small pools are enough: the wait for a connection and the work behind it add up to the same time whatever the pool, once the machine is busy (Little's law).
`.trim();
