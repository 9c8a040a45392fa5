/** Style sheet of the report: light, printable on A4 and Letter, readable on a phone. It names no other file. */
export const REPORT_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 1180px; padding: 28px 24px 48px; background: #fff; color: #17202e; font: 14px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif; overflow-wrap: break-word; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 38px 0 10px; padding-bottom: 5px; border-bottom: 2px solid #e2e6ed; }
h3 { font-size: 15px; margin: 22px 0 6px; }
h4 { font-size: 14px; margin: 14px 0 4px; }
p { margin: 6px 0; max-width: 78ch; }
ul, ol { margin: 6px 0; padding-left: 22px; max-width: 84ch; }
li { margin: 3px 0; }
code, pre { font: 12.5px/1.5 ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace; }
code { background: #f0f3f7; border-radius: 4px; padding: 1px 4px; }
pre { background: #f0f3f7; border-radius: 6px; margin: 8px 0; padding: 10px 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { padding: 0; }
.quiet { color: #566275; }
.design { font-size: 17px; margin: 0; }
.description { margin-top: 10px; white-space: pre-line; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 16px 0 0; max-width: none; padding: 0; }
a { color: #1d4fd7; }
.cards { display: grid; gap: 10px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); margin: 12px 0; }
.cards div { border: 1px solid #cbd2dd; border-radius: 8px; break-inside: avoid; padding: 9px 12px; }
.cards dt { color: #566275; font-size: 12.5px; }
.cards dd { font-size: 18px; font-variant-numeric: tabular-nums; font-weight: 600; margin: 1px 0 0; }
.scroll { margin: 8px 0 14px; overflow-x: auto; position: relative; }
.scroll:focus-visible { outline: 2px solid #1d4fd7; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
caption { caption-side: top; color: #566275; padding-bottom: 4px; text-align: left; }
caption.unseen { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
th, td { border-bottom: 1px solid #e2e6ed; padding: 4px 12px 4px 0; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #cbd2dd; color: #3d4859; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 500; }
th.number, td.number { text-align: right; white-space: nowrap; }
th.name { min-width: 110px; overflow-wrap: anywhere; }
th.number.named { min-width: 84px; overflow-wrap: anywhere; white-space: normal; }
td.prose { min-width: 180px; overflow-wrap: anywhere; }
td table { margin: 0; }
td td, td th { border-bottom: 0; padding: 0 12px 0 0; }
.verdict { font-weight: 600; white-space: nowrap; }
.pass { color: #15803d; }
.fail { color: #c81e1e; }
.warn { color: #b45309; }
figure { break-inside: avoid; margin: 0; }
figure svg { display: block; height: auto; width: 100%; }
.picture { background: #f8f9fb; border: 1px solid #e2e6ed; border-radius: 8px; overflow: hidden; }
.picture svg { margin: 0 auto; max-width: var(--natural-width); }
.charts { display: grid; gap: 16px; grid-template-columns: repeat(2, minmax(0, 1fr)); margin: 12px 0; }
.charts figure { border: 1px solid #e2e6ed; border-radius: 8px; padding: 6px; }
figcaption { color: #566275; font-size: 12.5px; padding: 2px 6px 4px; }
details { margin: 6px 0; }
summary { color: #1d4fd7; cursor: pointer; width: fit-content; }
details .scroll { max-height: 420px; overflow: auto; }
details thead th { background: #fff; position: sticky; top: 0; }
.notice { border-left: 4px solid #cbd2dd; margin: 8px 0; padding: 2px 0 2px 12px; }
.notice.warn { border-color: #b45309; color: inherit; }
.notice.fail { border-color: #c81e1e; color: inherit; }
@media screen and (max-width: 760px) {
  .picture { overflow-x: auto; }
  .picture svg { min-width: calc(var(--natural-width) * 0.6); }
  body { padding: 18px 14px 36px; }
  .charts { grid-template-columns: minmax(0, 1fr); }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media print {
  @page { margin: 16mm 14mm 18mm; }
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  h1 { font-size: 20pt; }
  h2 { break-after: avoid; font-size: 14pt; margin-top: 24px; }
  h3, h4, caption, h2 + p, h3 + p { break-after: avoid; }
  .cards dd { font-size: 11.5pt; }
  .charts figcaption { font-size: 8pt; }
  table { font-size: 8pt; }
  th, td { padding-right: 7px; }
  th.name { min-width: 76px; }
  thead th.number { white-space: normal; }
  thead { display: table-header-group; }
  tr, .notice, li, .short { break-inside: avoid; }
  .scroll { overflow: visible; }
  .charts { gap: 10px; }
  nav, details { display: none; }
  a { color: inherit; text-decoration: none; }
}
`;
