/** Written part of the manual page, Markdown. */
export const loadBalancerManual = `
Spreads requests over everything behind its links. Its targets are *instances*: a service with three replicas on one link is three targets, exactly as if it were three services on three links. The weight of a target is that of its link.

## Algorithms
- **Random** takes any target with equal chance. **Round robin** takes them in turn, in the order of the links and, within a link, of the replicas.
- **Least connections** takes the target with the fewest requests, and one of the best at random on a tie.
- **Power of d choices** draws d different targets at random and takes the least loaded of them, the first drawn on a tie. With d at or above the number of targets it compares them all.
- **Weighted random** takes a target with a chance in proportion to its weight.
- **Weighted round robin** mixes evenly: for each request every target earns its weight as credit, the one with the most credit is taken and pays the sum of all weights. Weights 5, 1 and 1 give the order a a b a c a a.
- **Weighted least connections** takes the target with the lowest (requests + 1) / weight. With weights that are the speeds of the targets this is the shortest expected delay.
- **Least response time** takes the lowest (requests + 1) x average response time. The average is a moving one over time; a target not heard of yet counts as the fastest one that is known. Answers of every kind count, failures too: a target that fails fast looks fast.
- **Ring hash** places every target at many points of a circle, and the session at one; the next point clockwise says where it goes. When a target comes, only the sessions that it takes move; when one goes, only its own do. With *bounded load* a target whose requests under way have reached ceil(factor x (all + 1) / targets) is passed over.
- **Rendezvous hash** takes the target with the highest hash of session and target. Its shares are even without virtual nodes; each choice looks at every target.
- **IP hash** takes the hash of the session modulo the number of targets. Nearly all sessions move when that number changes.
- A request without a session goes to any target with equal chance where the algorithm hashes.

## How it behaves
- **What it knows.** With *its own counts* it compares requests that it has sent and not yet seen answered or failed. With *live queue lengths* it sees the requests present at each target at this very instant, over any distance: that is what theory assumes and no real balancer has. With *reports* it goes by the latest report, however old: between two reports all requests flock to the target that looked idle. A target that is down reports nothing, and what it said last stands.
- **Which targets there are** follows instances at once: those that are switched off, starting or draining get nothing new. That an instance has crashed or hangs is only found out, by one of the following.
- **Health checks.** A probe takes the latency of the link there and back and meets its faults; it costs no capacity. It fails when the instance refuses, or when no answer is there after the timeout. The first is sent after one interval.
- **Ejection** counts failed requests in a row, whatever the reason, and takes the target out for the ejection time multiplied by the number of times that it was, as long as no more than the stated share is ejected.
- **Panic.** When the share of good targets falls below the threshold, all are used. With no target at all, requests fail with the reason no healthy target.
- **Slow start.** A target that comes (back) weighs a tenth at first, growing in a straight line. Algorithms without weights then behave as their weighted forms do.
- **Session affinity** sends a session where it went before. A draining instance finishes the sessions that it has. With *state*, the next request of a session fails once when its instance is out, has crashed or was switched off since: session lost. It begins anew elsewhere.
- **Replies** come back through the balancer over the same link, or straight to the caller over the caller's link (direct server return). In that case the balancer sees no replies, so that it can neither compare by its own counts nor eject; the program refuses the combinations.
- **Capacity.** With limited capacity a request waits for one of the balancer's servers and is worked on before it is sent on. Replies take no work.
- **Several instances** share nothing: each counts, checks and remembers sessions by itself. In turn, callers go on using one that is down. With one active and the others standing by, the next one that is up takes over after the failover time, and keeps the load when the first comes back.

## What the numbers mean
Latency of a balancer is the time from a request's arrival there until its reply has passed back; where replies go straight to the caller it is only the time at the balancer itself. The imbalance of a service is the load of its busiest replica relative to the mean: 1 is even. *Targets taken out* is a mean over time. *Sessions moved* counts requests that went to another target than the one before of their session. *Share of the key space* is what hashing gives to an instance, over all possible sessions; the *imbalance of the key space* is the largest of these shares relative to their mean.

## What it leaves out
- TLS handshakes, connection limits and the work of replies.
- Probes never fail because an instance is busy, and all targets of all balancers are asked at the same instants. Real probes compete with requests and take out instances that are merely overloaded.
- Weights have no effect on hashing; a real ring gives heavier targets more points.
- Maglev hashing, whose shares are those of rendezvous hashing and whose moves are few but not the fewest.

## Sources
M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Trans. Parallel Distrib. Syst. 12 (2001). N. Vvedenskaya, R. Dobrushin, F. Karpelevich, "Queueing system with selection of the shortest of two queues", Problems of Information Transmission 32 (1996). V. Gupta et al., "Analysis of join-the-shortest-queue routing for web server farms", Performance Evaluation 64 (2007). D. Karger et al., "Consistent hashing and random trees", STOC 1997. D. Thaler, C. Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Trans. Networking 6 (1998). V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent hashing with bounded loads", SODA 2018. Health checks, ejection, panic threshold and slow start follow the documentation of Envoy, smooth weighted round robin that of nginx.
`.trim();
