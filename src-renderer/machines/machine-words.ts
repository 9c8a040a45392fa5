import { formatNumber } from '../../src-shared/base/format';
import type { Machine } from '../../src-shared/kinds/machine';

/** Hours in a month of the length that bills are made of: 365 days by 12. */
const HOURS_PER_MONTH = 730;

/** A price in USD with the cents that matter. */
export function formatPrice(usd: number): string {
  return usd === 0 ? 'free' : `${usd >= 0.1 ? usd.toFixed(2) : formatNumber(usd)} USD`;
}

/** What a machine can do and costs, in one line: `4 vCPU, 16 GB, 0.20 USD/h`. */
export function describeMachine({ vcpus, speed, memoryGb, pricePerHour }: Machine): string {
  return [
    `${formatNumber(vcpus, 6)} vCPU`,
    ...(speed === 1 ? [] : [`${formatNumber(speed)}× speed`]),
    `${formatNumber(memoryGb, 6)} GB`,
    pricePerHour === 0 ? 'no price' : `${formatPrice(pricePerHour)}/h`,
  ].join(', ');
}

/** Price of a month, for people who think in bills. */
export function monthlyPrice({ pricePerHour }: Machine): string {
  return pricePerHour === 0 ? 'free' : `${Math.round(pricePerHour * HOURS_PER_MONTH).toLocaleString('en-GB')} USD a month`;
}
