import type { Distribution } from '../../kinds/distribution';
import type { RunResult } from '../../run/result';
import type { LinkModel, LinkPathModel, ValidationCase, WindowFlowModel } from '../case';
import type { Draft, LinkValues } from '../draft';
import { draft, UNLIMITED_SERVERS } from '../draft';
import type { Effort, Expression } from './expression';
import { linkMetricsOf, seconds, singleRun, steadyState } from './expression';

const constant = (seconds: number): Distribution => ({ type: 'constant', valueMs: seconds * 1000 });
const megabits = (bytesPerS: number): number => (bytesPerS * 8) / 1e6;
const packet = (name: string, bytes: number, weight = 1) => ({ name, weight, type: 'read' as const, requestBytes: bytes, responseBytes: 0, priority: 1 });

/** A part that passes packets on at once. */
function relay(parts: Draft, id: string): void {
  parts.service(id, { servers: UNLIMITED_SERVERS, serviceTime: constant(0) });
}

/** Packets handed over one way, from node to node; the reply goes straight back over the client's own link, which takes no time. */
function path(parts: Draft, hops: readonly LinkValues[]): void {
  relay(parts, 'node-0');
  parts.link('clients', 'node-0');
  for (const [index, hop] of hops.entries()) {
    relay(parts, `node-${index + 1}`);
    parts.link(`node-${index}`, `node-${index + 1}`, { mode: 'forward', ...hop });
  }
}

/** A burst of packets through a chain of links. */
export function expressLinkPath({ title }: ValidationCase, model: LinkPathModel, effort: Effort): Expression {
  const { packet_bytes, packets, bandwidth_bytes_per_s, propagation_s, propagation_s_per_link, links } = model;
  const bandwidths = typeof bandwidth_bytes_per_s === 'number' ? Array.from({ length: links ?? 1 }, () => bandwidth_bytes_per_s) : bandwidth_bytes_per_s;
  const propagation = (hop: number): number => propagation_s?.[hop] ?? propagation_s_per_link ?? 0;
  const parts = draft(title);
  const trace = Array.from({ length: packets }, () => ({ atMs: 0, workMs: 0, priority: 1 }));
  parts.client('clients', { arrivals: 'trace', trace, operations: [packet('packet', packet_bytes)] });
  path(
    parts,
    bandwidths.map((bandwidth, hop) => ({ bandwidthMbps: megabits(bandwidth), latency: constant(propagation(hop)) })),
  );
  return singleRun(parts.build({ warmUpMs: 0, durationMs: 10_000, seed: effort.seed, requestLog: 10_000 }), (result) => {
    const ends = result.requests.map(({ endMs }) => endMs / 1000).sort((a, b) => a - b);
    const [first, last] = [ends.at(0), ends.at(-1)];
    const { networkMeanMs, queueingMeanMs } = linkMetricsOf(result, 'node-0', 'node-1');
    return {
      values: {
        first_packet_arrival_s: first,
        last_packet_arrival_s: ends.length === packets ? last : undefined,
        serialisation_s: networkMeanMs === undefined || queueingMeanMs === undefined ? undefined : (networkMeanMs - queueingMeanMs) / 1000 - propagation(0),
        throughput_bytes_per_s: first === undefined || last === undefined ? undefined : ((packets - 1) * packet_bytes) / (last - first),
      },
    };
  });
}

/** Packets at random on one link, which is a queue with one server: the transmitter. */
export function expressLink({ title, run }: ValidationCase, model: LinkModel, effort: Effort): Expression {
  const { arrivals, bandwidth_bytes_per_s, propagation_s, packet_bytes } = model;
  const parts = draft(title);
  const operations =
    typeof packet_bytes === 'number'
      ? [packet('packet', packet_bytes)]
      : packet_bytes.map(({ value_bytes, probability }) => packet(`packet of ${value_bytes}`, value_bytes, probability));
  parts.client('clients', { arrivals: 'poisson', ratePerS: arrivals.rate_per_s, operations });
  path(parts, [{ bandwidthMbps: megabits(bandwidth_bytes_per_s), latency: constant(propagation_s) }]);
  return singleRun(parts.build(steadyState(run, arrivals.rate_per_s, effort)), (result) => {
    const metrics = linkMetricsOf(result, 'node-0', 'node-1');
    return {
      values: {
        mean_queueing_delay_s: seconds(metrics.queueingMeanMs),
        p99_queueing_delay_s: seconds(metrics.queueingP99Ms),
        mean_transit_s: seconds(metrics.networkMeanMs),
        utilisation: metrics.utilisation,
        mean_packet_bytes: metrics.bytesRate === undefined || metrics.callRate === undefined ? undefined : metrics.bytesRate / metrics.callRate,
      },
    };
  });
}

/**
 * A window of packets in flight: as many users without think time as packets fit the window, each with one packet under way.
 * Two more runs of a single packet measure the round trip and the bandwidth, whose product the case states.
 */
export function expressWindowFlow({ title }: ValidationCase, model: WindowFlowModel, effort: Effort): Expression {
  const { window_bytes, round_trip_s, bandwidth_bytes_per_s } = model;
  const users = windowPackets(window_bytes);
  const bytes = window_bytes / users;
  const oneWay = constant(round_trip_s / 2);
  const roundTrips = 200;
  const big = bandwidth_bytes_per_s * 10;
  const project = (packetBytes: number, flow: boolean) => {
    const parts = draft(title);
    parts.client('clients', {
      operations: [packet('packet', packetBytes)],
      ...(flow ? { arrivals: 'closed', users, thinkTime: constant(0) } : { arrivals: 'trace', trace: [{ atMs: 0, workMs: 0, priority: 1 }] }),
    });
    relay(parts, 'receiver');
    parts.link('clients', 'receiver', { bandwidthMbps: megabits(bandwidth_bytes_per_s), latency: oneWay });
    const trip = round_trip_s * 1000;
    return parts.build(
      flow ? { warmUpMs: trip * 20, durationMs: trip * roundTrips, seed: effort.seed } : { warmUpMs: 0, durationMs: 60_000, seed: effort.seed },
    );
  };
  const results: (number | undefined)[] = [];
  const read = [
    ({ endToEnd }: RunResult) => endToEnd.metrics.throughput,
    ({ endToEnd }: RunResult) => seconds(endToEnd.metrics.latencyMeanMs),
    ({ endToEnd }: RunResult) => seconds(endToEnd.metrics.latencyMeanMs),
  ];
  return {
    runs: 3,
    project: (run) => project([bytes, 0, big][run] ?? 0, run === 0),
    take: (result, run) => {
      results[run] = read[run]?.(result);
    },
    measure: () => {
      const [packetsPerS, roundTrip, roundTripOfBig] = results;
      const product = roundTrip === undefined || roundTripOfBig === undefined ? undefined : (big / (roundTripOfBig - roundTrip)) * roundTrip;
      return { values: { throughput_bytes_per_s: packetsPerS === undefined ? undefined : packetsPerS * bytes, bandwidth_delay_product_bytes: product } };
    },
  };
}

/** Smallest number of equal packets, at least a hundred, that fill a window exactly: none above 1 % of the window. */
function windowPackets(windowBytes: number): number {
  for (let packets = 100; packets < 1000; packets++) if (windowBytes % packets === 0) return packets;
  return 1000;
}
