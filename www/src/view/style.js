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
.field[data-busy]::after {
  content: ""; flex: none; order: 1; inline-size: 18px; block-size: 18px; border: 2px solid var(--_muted); border-block-start-color: transparent;
  border-radius: 50%; animation: turn .8s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }
.list { padding: 8px; margin: 0; list-style: none; }
.group + .group { margin-block-start: 4px; padding-block-start: 4px; border-block-start: var(--_border); }
[role="option"] { display: flex; gap: 12px; min-block-size: var(--_target); padding: 10px 12px; color: inherit; text-decoration: none; border-radius: var(--_small); scroll-margin-block: 8px 56px; }
[href], [data-query] { cursor: pointer; }
[role="option"]:hover { background: var(--searchlet-hover, var(--_sunken)); }
[role="option"][aria-selected="true"] { background: var(--searchlet-active, light-dark(#eef0ff, #262b45)); box-shadow: inset 0 0 0 1.5px var(--_accent); }
[aria-selected="true"] .icon { color: var(--_accent); }
.passage[role="option"] { margin-inline-start: 21px; padding-block: 8px; border-inline-start: var(--_border); border-start-start-radius: 0; border-end-start-radius: 0; }
.text { flex: 1; min-inline-size: 0; }
.title, .excerpt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: var(--searchlet-title-lines, 2); overflow: hidden; unicode-bidi: plaintext; text-align: match-parent; }
.title { margin: 0; font: inherit; font-size: var(--searchlet-title-size, 1em); font-weight: var(--searchlet-title-weight, 600); line-height: 1.35; text-wrap: pretty; }
:is(.passage, .recent) .title { font-weight: 500; font-size: .9375em; }
.excerpt { -webkit-line-clamp: var(--searchlet-excerpt-lines, 2); margin: 2px 0 0; font-size: var(--searchlet-excerpt-size, .875em); color: var(--_muted); }
.excerpt:empty { display: none; }
.mark { padding-inline: 1px; color: var(--searchlet-mark-text, var(--_text)); background: var(--searchlet-mark, light-dark(#fff0b8, #57470f)); border-radius: 3px; font-weight: 500; }
.missing { display: inline-block; margin-block-start: 4px; }
.missing, .footer, .number, .choice, .bound, summary { font-size: var(--searchlet-small-size, .875em); }
.missing, .footer, .number, .message p { color: var(--_muted); }
.message { padding: 28px 24px; text-align: center; text-wrap: balance; }
.message strong { display: block; font-weight: 600; }
.message p { margin: 4px 0 16px; }
.note, .completions { display: flex; align-items: center; flex-wrap: wrap; gap: 4px 8px; padding: 4px 20px; min-block-size: var(--_target); font-size: .875em; }
.note { background: var(--_sunken); border-block-end: var(--_border); }
.note .again { margin-inline-start: auto; border-color: transparent; }
.suggestion { padding: 0 4px; border: 0; font-size: 1em; font-weight: 600; text-decoration: underline; }
.again, .suggestion, .more, .all { color: var(--_accent); font-weight: 500; }
.completions { padding: 8px 12px 0; }
.completion { border-radius: var(--_target); }
.footer { position: sticky; inset-block-end: 0; display: flex; align-items: center; gap: var(--_gap); min-block-size: 37px; padding-inline: 20px; background: var(--_surface); border-block-start: var(--_border); }
.footer button { border: 0; padding: 0 8px; }
.keys { display: flex; gap: 14px; margin-inline-start: auto; }
:host(searchlet-results) { container-type: inline-size; }
:host(searchlet-results) .panel { display: grid; gap: calc(2 * var(--_gap)); margin-block-start: var(--_gap); }
.filters { align-self: start; }
summary { min-block-size: var(--_target); align-content: center; font-weight: 600; cursor: pointer; }
.filter { margin: 0 0 var(--_gap); padding: 0; border: 0; }
.filter:not(:has(label)) { display: none; }
.filter summary { font-weight: 400; color: var(--_accent); }
legend { padding: 0; font-size: .875em; font-weight: 600; }
.choice, .bound, .bar, .sort { display: flex; align-items: center; gap: 10px; min-block-size: var(--_target); }
.choice input { inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--_accent); }
.number { margin-inline-start: auto; }
.bound input, select { flex: 1; min-inline-size: 0; min-block-size: var(--_target); padding-inline: 10px; font: inherit; color: inherit; background: var(--_surface); border: var(--_border); border-radius: var(--_small); }
.bar { justify-content: space-between; flex-wrap: wrap; }
.count { margin: 0; font-size: 1.125em; font-weight: 600; }
.found .list, .passages { padding: 0; list-style: none; }
li.hit { padding-block: var(--_gap); }
li.hit + .hit { border-block-start: var(--_border); }
.hit .link { color: var(--searchlet-link, var(--_accent)); text-underline-offset: .18em; text-decoration-thickness: 1px; }
li > .title { font-size: 1.125em; }
.found .excerpt { max-inline-size: 70ch; -webkit-line-clamp: var(--searchlet-excerpt-lines, 3); font-size: var(--searchlet-excerpt-size, .9375em); }
.passages { margin-block-start: 8px; margin-inline-start: 2px; }
li.passage { padding: 4px 0 4px 14px; border-inline-start: 2px solid var(--_sunken); }
.more { inline-size: 100%; }
@container (min-width: 45rem) { :host(searchlet-results) .panel:has(.filters) { grid-template-columns: var(--searchlet-filters-width, 14rem) 1fr; } }
@media (hover: none), (max-width: 30rem) { .keys { display: none; } }
@media (forced-colors: active) {
  .mark { color: MarkText; background: Mark; forced-color-adjust: none; }
  [aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; }
}
`;
