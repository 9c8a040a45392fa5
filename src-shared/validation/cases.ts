import type { ValidationCase } from './case';
import cases from './cases.json';

/** Every reference case of the families that this version covers: closed forms, exact numerical solutions and published figures. */
export const CASES = cases as unknown as readonly ValidationCase[];
