/**
 * The one policy of every page that this program shows: nothing but its own files, no connection, no eval, no frames, no plug-ins.
 * WebAssembly may be compiled, since that is what the engine's kernel is; it comes from the program's own scripts, there is no other
 * source. Inline style attributes are allowed because the canvas positions its parts with them. A page cannot name its own
 * `frame-ancestors`, so the form for a meta element leaves that out.
 */
export function contentSecurityPolicy(form: 'header' | 'meta'): string {
  const directives = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
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
