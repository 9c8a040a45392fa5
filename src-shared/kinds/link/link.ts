import { bandwidth, choice, distribution, duration, number, optional, probability, size } from '../params';
import { linkPolicyParams } from './link-policy-params';

/** Parameters of a link, the same for every pair of kinds; a condition names the kinds at the near end for which one matters. */
export const linkParams = {
  mode: choice({
    title: 'Mode',
    group: 'Call',
    default: 'call',
    choices: [
      { value: 'call', title: 'call', help: 'Send a request and wait for its reply.' },
      {
        value: 'forward',
        title: 'forward',
        help: 'Hand the request over: the far end answers the original caller, over the link on which that caller called.',
      },
    ],
    help: 'Whether the service waits for a reply or hands the request over. Of several forward links at most one is taken for each request.',
    provenance: 'Request and reply is how most services call each other.',
    when: { sourceKind: ['service'] },
  }),
  probability: probability({
    title: 'Probability',
    group: 'Call',
    default: 1,
    help: 'Chance that a request makes this call. For forward links: chance that the request leaves this way; what remains is answered.',
    provenance: 'Every request makes every call unless said otherwise.',
    when: { sourceKind: ['service'] },
  }),
  weight: number({
    title: 'Weight',
    unit: 'parts',
    group: 'Call',
    default: 1,
    min: 0,
    max: 1e6,
    help: 'Where a client has several links, its requests are spread over them at random in proportion to these weights. A balancer with a weighted algorithm gives each instance behind the link this weight.',
    provenance: 'Evenly unless said otherwise.',
    when: { sourceKind: ['client', 'load-balancer'] },
  }),
  timeoutMs: optional(
    duration({
      title: 'Timeout',
      group: 'Call',
      default: 1000,
      min: 0.000001,
      help: 'The caller gives up after this time and the call fails with the reason timeout. Work already sent goes on at the far end.',
      provenance: 'Off: many libraries wait for ever unless told otherwise.',
    }),
    'no timeout',
  ),
  latency: distribution({
    title: 'Latency',
    group: 'Network',
    default: { type: 'constant', valueMs: 0.25 },
    help: 'One-way propagation delay of a message.',
    provenance: 'Half of a 0.5 ms round trip within one data centre (J. Dean, "Numbers everyone should know", 2009).',
  }),
  replyLatency: optional(
    distribution({
      title: 'Reply latency',
      group: 'Network',
      default: { type: 'constant', valueMs: 0.25 },
      help: 'One-way delay of the reply, where it differs from that of the request.',
      provenance: 'Paths are symmetric unless said otherwise.',
    }),
    'as latency',
  ),
  jitterMs: duration({
    title: 'Jitter',
    group: 'Network',
    default: 0,
    help: 'Each message is delayed by up to this much more or less than its latency, evenly distributed, never below zero.',
    provenance: 'Off by default, so that latency alone says what a message takes.',
  }),
  bandwidthMbps: optional(
    bandwidth({
      title: 'Bandwidth',
      group: 'Network',
      default: 1000,
      help: 'Rate of the transmitter in each direction. Messages queue for it, first in first out, and take size divided by bandwidth to send.',
      provenance: 'Unlimited: inside a data centre small messages seldom queue for the wire.',
    }),
    'unlimited',
  ),
  bufferBytes: optional(
    size({
      title: 'Buffer',
      group: 'Network',
      default: 1_000_000,
      min: 1,
      help: 'A message that finds more than this many bytes waiting for the transmitter is dropped.',
      provenance: 'Unlimited, so that queueing theory applies unless a buffer is given.',
      when: { param: 'bandwidthMbps', is: ['set'] },
    }),
    'unlimited',
  ),
  loss: probability({
    title: 'Loss',
    group: 'Network',
    default: 0,
    max: 1,
    help: 'Chance that a message is lost, in each direction.',
    provenance: 'Wired networks within a data centre lose very little.',
  }),
  lossDetectionMs: duration({
    title: 'Loss noticed after',
    group: 'Network',
    default: 1000,
    help: 'When a message is lost or dropped the caller learns of it after this time, unless its timeout comes first.',
    provenance: 'Initial retransmission timeout of TCP, 1 s (RFC 6298, section 2.1).',
  }),
  requestBytes: optional(
    size({
      title: 'Request size',
      group: 'Payload',
      default: 1000,
      help: 'Size of a request on this link. Matters where bandwidth is limited, and is counted as traffic everywhere.',
      provenance: 'Sizes belong to operations; a link may say otherwise.',
    }),
    'as the operation says',
  ),
  responseBytes: optional(
    size({
      title: 'Reply size',
      group: 'Payload',
      default: 10_000,
      help: 'Size of a reply on this link.',
      provenance: 'Sizes belong to operations; a link may say otherwise.',
    }),
    'as the operation says',
  ),
  ...linkPolicyParams,
} as const;

/** The parameters of a link that carries telemetry: those of the network. Nothing is called over it, so that the others have no effect. */
export const telemetryLinkParams = {
  latency: linkParams.latency,
  replyLatency: linkParams.replyLatency,
  jitterMs: linkParams.jitterMs,
  bandwidthMbps: linkParams.bandwidthMbps,
  bufferBytes: linkParams.bufferBytes,
  loss: linkParams.loss,
  lossDetectionMs: linkParams.lossDetectionMs,
} as const;
