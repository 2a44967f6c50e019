/** How the elements look before the view comes, with the custom properties that all of Searchlet is drawn by. */

/** @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/**
 * Has a document or a shadow root adopt a sheet, of which there is one for all: adopted sheets need no `style-src` of the page's
 * policy.
 *
 * @param {DocumentOrShadowRoot} root
 * @param {string} text
 */
export function adopt({ adoptedStyleSheets }, text) {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheets.set(text, sheet = new CSSStyleSheet());
    sheet.replaceSync(text);
  }
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
}

// What must be said on the page itself: under a dialog that fills a phone it does not scroll; words that led there stand out.
export const PAGE_SHEET = `
@media (max-width: 40rem) { html:has(searchlet-dialog[open]) { overflow: hidden; } }
::highlight(searchlet) { background-color: var(--searchlet-highlight, light-dark(#ffe48a, #6b5200)); color: var(--searchlet-highlight-text, light-dark(#1a1a1a, #fff6d6)); }
`;

export const FRAME = `
:host {
  --_accent: var(--searchlet-accent, light-dark(#3d4fd0, #9aa8ff));
  --_surface: var(--searchlet-surface, light-dark(#fff, #17191f));
  --_text: var(--searchlet-text, light-dark(#1b1e26, #eceef3));
  --_muted: var(--searchlet-muted, color-mix(in srgb, var(--_text) 70%, var(--_surface)));
  --_sunken: var(--searchlet-sunken, color-mix(in srgb, var(--_text) 6%, var(--_surface)));
  --_line: 1px solid var(--searchlet-border, color-mix(in srgb, var(--_text) 18%, var(--_surface)));
  --_radius: var(--searchlet-radius, 12px);
  --_small-radius: var(--searchlet-small-radius, 8px);
  --_small: var(--searchlet-small-size, .875em);
  --_gap: var(--searchlet-gap, 16px);
  --_target: var(--searchlet-target, 44px);
  --_shadow: var(--searchlet-shadow, 0 12px 32px -4px light-dark(#1b1e2640, #000a));
  display: block; position: relative;
}
/* Said inside, where what a page says of all its elements does not reach. */
:host > * {
  color: var(--_text); font: 400 var(--searchlet-size, medium)/var(--searchlet-line-height, 1.5) var(--searchlet-font, system-ui, sans-serif);
  letter-spacing: normal; word-spacing: normal; text-align: start; text-indent: 0; text-transform: none; text-shadow: none; white-space: normal; cursor: auto;
}
[hidden], :host([hidden]) { display: none !important; }
:host([theme]) { color-scheme: light dark; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
* { box-sizing: border-box; }
.status { position: absolute; inline-size: 1px; overflow: hidden; opacity: 0; white-space: nowrap; }
.icon { flex: none; forced-color-adjust: auto; inline-size: var(--searchlet-icon-size, 20px); color: var(--_muted); fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; }
.field, .button { display: flex; align-items: center; gap: 10px; background: var(--searchlet-field, var(--_surface)); border: var(--_line); border-radius: var(--_radius); }
.field { min-block-size: var(--searchlet-field-height, 46px); padding-inline: 14px; }
/* Where colours are the reader's own, an outline is seen whatever its colour. */
.field:focus-within { border-color: var(--_accent); outline: 2px solid #0000; box-shadow: 0 0 0 3px var(--searchlet-ring, color-mix(in srgb, var(--_accent) 25%, #0000)); }
.input {
  flex: 1; align-self: stretch; min-inline-size: 0; margin: 0; padding: 0; color: inherit; background: none; border: 0; outline: 0; appearance: none;
  /* Below 16 px a phone zooms into the field. */
  font: inherit; font-size: max(16px, 1em);
}
::placeholder { color: var(--_muted); opacity: 1; }
/* Without a view it has nothing but a text. */
.panel:not(:has(*)) { padding: 14px; }
.panel { background: var(--_surface); overflow: auto; overflow-wrap: anywhere; overscroll-behavior: contain; }
:host(searchlet-box) .panel {
  position: absolute; z-index: var(--searchlet-layer, 50); inset-block-start: calc(100% + 6px); inset-inline-start: 0;
  inline-size: max(100%, min(var(--searchlet-panel-width, 36em), 100vw - 32px)); max-block-size: min(var(--_room, 72vh), var(--searchlet-panel-height, 40em));
  border: var(--_line); border-radius: var(--_radius); box-shadow: var(--_shadow);
}
:host(searchlet-box) .end { inset-inline: auto 0; }
:host(searchlet-dialog) { display: inline-block; }
button, .bound input, select {
  min-block-size: var(--_target); min-inline-size: var(--_target); padding-inline: 12px;
  font: inherit; font-size: var(--_small); color: var(--_muted); background: none; border: var(--_line); border-radius: var(--_small-radius);
}
button:hover { color: var(--_text); border-color: currentColor; cursor: pointer; }
:focus-visible:not(.input) { outline: 2px solid var(--_accent); outline-offset: 2px; }
kbd { padding: 1px 6px; font: inherit; font-size: .75em; color: var(--_muted); background: var(--_sunken); border-radius: 6px; white-space: nowrap; }
dialog {
  inline-size: min(var(--searchlet-dialog-width, 42em), 100vw - 32px); max-block-size: min(var(--searchlet-dialog-height, 44em), 84dvh); margin: var(--searchlet-dialog-top, 10vh) auto auto;
  padding: 0; overflow: hidden; color: inherit; background: var(--_surface); border: var(--_line); border-radius: var(--_radius); box-shadow: var(--_shadow);
}
[open].dialog { display: flex; flex-direction: column; animation: rise var(--searchlet-speed, .15s); }
dialog::backdrop { background: var(--searchlet-backdrop, #0007); }
dialog .field { flex: none; min-block-size: 60px; border-width: 0 0 2px; border-radius: 0; box-shadow: none !important; }
@keyframes rise { from { opacity: 0; translate: 0 -6px; } }
@media (hover: none) { kbd { display: none; } }
@media (max-width: 40rem) { dialog { min-inline-size: 100vw; min-block-size: 100dvh; margin: 0; border: 0; border-radius: 0; } }
@media (prefers-reduced-motion) { * { animation: none !important; } }
`;
