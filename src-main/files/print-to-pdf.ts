import { BrowserWindow, session } from 'electron';
import { SCHEME } from '../security/app-protocol';

/** Longest time that making the pages may take. */
const PATIENCE_MS = 60_000;
const MILLIMETRES_PER_INCH = 25.4;
const FOOTER =
  '<div style="box-sizing:border-box;width:100%;font:8px sans-serif;color:#566275;padding:0 14mm;display:flex;gap:6mm;justify-content:space-between;white-space:nowrap"><span class="title" style="overflow:hidden;text-overflow:ellipsis"></span><span style="flex:none">page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>';

/**
 * The pages of a document as a PDF file with an outline and tags for screen readers, on A4. The document is shown by a hidden page
 * without scripts, in a session of its own that keeps nothing and knows no other address. Rejects where no pages can be made.
 */
export async function printToPdf(html: string): Promise<Uint8Array> {
  const own = session.fromPartition('topolab-print');
  const url = `${SCHEME}://print/report.html`;
  own.protocol.handle(SCHEME, (request) =>
    request.url === url
      ? new Response(html, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
        })
      : new Response(null, { status: 404 }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, spellcheck: false },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => fail(new Error('it took more than a minute')), PATIENCE_MS);
  });
  try {
    await Promise.race([window.loadURL(url), tooLong]);
    const pages = window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: FOOTER,
      margins: { top: 16 / MILLIMETRES_PER_INCH, bottom: 18 / MILLIMETRES_PER_INCH, left: 14 / MILLIMETRES_PER_INCH, right: 14 / MILLIMETRES_PER_INCH },
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    return new Uint8Array(await Promise.race([pages, tooLong]));
  } finally {
    clearTimeout(timer);
    window.destroy();
    own.protocol.unhandle(SCHEME);
  }
}
