/**
 * The one policy of every page that this program shows: nothing but its own files, no connection, no eval, no frames, no plug-ins.
 * Inline style attributes are allowed because the canvas positions its parts with them. A page cannot name its own
 * `frame-ancestors`, so the form for a meta element leaves that out.
 */
export function contentSecurityPolicy(form: 'header' | 'meta'): string {
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ];
  if (form === 'header') directives.push("frame-ancestors 'none'");
  return directives.join('; ');
}
