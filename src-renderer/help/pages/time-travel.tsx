import type { HelpPage } from '../help-page';

/** How one looks back at a run, and why what one sees is the run itself. */
export const timeTravel: HelpPage = {
  id: 'time-travel',
  group: 'Reading a run',
  title: 'Looking back: time travel',
  keywords: 'scrub rewind step back past replay moment instant event history check point',
  content: (
    <>
      <p>
        Once a run is over, stopped or paused, the time bar between canvas and dock leads to any moment of it. Canvas, instances, marks of faults and the
        cursors of the charts show that moment; the summary and the table stay those of the whole run. While the past is on display the bar is tinted, says
        Past, and a note over the canvas names the moment.
      </p>

      <h3>Moving through time</h3>
      <ul>
        <li>Drag on the bar. It stops at the ends of the intervals of the charts. Red marks on it are times in which a fault was under way.</li>
        <li>
          With the focus on the bar: <kbd>←</kbd> <kbd>→</kbd> one interval, <kbd>Page up</kbd> <kbd>Page down</kbd> ten, <kbd>Home</kbd> the beginning,{' '}
          <kbd>End</kbd> or <kbd>Esc</kbd> the present.
        </li>
        <li>
          <kbd>,</kbd> steps back and <kbd>.</kbd> steps on, by one event, one request or one interval: whatever was chosen last in the menu beside Step.
        </li>
        <li>A click on an entry of the Events tab leads to its time and its part; so does a click on a point of a chart.</li>
        <li>A click on the time in the bar opens fields for an exact time and for the number of an event.</li>
      </ul>

      <h3>What is shown of a moment</h3>
      <p>
        Counts, such as requests at an instance, are those of the very instant, after everything that happens at it. Rates and shares need a time to be taken
        over: they are averages over the last eight intervals, where older ones count less. The p95 of a part is that of its latest interval, since percentiles
        are never averaged.
      </p>

      <h3>How it works, and how long it takes</h3>
      <p>
        A run is not recorded. Equal project, seed and faults give an equal run, so the moment is reached by repeating the run beside the window, faults that
        were injected by hand included. The bar says how long that took. From the first look on, the rest is prepared in the background: a picture of every
        interval (at most 32 MB; the blue line on the bar tells how far they are), and up to five sessions that stand at earlier moments and from which the run
        goes on. Then dragging costs nothing, and the way to any event is a part of the run. An ordinary run costs nothing for this: nothing is kept until one
        looks back.
      </p>
      <p>
        Of several replications the first one can be looked back at, as it is the one in the charts. While a run looks for the end of its warm-up there is
        nothing to look back at yet.
      </p>

      <h3>Back to the present</h3>
      <p>
        Resume goes on from where the run stands, not from the moment on display. A change to the model, a new run and Back to the end (or to now) end the look
        back. Moving and renaming parts do not.
      </p>
    </>
  ),
};
