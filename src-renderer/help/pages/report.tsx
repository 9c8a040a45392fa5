import type { HelpPage } from '../help-page';

/** Taking a run away: report, pictures, film and tables. */
export const report: HelpPage = {
  id: 'report',
  group: 'Reading a run',
  title: 'Report, pictures and film',
  keywords: 'export html pdf print svg png webm video animation csv json share paper',
  content: (
    <>
      <p>
        <b>Export</b> at the right end of the panel below the canvas, <b>Export</b> in the menu and the command palette take a run away. All of it is of the
        design that ran, with the parameters that it had then, whatever has been changed since.
      </p>
      <h3>Report</h3>
      <p>
        One page that needs no other file and no program but a browser: a picture of the topology, objectives with their margins, every number with its
        interval, charts with the points behind them, the bottleneck with its evidence, faults and events, findings and self-checks, the workload, the
        parameters that differ from their defaults, what the model leaves out, and the command that gives the same numbers again. On the desktop it is also
        saved as PDF; in a browser <i>Print report</i> opens it with the browser’s own dialog, which can save a PDF, too.
      </p>
      <h3>Pictures</h3>
      <p>
        <i>Canvas as SVG</i> is a drawing of vectors and text, which stays sharp in slides and papers; <i>Canvas as PNG</i> is the same in pixels. Both show
        what the canvas shows at that moment: live numbers, the means of a finished run, or the bare design. <i>Charts as picture</i> puts one chart or several
        into one file.
      </p>
      <h3>Film</h3>
      <p>
        <i>Film of the run</i> repeats the first replication and draws it with its live numbers and faults, as a WebM film of 5 to 30 seconds, whatever the
        length of the run. It takes about as long as the film lasts; Cancel gives it up, and the result is not touched.
      </p>
      <h3>Tables</h3>
      <p>
        <i>Results as CSV</i> has a row for every part, instance, link and operation; <i>Series over time as CSV</i> has every point of every series: end to
        end, of each part, and of what telemetry collectors showed. <i>Whole result as JSON</i> is what the command line prints.
      </p>
    </>
  ),
};
