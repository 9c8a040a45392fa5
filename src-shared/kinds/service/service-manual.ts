import { scalingManual } from './scaling-behaviour';

/** Written part of the manual page, Markdown. */
export const serviceManual = `
A program that serves requests. It runs as one or more *replicas*; each replica is a queue in front of a number of *servers*, which may stand for processor cores, threads or workers. After its own work a service can call other parts over its links.

## How it behaves
1. A request goes to one replica: the one that a load balancer chose, else by the spread of the service.
2. If a server is free, service begins at once. Else the request waits; if as many wait as the queue limit allows, it is refused with the reason *queue full*. A refusal travels back to the caller like a reply.
3. Its service demand is drawn when it arrives: from the row of its operation where there is one, else from the service time.
4. When service is over, the calls are made: in sequence, in the order of the links, or all at once. Each link with a probability below 1 is taken or left by a draw of its own.
5. A call that fails makes the request fail with the same reason. In parallel, the request goes on as soon as *wait for* replies are good, and fails as soon as that can no longer happen; later replies are ignored, but the work for them is done.
6. Then at most one forward link may take the request on; the part at its far end answers the original caller. What the probabilities of the forward links leave over is answered here. A request that has been handed over more than ten thousand times fails with the reason *hop limit*.

**While calling**, a server is released by default, as in asynchronous programs. With *hold* it stays occupied until the calls are answered, as a thread would: a slow part further on can then exhaust this one.

**Disciplines.** FIFO, LIFO, priority and shortest job first do not interrupt service. LIFO preemptive, priority preemptive and shortest remaining first do; the interrupted request resumes where it was, at no cost. Under processor sharing all requests present are served at once: each at full speed as long as there are no more of them than servers, else at an equal share.

${scalingManual}

## What the numbers mean
Utilisation is the time-weighted share of busy servers, over all replicas; servers held while calling count as busy. Waiting is time in the queue, for preemptive disciplines all time at the station that was not service. Latency is from arrival at the service to its answer, calls onward included. Service is the time that servers worked on a request, calls apart.

## What it leaves out
- Memory, garbage collection, warm-up and contention between servers: n servers here do exactly n times the work of one. Real machines fall behind that, so real capacity is lower.
- A request that its caller has given up on is worked on to the end, as most programs do. Programs that pass cancellation on waste less than this.
- Service demands are independent of each other and of the load. Where slow requests come together, real tails are longer.
- Replicas neither fail nor restart.

## Sources
Queueing formulas that the tests compare with: L. Kleinrock, *Queueing Systems*, vol. 1, 1975 (M/M/c, M/G/1); D. Gross et al., *Fundamentals of Queueing Theory*, 4th ed. 2008; L. Schrage, L. Miller, "The queue M/G/1 with the shortest remaining processing time discipline", Operations Research 14 (1966). Fork and join: R. Nelson, A. Tantawi, "Approximate analysis of fork/join synchronization in parallel queues", IEEE Trans. Computers 37 (1988). Distributions: A. M. Law, *Simulation Modeling and Analysis*, 5th ed. 2015, ch. 6.
`.trim();
