import { basename, extname } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog } from 'electron';
import type { Result } from '../../src-shared/base/result';
import { err, ok } from '../../src-shared/base/result';
import { FILE_EXTENSION } from '../../src-shared/project/project';
import type { ExportFile, FileFailure, OpenedFile, PrintReport, SavedFile } from '../../src-shared/protocol/desktop-api';
import { KnownTexts } from './known-texts';
import { printToPdf } from './print-to-pdf';
import { readProjectFile, writeContent } from './project-files';
import type { RecentFiles } from './recent-files';

const PROJECT_FILTER = { name: 'Topolab project', extensions: [FILE_EXTENSION.slice(1)] };
const EXPORT_FILTERS: Readonly<Record<string, string>> = {
  csv: 'Table',
  json: 'Result',
  png: 'Picture',
  svg: 'Picture',
  html: 'Report',
  pdf: 'Report',
  webm: 'Film',
};

/**
 * Opens and saves for the page. The page can only write to a path that the user has chosen: in a dialog, by opening the file, or
 * earlier (it is in the list of recent files).
 */
export class FileDesk {
  private readonly chosen = new Set<string>();
  private readonly known = new KnownTexts();
  private current: string | null = null;

  constructor(
    private readonly recent: RecentFiles,
    private readonly onRecentChanged: () => void,
  ) {}

  /** Reads a file that the user has pointed at. */
  async open(path: string): Promise<Result<OpenedFile, FileFailure>> {
    const result = await readProjectFile(path);
    if (result.ok) {
      this.known.remember(path, result.value.text);
      this.chosen.add(path);
    } else if (result.error.kind === 'not-found' && this.recent.has(path)) {
      await this.recent.remove(path);
      this.onRecentChanged();
    }
    return result;
  }

  /** Notes which file the page shows: what turned out to be no project is never among the recent files. */
  async show(path: string | null): Promise<void> {
    if (path === this.current) return;
    this.current = path;
    if (path !== null && this.chosen.has(path)) await this.remember(path);
  }

  async openDialog(window: BrowserWindow): Promise<Result<OpenedFile, FileFailure> | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openFile'],
      filters: [PROJECT_FILTER, { name: 'All files', extensions: ['*'] }],
    });
    const path = filePaths[0];
    return canceled || path === undefined ? null : this.open(path);
  }

  async openRecent(path: string): Promise<Result<OpenedFile, FileFailure>> {
    if (this.recent.has(path)) return this.open(path);
    return err({ kind: 'not-found', place: path, problem: 'This file is not in the list of recent files any more.', remedy: 'Open it with Open.' });
  }

  /** Writes to a file again; unless `replace`, not over what another program has written there since it was read or written here. */
  async save(path: string, text: string, replace: boolean): Promise<Result<SavedFile, FileFailure>> {
    if (!this.chosen.has(path) && !this.recent.has(path)) {
      return err({ kind: 'permission', place: path, problem: 'This place was not chosen in this session.', remedy: 'Choose it with Save as.' });
    }
    if (!replace && (await this.known.hasChanged(path))) {
      return err({
        kind: 'changed',
        place: path,
        problem: 'Another program has changed this file since it was opened or saved here.',
        remedy: 'Save under another name with Save as, or replace what is in the file now.',
      });
    }
    return this.saveProject(path, text);
  }

  async saveAs(window: BrowserWindow, suggestedName: string, text: string): Promise<Result<SavedFile, FileFailure> | null> {
    const path = await this.askWhere(window, suggestedName, PROJECT_FILTER, FILE_EXTENSION);
    return path === null ? null : this.saveProject(path, text);
  }

  async exportFile(window: BrowserWindow, file: ExportFile): Promise<Result<SavedFile, FileFailure> | null> {
    const extension = extname(file.suggestedName);
    const path = await this.askWhere(
      window,
      file.suggestedName,
      { name: EXPORT_FILTERS[extension.slice(1)] ?? 'File', extensions: [extension.slice(1)] },
      extension,
    );
    return path === null ? null : this.exportTo(path, file.content);
  }

  /** Asks where first, so that nobody waits for pages that are not wanted. */
  async printReport(window: BrowserWindow, { suggestedName, html }: PrintReport): Promise<Result<SavedFile, FileFailure> | null> {
    const path = await this.askWhere(window, suggestedName, { name: EXPORT_FILTERS.pdf ?? 'File', extensions: ['pdf'] }, '.pdf');
    if (path === null) return null;
    try {
      return await this.exportTo(path, await printToPdf(html));
    } catch (error) {
      return err({
        kind: 'other',
        place: path,
        problem: `The pages could not be made: ${error instanceof Error ? error.message : String(error)}.`,
        remedy: 'Save the report as HTML and print it from a browser.',
      });
    }
  }

  private async askWhere(
    window: BrowserWindow,
    suggestedName: string,
    filter: { name: string; extensions: string[] },
    extension: string,
  ): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: suggestedName,
      filters: [filter],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || filePath === undefined || filePath === '') return null;
    return extname(filePath) === '' ? filePath + extension : filePath;
  }

  private async saveProject(path: string, text: string): Promise<Result<SavedFile, FileFailure>> {
    const result = await writeContent(path, text, 'save');
    if (!result.ok) return result;
    this.known.remember(path, text);
    await this.remember(path);
    return ok({ path, name: basename(path) });
  }

  private async exportTo(path: string, content: string | Uint8Array): Promise<Result<SavedFile, FileFailure>> {
    const result = await writeContent(path, content, 'export');
    return result.ok ? ok({ path, name: basename(path) }) : result;
  }

  private async remember(path: string): Promise<void> {
    this.chosen.add(path);
    this.current = path;
    app.addRecentDocument(path);
    await this.recent.add(path);
    this.onRecentChanged();
  }
}
