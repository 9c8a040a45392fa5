import type { ParamValues } from '../params';
import type { LoweringContext } from '../lowering';
import type { clientParams } from './client-params';

export function lowerClient(_values: ParamValues<typeof clientParams>, _context: LoweringContext): void {}
