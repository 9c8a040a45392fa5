import { HelpLink } from '../help-link';
import type { HelpPage } from '../help-page';

/** From nothing to a first number that means something. */
export const firstSteps: HelpPage = {
  id: 'first-steps',
  group: 'Start',
  title: 'First steps',
  keywords: 'begin tutorial introduction draw connect run',
  content: (
    <>
      <p>
        Topolab simulates a distributed system that you draw: requests arrive, wait, are served, are lost and asked for again, one event after the other. Every
        number on the screen comes out of that simulation.
      </p>
      <h3>Draw</h3>
      <p>
        Drag parts from the palette at the left onto the canvas, or click a part and then the place for it. Drag from the handle at the right side of a part to
        another part to let the first call the second. A part calls what it is linked to, in order, unless its parameters say otherwise. Every default works:
        clients, a service and one link are a system that runs.
      </p>
      <h3>Run</h3>
      <p>
        Press Space or the Run button. Speeds beside it let simulated time pass as fast as a clock, ten times as fast, or as fast as this computer can. Length,
        warm-up, seed and replications are set in the inspector while nothing is selected.
      </p>
      <h3>Break it</h3>
      <p>
        Right-click a part or a link during a run to let it crash, slow down or be cut, or put faults on the timeline before the run. Charts shade the times in
        which something was wrong.
      </p>
      <h3>Read it</h3>
      <p>
        Charts show the run over simulated time; the summary has its numbers, how sure they are, and what to look out for. What they mean stands on the page{' '}
        <HelpLink page="reading-results">Reading results</HelpLink>; how far to trust them on the page <HelpLink page="fidelity">Fidelity</HelpLink>.
      </p>
      <h3>Keep it</h3>
      <p>
        A project is one file, with all of its designs. What is not saved yet is put aside every few seconds and offered again should the program end. Saving
        asks before it replaces what another program has written into the file meanwhile, and never replaces a file that is read-only.
      </p>
    </>
  ),
};
