/** Written part of the manual page, Markdown. */
export const serviceManual = '';
