/** How the elements look before the view comes, with the custom properties that all of Searchlet is drawn by. */

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The sheet is adopted by every shadow root: adopted sheets need no `style-src` of the page's policy. */
export function frameSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(FRAME);
  }
  return sheet;
}

/** Adopts what must be said on the page itself: under a dialog that fills a phone it does not scroll. */
export function adoptPageSheet() {
  const page = new CSSStyleSheet();
  page.replaceSync(PAGE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
}

const PAGE = `
@media (max-width: 40rem) { html:has(searchlet-dialog[open]) { overflow: hidden; } }
`;

const FRAME = `
:host {
  --_accent: var(--searchlet-accent, light-dark(#3d4fd0, #9aa8ff));
  --_surface: var(--searchlet-surface, light-dark(#fff, #17191f));
  --_sunken: var(--searchlet-sunken, light-dark(#f3f4f7, #1f222a));
  --_text: var(--searchlet-text, light-dark(#1b1e26, #eceef3));
  --_muted: var(--searchlet-muted, light-dark(#5a6172, #a3aabb));
  --_border: var(--searchlet-border-width, 1px) solid var(--searchlet-border, light-dark(#d5d9e2, #343946));
  --_radius: var(--searchlet-radius, 12px);
  --_small: var(--searchlet-radius-small, 8px);
  --_gap: var(--searchlet-gap, 16px);
  --_target: var(--searchlet-target, 44px);
  --_shadow: var(--searchlet-shadow, 0 1px 2px light-dark(#1b1e2614, #0006), 0 12px 32px -4px light-dark(#1b1e262e, #000a));
  --_speed: var(--searchlet-speed, .15s);
  display: block;
  position: relative;
  color: var(--_text);
  font: 400 var(--searchlet-font-size, 1rem)/var(--searchlet-line-height, 1.5) var(--searchlet-font, system-ui, sans-serif);
  text-align: start;
}
:host([hidden]), [hidden] { display: none !important; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([theme="auto"]) { color-scheme: light dark; }
*, ::before, ::after { box-sizing: border-box; }
.status { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { flex: none; inline-size: var(--searchlet-icon-size, 20px); color: var(--_muted); fill: none; stroke: currentColor; stroke-width: var(--searchlet-icon-stroke, 1.75); stroke-linecap: round; stroke-linejoin: round; }
.field {
  display: flex; align-items: center; gap: 10px;
  min-block-size: var(--searchlet-field-size, 46px); padding-inline: var(--searchlet-field-padding, 14px);
  background: var(--searchlet-field, var(--_surface)); border: var(--_border); border-radius: var(--_radius);
  transition: border-color var(--_speed), box-shadow var(--_speed);
}
.field:focus-within { border-color: var(--_accent); box-shadow: 0 0 0 3px var(--searchlet-ring, color-mix(in srgb, var(--_accent) 22%, transparent)); }
.input {
  flex: 1; min-inline-size: 0; min-block-size: 44px; padding: 0; margin: 0;
  /* Below 16 px a phone zooms into the field. */
  font: inherit; font-size: max(16px, 1em); color: inherit; caret-color: var(--_accent);
  appearance: none; background: none; border: 0; outline: 0;
}
.input::placeholder { color: var(--_muted); opacity: 1; }
.panel { overflow-wrap: anywhere; }
:host(:not(searchlet-results)) .panel { background: var(--_surface); overflow-y: auto; overscroll-behavior: contain; }
:host(searchlet-box) .panel {
  position: absolute; z-index: var(--searchlet-layer, 50); inset-block-start: calc(100% + 6px); inset-inline-start: 0;
  inline-size: max(100%, min(var(--searchlet-panel-width, 36rem), 100vw - 32px)); max-block-size: clamp(16rem, var(--_room, 72vh), var(--searchlet-panel-height, 40rem));
  border: var(--_border); border-radius: var(--_radius); box-shadow: var(--_shadow);
}
:host(searchlet-box) .panel.end { inset-inline: auto 0; }
:host(searchlet-dialog) { display: inline-block; }
button {
  min-block-size: var(--_target); min-inline-size: var(--_target); padding-inline: 12px; font: inherit; font-size: .875em; cursor: pointer;
  color: var(--_muted); background: none; border: var(--_border); border-radius: var(--_small); transition: border-color var(--_speed), color var(--_speed);
}
button:hover { color: var(--_text); border-color: currentColor; }
:focus-visible:not(.input) { outline: 2px solid var(--_accent); outline-offset: 2px; }
.button { display: inline-flex; align-items: center; gap: 8px; background: var(--searchlet-field, var(--_surface)); font-size: 1em; border-radius: var(--_radius); }
kbd { padding: 1px 6px; font: 500 .75rem/1.5 var(--searchlet-font, system-ui, sans-serif); color: var(--_muted); background: var(--_sunken); border: var(--_border); border-radius: 6px; white-space: nowrap; }
dialog {
  inline-size: min(var(--searchlet-dialog-width, 42rem), 100vw - 32px); max-block-size: min(var(--searchlet-dialog-height, 44rem), 100dvh - 16vh); margin: var(--searchlet-dialog-top, 10vh) auto auto;
  padding: 0; overflow: hidden; color: inherit; background: var(--_surface); border: var(--_border); border-radius: calc(var(--_radius) + 4px); box-shadow: var(--_shadow);
}
dialog[open] { display: flex; flex-direction: column; animation: rise var(--_speed) ease-out; }
dialog::backdrop { background: var(--searchlet-backdrop, light-dark(#1b1e2666, #05060a99)); backdrop-filter: blur(2px); }
dialog .field { flex: none; min-block-size: var(--searchlet-dialog-field-size, 60px); border: 0; border-radius: 0; box-shadow: none !important; }
dialog .panel { border-block-start: var(--_border); }
@keyframes rise { from { opacity: 0; transform: translateY(-6px) scale(.99); } }
@media (hover: none) { kbd { display: none; } }
@media (max-width: 40rem) {
  dialog { inline-size: 100vw; max-inline-size: none; block-size: 100dvh; max-block-size: none; margin: 0; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { *, dialog[open] { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .field:focus-within { outline: 2px solid Highlight; } }
`;
