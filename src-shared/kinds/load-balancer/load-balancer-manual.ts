/** Written part of the manual page, Markdown. */
export const loadBalancerManual = `
Spreads requests over everything behind its links. Its targets are *instances*: a service with three replicas on one link is three targets, exactly as if it were three services on three links.

## How it behaves
- **Random** takes any target with equal chance. **Round robin** takes them in turn, in the order of the links and, within a link, of the replicas.
- **Least connections** takes the target with the fewest requests, and one of the best at random on a tie.
- **Power of d choices** draws d different targets at random and takes the least loaded of them, the first drawn on a tie. With d at or above the number of targets it compares them all.
- **What it knows.** With *its own counts* it compares requests that it has sent and not yet seen answered or failed. With *live queue lengths* it sees the requests present at each target at this very instant, over any distance: that is what theory assumes and no real balancer has.
- **Replies** come back through the balancer over the same link, or straight to the caller over the caller's link (direct server return). In that case the balancer sees no replies, so that it cannot compare by its own counts; the program refuses the combination.
- Choosing takes no time and no server: the balancer itself is never the bottleneck.
- A target that fails is chosen again like any other.

## What the numbers mean
Latency of a balancer is the time from a request's arrival there until its reply has passed back; where replies go straight to the caller it is only the moment of choosing, 0. The imbalance of a service is the load of its busiest replica relative to the mean: 1 is even.

## What it leaves out
- Its own processing, TLS and connection limits: real latency is higher by some tens of microseconds to a millisecond.
- Health checks, slow start, draining and session affinity. A target that refuses fast looks idle to least connections and attracts even more requests, here as in reality; here nothing takes it out.
- Several balancer nodes that each see only a part of the traffic: their counts would be worse than the own counts here, so real imbalance is somewhat higher.

## Sources
M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Trans. Parallel Distrib. Syst. 12 (2001). N. Vvedenskaya, R. Dobrushin, F. Karpelevich, "Queueing system with selection of the shortest of two queues", Problems of Information Transmission 32 (1996). V. Gupta et al., "Analysis of join-the-shortest-queue routing for web server farms", Performance Evaluation 64 (2007).
`.trim();
