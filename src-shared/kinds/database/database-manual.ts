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

## Copies of the data
With two copies or more, one is the primary and the others are its followers; each is an instance with connections and a queue of its own, on the canvas a square of its own (the one that leads now is larger and has a strong frame), and can crash, stand still, be slow, or be parted from the others by itself. What requests touch is an item, drawn by the clients (*Items* and *Skew* of an operation); every copy knows which version of each item it has.

- **Writes** go to the primary. When it has served one, it appends it to its log, sends it to the followers, and acknowledges it: at once (asynchronous), when one follower has stored it (semi-synchronous), when all followers have that were heard from within the failure timeout (synchronous), or when a majority of all copies has (majority). Until then the write keeps its connection. Where no follower was heard from, semi-synchronous and synchronous replication go on alone; a majority waits.
- **Followers** store what comes, in order, and apply one write after the other: that takes the stated share of the time that the write took at the primary, on one of their connections, before or after the reads that wait there.
- **Reads** go to the primary, to any copy, or to a follower, at random. A read shows the version that its copy has applied when the read ends. It is *stale* if a newer one had been acknowledged before the read was sent. It is answered all the same; the request is marked, and traces show by how much.
- **Failure**: the primary sends heartbeats. A follower that has heard none for the failure timeout and a random time on top suspects it, raises the term and asks the others for their vote. A copy votes once in a term, and only for a candidate whose log is no older than its own; who has the votes of more than half of all copies is the primary of the term. It takes requests when it has applied all that it has stored. If two stand at the same time, the votes may be split: they try again.
- **Loss**: what the old primary had acknowledged and the new one does not have is lost, and counted. When the old one is back, it learns that its term is over, gives up such writes and follows. So does one that had only stood still: it reads its messages before it goes on.
- Without a primary writes fail at once with the reason *no primary*; so does any request that a balancer sends to a copy that may not answer it.

## What the numbers mean
Utilisation is the time-weighted share of connections in use, or of cores at work where there is a machine. Waiting is the time until a connection was free, service the time of the statement, latency the sum of both; at a follower writes that are applied wait and are served as well, but are no requests. At a utilisation above 70 or 80 % waiting grows steeply: with exponential times and c connections it is the M/M/c queue.

With copies, charts over simulated time show in each interval the share of stale reads, percentiles of their age, and the replication lag of the writes that followers applied in it. A follower that is down applies nothing, so that the lag shows what it missed only once it is back; the age of its stale reads does so too.

## What it leaves out
- Locks, transactions and hot rows: statements never wait for each other's data. Real writes do, so real tails under contention are longer.
- A shared disk behind the connections. Without a machine a hundred connections do a hundred times the work of one: then set the number to what the machine can really do in parallel, not to the size of the pool that clients open. On a machine all of a statement's time is time of a core.
- Caches. Data do not grow during a run.
- With copies: callers know at once which copy is the primary and which are down; finding out takes time, so real failovers take longer. Log and votes cost no time on disk. What was under way on a connection when its end crashed is lost, although some of it would have arrived: losses are counted rather high. Messages between copies have no size and are not lost. A follower takes what it missed in one message, and applies in one thread: real ones may apply in several. Transactions of several items are not there, nor is any merging of what two primaries wrote in a split brain: the writes of the one that follows again are lost, and make no read stale.
- A follower that is more than 65,536 writes behind gets a full copy, which takes no time but that of the message.

## Sources
Staleness in time and versions: P. Bailis and others, *Probabilistically Bounded Staleness for Practical Partial Quorums*, 2012. Terms, votes and random timeouts: D. Ongaro, J. Ousterhout, *In Search of an Understandable Consensus Algorithm*, 2014. M/M/c: A. K. Erlang, 1917; L. Kleinrock, *Queueing Systems*, vol. 1, 1975, ch. 3. Why small pools are enough: the wait for a connection and the work behind it add up to the same time whatever the pool, once the machine is busy (Little's law). Contention and coherency: N. Gunther, *Guerrilla Capacity Planning*, 2007.
`.trim();
