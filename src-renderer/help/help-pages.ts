import type { HelpPage } from './help-page';
import { advice } from './pages/advice';
import { compare } from './pages/compare';
import { fidelity } from './pages/fidelity';
import { firstSteps } from './pages/first-steps';
import { keyboard } from './pages/keyboard';
import { objectives } from './pages/objectives';
import { partPages } from './pages/parts';
import { readingResults } from './pages/reading-results';
import { report } from './pages/report';
import { sweeps } from './pages/sweeps';
import { telemetry } from './pages/telemetry';
import { timeTravel } from './pages/time-travel';
import { traces } from './pages/traces';

/** Every page of the help: the one table. Under their headings pages stand in this order. */
export const HELP_PAGES: readonly HelpPage[] = [
  firstSteps,
  keyboard,
  readingResults,
  objectives,
  advice,
  timeTravel,
  traces,
  telemetry,
  report,
  compare,
  sweeps,
  fidelity,
  ...partPages,
];
