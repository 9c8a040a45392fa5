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

**Concurrency.** With *servers* each server works on one request at a time. With *threads* a request takes a thread when it begins and keeps it until its reply is out; the threads that are not waiting for replies share the cores, each at full speed as long as there are no more of them than cores. So calls use no core, but a slow part further on can take all threads. An *event loop* has one core, and its calls hold nothing. An *actor* has one core and takes the next message when the reply to the last one is out.

**Machine.** On a machine of the project's ladder the servers are its cores, its speed divides all service times, and its price is paid while an instance runs. While k cores are busy, each works at 1 / (1 + contention · (k − 1) + coherency · k · (k − 1)) of its speed: the Universal Scalability Law. Contention alone lets throughput level off; with coherency it falls again beyond √((1 − contention) / coherency) cores. A machine can be exchanged during a run by a fault of the type *resize*, with or without a restart.

**Work that grows.** Service times are multiplied by g(data size) / g(reference size) with g constant, log n, n, n log n or n². Another data structure on the same machine is another g.

**Failures and patience.** A share of the requests may fail when service is over; nothing is called for them. A request whose patience is over while it waits leaves the queue at that instant with the reason *gave up waiting*, and costs no service; one that is in service stays. A request that carries a deadline is refused when it comes too late, and leaves the queue when the deadline passes.

**Protection.** The rate limiter stands first: a token bucket that is full at the start and accrues without a break, or a sliding window, for each replica by itself. A bucket may make requests wait for their token instead of refusing them; they wait first in, first out, up to the queue limit, and that counts as waiting. Shedding by priority refuses the less urgent while many wait. Shedding by queue delay (CoDel) looks at each request that leaves the queue: when all of them have waited longer than the target for an interval, one is turned away with the reason *load shed*, and more of them the longer that lasts, until one has waited less or the queue is empty.

**Servers on demand.** All servers are off at the start. As many are being started as requests wait, up to the servers that there are; the first to be ready serves the first in the queue, a start that nobody waits for any more is cancelled, and a server that has been idle for the keep-alive time goes off. Of several idle servers the one that fell idle last is used, so that the others can go off. A request counts as a *cold start* when no server was on and none was being started.

**Required replicas.** With fewer replicas up than required, the service refuses everything as *component down*, as a store that has lost its majority does.

${scalingManual}

## What the numbers mean
Utilisation is the time-weighted share of busy servers, over all replicas; servers held while calling count as busy, threads that wait for a reply do not. Where servers come and go, it is the share of those that were there. Waiting is time in the queue, for preemptive disciplines all time at the station that was not service. Latency is from arrival at the service to its answer, calls onward included. Service is the time that a request takes one core of its own, calls apart; under sharing and contention it takes longer.

## What it leaves out
- Memory and garbage collection, except as pauses that you put on the timeline. Switching between threads costs nothing.
- What a warm-up costs beyond the start of a server: the first requests are served as fast as the others.
- A request that its caller has given up on is worked on to the end, as most programs do, unless the link calls it back or passes its deadline on.
- Service demands are independent of each other and of the load. Where slow requests come together, real tails are longer.
- Replicas fail only by faults on the timeline. The tokens of a rate limiter outlive a crash.

## Sources
Queueing formulas that the tests compare with: L. Kleinrock, *Queueing Systems*, vol. 1, 1975 (M/M/c, M/G/1); D. Gross et al., *Fundamentals of Queueing Theory*, 4th ed. 2008; L. Schrage, L. Miller, "The queue M/G/1 with the shortest remaining processing time discipline", Operations Research 14 (1966). Contention and coherency: N. Gunther, *Guerrilla Capacity Planning*, 2007. Impatience: C. Palm, 1957; A. Mandelbaum, S. Zeltyn, 2007 (Erlang-A). Controlled delay: K. Nichols, V. Jacobson, "Controlling queue delay", ACM Queue 10 (2012), and RFC 8289. Token buckets: ITU-T I.371 (the same rule as the generic cell rate algorithm). Servers that start on demand: A. Gandhi, M. Harchol-Balter, I. Adan, "Server farms with setup costs", Performance Evaluation 67 (2010); M. Shahrad et al., "Serverless in the Wild", USENIX ATC 2020. Growth: D. E. Knuth, *The Art of Computer Programming*. Fork and join: R. Nelson, A. Tantawi, "Approximate analysis of fork/join synchronization in parallel queues", IEEE Trans. Computers 37 (1988). Distributions: A. M. Law, *Simulation Modeling and Analysis*, 5th ed. 2015, ch. 6.
`.trim();
