export { formatAxis, formatChartValue, formatClock, formatTick, UNIT_WORDS } from '../../src-shared/analysis/chart-text';
