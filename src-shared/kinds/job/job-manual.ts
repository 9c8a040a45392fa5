/** Written part of the manual page, Markdown. */
export const jobManual = `
A computation that a request starts: some work that cannot be split, then many tasks for the workers behind its links. The workers are services (or load balancers before services) of their own, so that their number, speed, queues, faults and scaling are theirs. Fork and join, master and worker, bulk-synchronous programs, map and reduce are all settings of this part.

## How it behaves
1. A request is a job. At most *jobs at once* are under way; others wait, first in first out, and are refused with the reason *queue full* beyond the queue limit.
2. The serial part is done first, by the job's own server, which the job keeps until it is over.
3. Then the tasks of the first round are sent, over the links by turns: all of them, or as many as *tasks at once* says, a further one each time that one comes back. Where sending takes time, the sender is busy for that time after each task before it can send the next; the first leaves at once, so that n tasks take n − 1 times the time to send.
4. A task is an ordinary call: latency, bandwidth, timeouts, retries and hedged copies are those of its link; queueing and service are those of the worker. The work that it carries is its service time at workers whose service time is *as the request says*.
5. A round is over when enough tasks have come back. Later results are ignored, though the work on them goes on, and tasks that were not sent yet never are. A task that fails makes the job fail with its reason as soon as too few can still come back.
6. After the barrier the next round begins. After the last round, and its barrier, the job is answered; with a second stage it first shuffles, then sends the reduce tasks over its last link, all at once, and waits for all of them.

**Fork and join**: one round. **Master and worker**: *tasks at once* as many as there are workers, with more tasks than that: whoever is done gets the next, so that unequal tasks even out. **Bulk-synchronous**: several rounds and a barrier. **Map and reduce**: a second stage; give the link to the reducers a request size and a bandwidth where the data of the shuffle should pass a network. **Speculative copies** of stragglers: hedging on the link to the workers.

## What the numbers mean
*Speed-up* is the work that was done for the jobs that ended well (serial part and awaited tasks, in service time) divided by the time that they took from the start of the serial part: what one worker would have needed, compared with what it took. *Efficiency* is that divided by the servers of all parts behind the job, where their number stays the same: without faults and autoscalers. Utilisation is the share of the time in which a job was under way; latency includes waiting for other jobs.

- **Amdahl**: with a serial share f of the work and n workers the speed-up is 1 / (f + (1 − f) / n), never above 1 / f. Set *total, split evenly* and as many tasks as workers.
- **Gustafson**: if each worker brings work of its own, the speed-up is s + (1 − s) n for a serial share s of the parallel run. Set *drawn for each task*.
- **Stragglers**: with n exponential tasks of mean m the slowest takes m (1 + 1/2 + … + 1/n) on average: a round waits for it.
- **Coordination**: with a time c to send each task, W / n + c (n − 1) has its least value near n = √(W / c); more workers than that make the job slower.
- **Contention between the servers of one machine** is set at the workers (Universal Scalability Law).

## What it leaves out
- Where data lies: every worker can do every task equally well, and results cost what the link's reply size says.
- A failed worker's tasks are not sent again by the job itself; retries are a matter of the link. Copies of stragglers start after a delay or at a percentile of earlier answers, not by comparison with the progress of the other tasks.
- The sender's time to receive results, and the memory that they take.

## Sources
G. Amdahl, "Validity of the single processor approach", AFIPS 30 (1967). J. Gustafson, "Reevaluating Amdahl's law", Communications of the ACM 31 (1988). L. Valiant, "A bridging model for parallel computation", Communications of the ACM 33 (1990). J. Dean, S. Ghemawat, "MapReduce", OSDI 2004. J. Dean, L. Barroso, "The tail at scale", Communications of the ACM 56 (2013). H. David, H. Nagaraja, *Order Statistics*, 3rd ed. 2003 (the slowest of n). N. Gunther, *Guerrilla Capacity Planning*, 2007 (Universal Scalability Law).
`.trim();
