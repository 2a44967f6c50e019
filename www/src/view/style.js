/** How hits look. */

/** @type {CSSStyleSheet | undefined} */
let sheet;

export function viewSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}

const STYLE = `
.panel { padding: 0; }
.field[data-busy]::after {
  content: ""; flex: none; order: 1; inline-size: 18px; block-size: 18px; border: 2px solid var(--_border); border-block-start-color: var(--_accent);
  border-radius: 50%; animation: turn .8s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }
.list { padding: 8px; }
.group + .group { margin-block-start: 4px; padding-block-start: 4px; border-block-start: 1px solid color-mix(in srgb, var(--_border) 55%, transparent); }
.hit, .passage {
  display: flex; gap: 12px; min-block-size: 44px; padding: 10px 12px; color: var(--_text); text-decoration: none;
  border-radius: calc(var(--_radius) - 4px); cursor: pointer; scroll-margin-block: 8px 48px;
}
.hit:not([href]), .passage:not([href]) { cursor: default; }
.passage { margin-inline-start: 21px; padding-block: 8px; border-inline-start: 1px solid var(--_border); border-start-start-radius: 0; border-end-start-radius: 0; }
.passage .icon { inline-size: 16px; block-size: 16px; margin-block-start: 2px; opacity: .8; }
.hit .icon { margin-block-start: 2px; }
.icon { color: var(--_muted); }
:is(.hit, .passage):hover { background: var(--_sunken); }
:is(.hit, .passage)[aria-selected="true"] { background: var(--_active); box-shadow: inset 0 0 0 1.5px var(--_accent); }
[aria-selected="true"] .icon { color: var(--_accent); }
.text { flex: 1; min-inline-size: 0; display: block; }
.title { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-weight: 600; line-height: 1.35; text-wrap: pretty; }
.passage .title { font-weight: 500; font-size: .9375rem; }
.excerpt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; margin-block-start: 2px; font-size: .875rem; line-height: 1.5; color: var(--_muted); }
.excerpt:empty { display: none; }
mark { padding-inline: 1px; color: var(--_text); background: var(--_mark); border-radius: 3px; font-weight: 500; }
.missing { display: inline-block; margin-block-start: 4px; font-size: .8125rem; color: var(--_muted); }
.message { padding: 28px 24px; text-align: center; text-wrap: balance; }
.message strong { display: block; font-weight: 600; }
.message p { margin: 4px 0 0; font-size: .9375rem; color: var(--_muted); }
.partial { display: flex; align-items: center; gap: 12px; padding: 6px 20px; font-size: .875rem; background: var(--_sunken); border-block-end: 1px solid var(--_border); }
.again {
  flex: none; min-block-size: 44px; padding-inline: 16px; font: inherit; font-size: .875rem; font-weight: 500; color: var(--_accent);
  background: none; border: 1px solid var(--_border); border-radius: calc(var(--_radius) - 4px); cursor: pointer;
}
.message .again { margin-block-start: 16px; }
.partial .again { margin-inline-start: auto; border-color: transparent; }
.again:hover { border-color: var(--_accent); }
.again:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.footer {
  position: sticky; inset-block-end: 0; display: flex; justify-content: space-between; gap: 16px; padding: 8px 20px; font-size: .8125rem;
  color: var(--_muted); background: var(--_surface); border-block-start: 1px solid var(--_border);
}
.keys { display: flex; gap: 14px; }
@media (max-width: 30rem) { .excerpt { -webkit-line-clamp: 3; } }
@media (hover: none), (max-width: 30rem) { .keys { display: none; } }
@media (prefers-reduced-motion: reduce) { .field[data-busy]::after { animation: none; border-style: dotted; } }
@media (forced-colors: active) {
  mark { color: MarkText; background: Mark; forced-color-adjust: none; }
  :is(.hit, .passage)[aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
}
`;
