import type { ParamValues } from '../params';
import type { LoweringContext } from '../lowering';
import type { serviceParams } from './service-params';

export function lowerService(_values: ParamValues<typeof serviceParams>, _context: LoweringContext): void {}
