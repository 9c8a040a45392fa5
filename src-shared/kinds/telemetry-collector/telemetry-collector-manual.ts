/** Written part of the manual page, Markdown. */
export const telemetryCollectorManual = `
Gathers what services, databases, balancers and jobs report about themselves. Draw a link from a part to the collector: from then on every instance of the part reports to it. No request waits for that link, but observing costs time, bytes and money like everything else.

## How it behaves
- **Traces.** When a request begins, chance decides whether it is traced; the decision travels with it. Each part that a traced request comes to and that is linked to the collector makes a span: its time at the part, from arrival to reply, and whether it failed. The span costs the part extra service time.
- Spans wait at their instance until a batch is full or the export delay is over, then travel together. One batch of an instance is under way at a time; the next one leaves when the collector has acknowledged it. Meanwhile spans gather in the buffer, and what finds it full is dropped. When an instance goes down, what waited in its memory is gone.
- **Metrics.** At every multiple of the interval each instance that is up counts what it has completed and failed since its last report, and how busy its servers were, and sends that. The work for it falls on the next request that comes to the instance.
- Batches and reports take the link as every message does: latency, bandwidth, jitter, loss. At the collector they wait for a server, which is busy with each for as long as its spans or samples need. What finds the queue full is refused and lost; so is what is there when the collector crashes. Nothing is sent a second time.

## What it sees
Throughput, failures and utilisation come from reports: exact, but as old as the interval, the way and the queue. Percentiles come from spans: a sample, and what was dropped or lost is missing from it, which happens most when there is most to see. While the run goes on the Live panel shows the latest of both beside the truth, and how old the newest report is; the summary compares the whole measured window.

With sampling rate *s* the 99th percentile of *n* requests rests on *s n* spans, of which one in a hundred lies beyond it. Fewer than some hundred spans say little about a tail.

## What the numbers mean
A part with rate λ, mean service time S, sampling s and time for a span c is busy for λ (S + s c), plus samples times their time for each interval; waiting follows from that. Service time at the part counts that overhead. *Overhead of telemetry* on the link to the collector says what share of the part’s service time it is. Requests, failures and latency of the collector itself are those of batches and reports; end to end they do not count.

## What it leaves out
- Sampling at the tail, by what a trace turned out to be, and adaptive rates.
- Spans of the calls that a part makes, beside those of the requests that it serves: twice the spans in most tracing libraries.
- Exporters that try again, and compression. Both change load rather than its kind.
- Time at a balancer of unlimited capacity: it works without time, so a span costs it none.
- Nobody in the model acts on what the collector shows: balancers and autoscalers have their own reports.

## Sources
B. H. Sigelman et al., *Dapper, a Large-Scale Distributed Systems Tracing Infrastructure*, Google, 2010. OpenTelemetry specification: batch span processor, trace-id ratio sampler, periodic metric reader. M/M/c and M/G/1: L. Kleinrock, *Queueing Systems*, vol. 1, 1975.
`.trim();
