import type { Fault } from './fault';

type Effect = Fault['effect']['type'];

/** What each effect does and leaves out, for people. */
const TEXTS: Record<Effect, string> = {
  crash:
    '**Crash.** The instance is gone at once, with everything that it had: what was in service, in the queue, or waiting for calls fails with *component down*. What it had called goes on for nobody. A plain crash refuses newcomers at once, as a machine does whose process has died; a *silent* one answers nobody, as a machine does that has lost power: callers learn of it by their timeout, or by the detection time of the link. After the repair the instance takes its restart time before it serves. State is not kept or recovered, and nothing is served from disk.',
  pause:
    '**Pause.** Requests are taken and nothing is served, as during a stop-the-world garbage collection or a frozen virtual machine. What was in service goes on where it was. With exponential times between pauses this is the queue with breakdowns of B. Avi-Itzhak and P. Naor (1963).',
  partition:
    '**Partition.** A copy of a database is parted from its other copies; with several copies parted, each is alone. What they send to each other meanwhile is lost, and their connections end. The stated share of the requests comes from its side and sees it alone: writes go to it, which takes them if it is the primary, and so do reads. All others see the rest. A primary that is parted does not know it: with asynchronous replication it goes on acknowledging, with semi-synchronous and synchronous replication once it has not heard from its followers for the failure timeout; the others elect another one meanwhile, so that two write at once (split brain), and what the old one acknowledged since is lost when it follows again. With majority replication its writes wait, and fail when it hears of the other one. A parted follower stands for election in vain, and its higher term makes the primary step down when it is back, as in Raft without a pre-vote. The side is drawn anew for each request and each retry; balancers reach every copy.',
  slow: '**Slowdown.** Service takes so many times as long, for what is in service too: a noisy neighbour, a throttled processor, a degraded disk.',
  errors:
    '**Errors.** The given share of the requests fails at once, before it takes a server: a bad release. Parts that fail fast attract load from balancers that count requests.',
  surge:
    '**Surge.** The clients send so many times as many requests, the next one sooner as well; users who wait for replies think for so much less time. A trace is played faster, and has the same requests in all.',
  latency:
    '**Added latency.** Every message that is put on the link meanwhile takes so much longer, in both directions. Messages that are on the way are not delayed.',
  loss: '**Loss.** The given share of the messages is lost, beside what the link loses anyway.',
  cut: '**Cut off.** No message gets through, both ways or one way only. With requests cut nothing arrives; with replies cut the work is done and nobody learns of it.',
  resize:
    '**Resize.** The component moves to another machine of the ladder: servers, speed and price change. Live: at once, for what is in service too. With a restart each instance is down for that time and loses what it has; that is downtime, but no crash. A resize without a length stays; one with a length goes back.',
};

const OVERLAP =
  'Faults that overlap combine: slowdowns and surges multiply, error shares and losses as independent causes do, added latencies add up, and an instance is down as long as any crash lasts. When a fault ends, everything else is as it was.';
const CHANCE =
  'A fault happens once at a given time, or again and again by chance: then every instance has times of its own, up first. The mean time from a repair to the next failure is the MTBF, that of a repair the MTTR. From them the result calculates what availability to *expect*: each instance is up for MTBF / (MTBF + MTTR) of the time, whatever the distributions (renewal theory: R. E. Barlow and F. Proschan, *Mathematical Theory of Reliability*, 1965), a component while enough of its instances are, and a request succeeds while everything that it needs is up. Failures are taken as independent, and requests as finding an instance that is up; retries, fallbacks and overload are not counted. Compare it with the availability that the run measured, and with the failures that clients saw: they also depend on how fast balancers notice.';

/** The part of a manual page about what can go wrong with a part that can suffer these effects, Markdown. */
export function faultManual(effects: readonly Effect[]): string {
  if (effects.length === 0) return '';
  const paragraphs = [...effects.map((effect) => TEXTS[effect]), CHANCE, OVERLAP];
  return `\n## What can go wrong\nFaults stand on the timeline of the design, or are injected while a run is under way.\n\n${paragraphs.join('\n\n')}\n`;
}
