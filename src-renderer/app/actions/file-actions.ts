import { IconDeviceFloppy, IconFileExport, IconFilePlus, IconFolderOpen } from '@tabler/icons-react';
import { openFromDialog, save, saveAs } from '../files/files';
import { uiStore } from '../ui-store';
import type { Action } from './action';

const always = (): boolean => true;

/** Actions on the file. */
export const fileActions: readonly Action[] = [
  {
    id: 'file.new',
    group: 'File',
    title: 'New …',
    keywords: 'gallery template example recent',
    shortcuts: ['mod+n'],
    scope: 'anywhere',
    icon: IconFilePlus,
    enabled: always,
    run: () => uiStore.setState({ galleryOpen: true }),
  },
  {
    id: 'file.open',
    group: 'File',
    title: 'Open …',
    shortcuts: ['mod+o'],
    scope: 'anywhere',
    icon: IconFolderOpen,
    enabled: always,
    run: () => void openFromDialog(),
  },
  { id: 'file.save', group: 'File', title: 'Save', shortcuts: ['mod+s'], scope: 'anywhere', icon: IconDeviceFloppy, enabled: always, run: () => void save() },
  {
    id: 'file.saveAs',
    group: 'File',
    title: 'Save as …',
    shortcuts: ['mod+shift+s'],
    scope: 'anywhere',
    icon: IconFileExport,
    enabled: always,
    run: () => void saveAs(),
  },
];
