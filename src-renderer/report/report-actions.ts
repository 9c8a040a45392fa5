import { IconChartDots, IconFileTypeHtml, IconFileTypePdf, IconFileTypeSvg, IconMovie, IconPrinter } from '@tabler/icons-react';
import type { Action } from '../app/actions/action';
import { bridge } from '../bridge/bridge';
import { hasCanvasPicture, hasResult } from '../results/exports';
import { exportCanvasSvg, printReport, saveReport } from './report-exports';
import { openReportDialog } from './report-store';

const desktop = bridge.host === 'desktop';
const file = { group: 'File', scope: 'anywhere', shortcuts: [] } as const;

/** Actions that tell of a run on paper and in pictures. */
export const reportActions: readonly Action[] = [
  {
    ...file,
    id: 'file.report',
    title: 'Save report as HTML …',
    keywords: 'export document paper results share',
    icon: IconFileTypeHtml,
    enabled: hasResult,
    run: () => void saveReport(),
  },
  {
    ...file,
    id: 'file.printReport',
    title: desktop ? 'Save report as PDF …' : 'Print report …',
    keywords: 'export document paper pdf print',
    icon: desktop ? IconFileTypePdf : IconPrinter,
    enabled: hasResult,
    run: () => void printReport(),
  },
  {
    ...file,
    id: 'file.exportSvg',
    title: 'Export canvas as SVG …',
    keywords: 'picture image vector',
    icon: IconFileTypeSvg,
    enabled: hasCanvasPicture,
    run: () => void exportCanvasSvg(),
  },
  {
    ...file,
    id: 'file.exportCharts',
    title: 'Export charts as picture …',
    keywords: 'svg png image vector',
    icon: IconChartDots,
    enabled: hasResult,
    run: () => openReportDialog('charts'),
  },
  {
    ...file,
    id: 'file.exportFilm',
    title: 'Export film of the run …',
    keywords: 'animation video webm record gif',
    icon: IconMovie,
    enabled: hasResult,
    run: () => openReportDialog('film'),
  },
];
