import type { ParamValues } from '../params';
import type { LoweringContext } from '../lowering';
import type { databaseParams } from './database-params';

export function lowerDatabase(_values: ParamValues<typeof databaseParams>, _context: LoweringContext): void {}
