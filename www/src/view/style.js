/** How hits look. */
export const STYLE = `
[data-busy] .icon { color: var(--_accent); animation: rise .6s infinite alternate; }
[role=option] { display: flex; align-items: start; gap: 12px; min-block-size: var(--_target); padding: 10px 12px; color: inherit; text-decoration: none; border-radius: var(--_small-radius); scroll-margin-block: 8px 56px; cursor: pointer; }
[role=option]:hover { background: var(--_sunken); }
[role=option][aria-selected=true] { background: var(--searchlet-active, color-mix(in srgb, var(--_accent) 12%, var(--_surface))); outline: 2px solid var(--_accent); outline-offset: -2px; }
/* Its sign stands under the hit's title. */
a.passage { margin-inline-start: 32px; }
.text, .note span { flex: 1; min-inline-size: 0; }
.title, .excerpt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: var(--searchlet-title-lines, 2); overflow: hidden; margin: 0; unicode-bidi: plaintext; text-align: match-parent; }
.title { font: inherit; font-size: var(--searchlet-title-size, 1em); font-weight: var(--searchlet-title-weight, 600); line-height: 1.35; }
a.passage .title, .recent .title { font-weight: 500; font-size: .9375em; }
.excerpt { -webkit-line-clamp: var(--searchlet-excerpt-lines, 2); font-size: var(--searchlet-excerpt-size, var(--_small)); }
.excerpt, .missing, .number, .footer, p { color: var(--_muted); }
.mark { color: var(--searchlet-mark-text, var(--_text)); background: var(--searchlet-mark, light-dark(#fff0b8, #57470f)); border-radius: 3px; font-weight: 500; }
.message { --searchlet-icon-size: 32px; display: grid; place-items: center; gap: 8px; padding: 28px; text-align: center; text-wrap: balance; }
p { margin: 0; unicode-bidi: plaintext; }
.note, .completions, .footer, .bar, .choice, .bound, .sort { display: flex; align-items: center; flex-wrap: wrap; gap: 8px 10px; min-block-size: var(--_target); }
.note, .footer, .missing, .choice, .bound, .sort, summary, legend { font-size: var(--_small); }
.note { margin: 8px; padding: 4px 12px; background: var(--_sunken); border-radius: var(--_small-radius); }
.again, .more, .all, .suggestion { color: var(--_accent); font-weight: 500; }
.completions { padding: 8px 8px 0; }
.footer { position: sticky; inset-block-end: 0; padding-inline: 20px; background: var(--_surface); border-block-start: var(--_line); }
.footer button, .suggestion { padding: 0; border: 0; font-size: 1em; }
.suggestion { text-decoration: underline; }
.keys, .number, .sort { margin-inline-start: auto; }
.keys span { margin-inline-start: 14px; }
.list, .passages, .filter, h2 { min-inline-size: 0; margin: 0; padding: 0; border: 0; list-style: none; }
div.list { padding: 8px; }
.group { padding-block: 4px; }
.group + .group, li + .hit { border-block-start: var(--_line); }
:host(searchlet-results) { container-type: inline-size; }
:host(searchlet-results) .panel { background: none; overflow: visible; display: grid; gap: var(--_gap) 32px; margin-block-start: var(--_gap); }
summary, legend { padding: 12px 0; font-weight: 600; }
.filter:not(:has(label)), :empty + .sort, :empty:is(h2, ol, ul) { display: none; }
[type=checkbox] { inline-size: 18px; block-size: 18px; margin: 0; accent-color: var(--_accent); }
.bound { display: grid; grid-template-columns: 4em 1fr; margin-block: 8px; }
.bound input, select { min-inline-size: 0; font-size: 1em; color: inherit; background: var(--_surface); border-color: var(--_muted); }
h2 { font-size: 1.125em; }
li { position: relative; padding-block: var(--_gap); }
li .title { font-size: var(--searchlet-title-size, 1.125em); }
li .excerpt { max-inline-size: 70ch; -webkit-line-clamp: var(--searchlet-excerpt-lines, 3); }
.link:not(:hover) { text-decoration: none; }
.link { color: var(--searchlet-link, var(--_accent)); }
li > .link { display: inline-block; }
.link::after { content: ''; position: absolute; inset: 0; block-size: var(--_target); }
li.passage { unicode-bidi: plaintext; padding: 10px 0 0; padding-inline-start: 16px; }
.more { inline-size: 100%; }
@container (min-width: 720px) { .panel:has(.filters) { grid-template-columns: var(--searchlet-filters-width, 14em) 1fr; } }
@media (hover: hover) { .completion, .choice, .close { min-block-size: 34px; } }
@media (hover: none), (max-width: 30rem) { .keys { display: none; } }
`;
