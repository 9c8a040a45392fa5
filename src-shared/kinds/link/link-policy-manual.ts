/** What the manual page about links says of callers that guard their calls, Markdown. */
export const linkPolicyManual = `
## How callers guard their calls
Everything here stands on the caller's side of a *call* link, is off by default, and is shared by all callers at the near end: one breaker, one budget, one bulkhead for the link. On forward links nobody waits, so nothing is guarded. A link that leaves a balancer guards the balancer's own calls, and means nothing where targets answer directly.

A guarded call is one call to its caller and one or more *attempts* on the wire. Each attempt has the timeout of the link to itself. Calls, latency and success as the caller sees them are *call latency* and *calls that succeeded*; the counts of the link are those of attempts.

**Deadline.** Time for the whole call, attempts and waits together. When it is over everything under way is given up with the reason *timeout*. *Pass the deadline on* lets the instant travel with the request, and with the calls made for it: a service that finds it passed refuses the work with the reason *deadline*. An attempt that would begin after it is not made.

**Cancel abandoned work.** Without it a caller that gives up leaves its work behind, which costs the far end as much as work that somebody waits for. With it the request leaves the queue or the server at that instant, together with what was under way for it on links that cancel as well. The call takes no time to be cancelled.

**Retries.** An attempt that fails in one of the chosen ways is followed by another after a wait: the first wait, then each time the factor more, up to the longest. Full jitter takes a random part of it, equal jitter at least half. The failure of the last attempt is the failure of the call. A *budget* lets retries be no more than a share of the calls in the long run. From a balancer a retry goes to another target where the algorithm names one within four choices; hashing always names the same.

Retries multiply: three attempts on each of three links in a row make up to twenty-seven requests of one. When timeouts come from overload they keep the overload going, and the system stays down after the cause has gone. Before a run, parts that this can happen to are named.

**Hedging.** A further copy is sent when the answer takes longer than a delay, or than a percentile of the latest 1024 calls, and the first answer wins. Copies that fail are forgotten while another is under way; when the last has failed, retries decide. The percentile is taken anew every 32 answers.

**Circuit breaker.** Closed, it counts how attempts end: failures in a row, or the share of failures in a rolling window. Open, it turns calls away at once with the reason *breaker open*, which is not retried on this link. After its time it is half open and lets the probes through: if all succeed it closes, if one fails it opens again. Attempts sent before it changed its state no longer count.

**Bulkhead.** No more than so many calls under way at once, waits included; others fail at once with *bulkhead full*.

**Fallback.** A call that has failed for good, turned away or given up counts as answered, by a substitute that takes no time.

### What is left out of this
- A callee that answers *retry later*, and callers that heed it.
- What failing calls cost the caller: its processor, sockets and threads. A held server stays held while its call waits to retry.
- A breaker or budget for each caller process apart: real ones see a part of the traffic each, and react later.
- Connections: a cancelled request reaches the far end at once, where real cancellation takes the time of a message.

### Sources of this
Retries and jitter: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Retry budgets: Finagle and Linkerd. Hedging: J. Dean and L. A. Barroso, "The Tail at Scale", *Communications of the ACM* 56 (2013). Circuit breaker and bulkhead: M. Nygard, *Release It!*, 2007; Hystrix and Resilience4j for the defaults. Storms that outlive their cause: N. Bronson et al., "Metastable Failures in Distributed Systems", HotOS 2021. Retries in layers: B. Beyer et al., *Site Reliability Engineering*, 2016, ch. 22.
`.trim();
