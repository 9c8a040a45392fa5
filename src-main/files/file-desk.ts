import { basename, extname } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog } from 'electron';
import type { Result } from '../../src-shared/base/result';
import { err, ok } from '../../src-shared/base/result';
import { FILE_EXTENSION } from '../../src-shared/project/project';
import type { ExportFile, FileFailure, OpenedFile, PrintReport, SavedFile } from '../../src-shared/protocol/desktop-api';
import { printToPdf } from './print-to-pdf';
import { readProjectFile, writeTextFile } from './project-files';
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

  constructor(
    private readonly recent: RecentFiles,
    private readonly onRecentChanged: () => void,
  ) {}

  /** Reads a file that the user has pointed at. */
  async open(path: string): Promise<Result<OpenedFile, FileFailure>> {
    const result = await readProjectFile(path);
    if (result.ok) await this.remember(path);
    else if (result.error.kind === 'not-found' && this.recent.has(path)) {
      await this.recent.remove(path);
      this.onRecentChanged();
    }
    return result;
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

  async save(path: string, text: string): Promise<Result<SavedFile, FileFailure>> {
    if (!this.chosen.has(path) && !this.recent.has(path)) {
      return err({ kind: 'permission', place: path, problem: 'This place was not chosen in this session.', remedy: 'Choose it with Save as.' });
    }
    return this.write(path, text, true);
  }

  async saveAs(window: BrowserWindow, suggestedName: string, text: string): Promise<Result<SavedFile, FileFailure> | null> {
    const path = await this.askWhere(window, suggestedName, PROJECT_FILTER, FILE_EXTENSION);
    return path === null ? null : this.write(path, text, true);
  }

  async exportFile(window: BrowserWindow, file: ExportFile): Promise<Result<SavedFile, FileFailure> | null> {
    const extension = extname(file.suggestedName);
    const path = await this.askWhere(
      window,
      file.suggestedName,
      { name: EXPORT_FILTERS[extension.slice(1)] ?? 'File', extensions: [extension.slice(1)] },
      extension,
    );
    return path === null ? null : this.write(path, file.content, false);
  }

  /** Asks where first, so that nobody waits for pages that are not wanted. */
  async printReport(window: BrowserWindow, { suggestedName, html }: PrintReport): Promise<Result<SavedFile, FileFailure> | null> {
    const path = await this.askWhere(window, suggestedName, { name: EXPORT_FILTERS.pdf ?? 'File', extensions: ['pdf'] }, '.pdf');
    if (path === null) return null;
    try {
      return await this.write(path, await printToPdf(html), false);
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

  private async write(path: string, content: string | Uint8Array, isProject: boolean): Promise<Result<SavedFile, FileFailure>> {
    const result = await writeTextFile(path, content);
    if (!result.ok) return result;
    if (isProject) await this.remember(path);
    return ok({ path, name: basename(path) });
  }

  private async remember(path: string): Promise<void> {
    this.chosen.add(path);
    app.addRecentDocument(path);
    await this.recent.add(path);
    this.onRecentChanged();
  }
}
