import { IconDeviceFloppy, IconFileExport, IconFilePlus, IconFileTypeCsv, IconFolderOpen, IconJson, IconPhoto } from '@tabler/icons-react';
import { exportCanvasPng, exportResultCsv, exportResultJson, exportSeriesCsv, hasCanvasPicture, hasResult } from '../../results/exports';
import { openFromDialog, save, saveAs } from '../files/files';
import { uiStore } from '../ui-store';
import type { Action } from './action';

const always = (): boolean => true;
const file = { group: 'File', scope: 'anywhere' } as const;

/** Actions on the file, and on the files that results are written to. */
export const fileActions: readonly Action[] = [
  {
    ...file,
    id: 'file.new',
    title: 'New …',
    keywords: 'gallery template example recent',
    shortcuts: ['mod+n'],
    icon: IconFilePlus,
    enabled: always,
    run: () => uiStore.setState({ galleryOpen: true }),
  },
  { ...file, id: 'file.open', title: 'Open …', shortcuts: ['mod+o'], icon: IconFolderOpen, enabled: always, run: () => void openFromDialog() },
  { ...file, id: 'file.save', title: 'Save', shortcuts: ['mod+s'], icon: IconDeviceFloppy, enabled: always, run: () => void save() },
  { ...file, id: 'file.saveAs', title: 'Save as …', shortcuts: ['mod+shift+s'], icon: IconFileExport, enabled: always, run: () => void saveAs() },
  {
    ...file,
    id: 'file.exportCsv',
    title: 'Export results as CSV …',
    keywords: 'table spreadsheet',
    shortcuts: [],
    icon: IconFileTypeCsv,
    enabled: hasResult,
    run: () => void exportResultCsv(),
  },
  {
    ...file,
    id: 'file.exportSeries',
    title: 'Export series over time as CSV …',
    keywords: 'charts spreadsheet',
    shortcuts: [],
    icon: IconFileTypeCsv,
    enabled: hasResult,
    run: () => void exportSeriesCsv(),
  },
  {
    ...file,
    id: 'file.exportJson',
    title: 'Export whole result as JSON …',
    shortcuts: [],
    icon: IconJson,
    enabled: hasResult,
    run: () => void exportResultJson(),
  },
  {
    ...file,
    id: 'file.exportPng',
    title: 'Export canvas as PNG …',
    keywords: 'picture image',
    shortcuts: [],
    icon: IconPhoto,
    enabled: hasCanvasPicture,
    run: () => void exportCanvasPng(),
  },
];
