/** Keeps numbers and their units, and ± between two numbers, on one line: with spaces at which no line ends. */
export function unbroken(text: string): string {
  return text.replace(/([\d±≤≥]) (?=%|[µmn]?s\b|min\b|h\b|req\/s|±|[\d.]+ ?%)/g, '$1\u00a0');
}
