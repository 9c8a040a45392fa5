import { linkPolicyManual } from './link-policy-manual';

/** Written part of the manual page about links, Markdown. */
export const linkManual = `
A link carries requests from one part to another, and their replies back. A part knows nothing of another but what comes over a link.

## How it behaves
A message, request or reply, goes through three steps:
1. **Bandwidth.** Where it is limited, each direction has a transmitter of its own: messages queue for it, first in, first out, and take size divided by bandwidth to send. A message that finds more bytes waiting than the buffer holds is dropped with the reason *link full*.
2. **Loss.** Each message is lost with the given chance. It has used the transmitter all the same.
3. **Latency.** The message travels for a time drawn from the latency, plus or minus up to the jitter, never below zero. A message may overtake an earlier one.

A link with no latency, no loss and no bandwidth takes no time at all.

**Calls and forwards.** Over a *call* link the sender waits for the reply. Over a *forward* link, which only services have, the request is handed over: the far end answers the original caller, over the link on which that caller called. That is how pipelines and open networks with feedback are built.

**Timeout.** The caller gives up this long after it called, and the call fails with the reason *timeout*. Nothing else stops, unless the link cancels abandoned work: the request is served, its reply travels back, and is ignored on arrival. Timeouts apply where a call is made, so they have no effect on forward links.

**A lost or dropped message** is noticed by the caller after *loss noticed after*, unless its timeout comes first. The attempt then fails; unless the link retries, nobody sends again.

**Sizes** are those of the operation unless the link says otherwise. Traffic counts the bytes of both directions.

${linkPolicyManual}

## What the numbers mean
Network time is queueing, sending and travelling of one message; both directions count as one message each. Calls per second counts requests put on the link. Utilisation is the busy share of the transmitter, where there is a bandwidth. Charts over simulated time show all of this, and how many messages are in transit, while the link is selected. A failure of a link counts calls that failed, whatever the reason, at the place where they were made.

## What it leaves out
- TCP: no handshake, slow start, windows or retransmission. A lost message is a failed call, where TCP would have delivered it late: failures here are too many and latencies too short on lossy links.
- Packets and other traffic on the same wire: a message is sent as a whole, and two links never share a bandwidth. Real queues on shared wires are longer.
- Routes and distance. A link fails only where a fault on the timeline says so.

## Sources
Store and forward, bandwidth and delay: L. Kleinrock, *Queueing Systems*, vol. 2, 1976, ch. 5. Retransmission timeout of one second as the time in which loss is noticed: RFC 6298, section 2.1.
`.trim();

/** Written part of the manual page of a link to a telemetry collector, Markdown. */
export const telemetryLinkManual = `
Carries what a part reports to a telemetry collector: batches of spans of traced requests, and metrics at every interval. Nothing is called over it, and no request waits for it.

## How it behaves
- Messages queue for its bandwidth, take its latency and get lost like those of any other link. Each has the size of its spans or samples; the acknowledgement that comes back has none.
- An instance sends its next batch of spans when the one before is acknowledged. A lost batch is known to be lost after *Loss noticed after*; it is not sent again.

## What the numbers mean
Calls are batches and reports. Messages lost are those that the link lost; what its spans were is counted beside: spans made, and the share of them that the collector never saw, whether dropped at the part, lost on the way or refused. What the collector sees of the part (throughput, failures, utilisation, percentiles) stands among the numbers of this link, the truth among those of the part.
`.trim();
