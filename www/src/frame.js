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

/** Adopts what must be said on the page itself: under an open dialog it does not scroll. */
export function adoptPageSheet() {
  const page = new CSSStyleSheet();
  page.replaceSync(PAGE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];
}

const PAGE = `
html:has(searchlet-dialog[open]) { overflow: hidden; scrollbar-gutter: stable; }
`;

const FRAME = `
:host {
  --_accent: var(--searchlet-accent, light-dark(#3d4fd0, #9aa8ff));
  --_surface: var(--searchlet-surface, light-dark(#fff, #17191f));
  --_sunken: var(--searchlet-sunken, light-dark(#f3f4f7, #1f222a));
  --_text: var(--searchlet-text, light-dark(#1b1e26, #eceef3));
  --_muted: var(--searchlet-muted, light-dark(#5a6172, #a3aabb));
  --_border: var(--searchlet-border, light-dark(#d5d9e2, #343946));
  --_active: var(--searchlet-active, light-dark(#eef0ff, #262b45));
  --_mark: var(--searchlet-mark, light-dark(#fff0b8, #57470f));
  --_radius: var(--searchlet-radius, 12px);
  --_shadow: var(--searchlet-shadow, 0 1px 2px light-dark(#1b1e2614, #0006), 0 12px 32px -4px light-dark(#1b1e262e, #000a));
  display: block;
  position: relative;
  color: var(--_text);
  font: 400 1rem/1.5 var(--searchlet-font, system-ui, sans-serif);
  text-align: start;
}
:host([hidden]) { display: none; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([theme="auto"]) { color-scheme: light dark; }
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.status { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { flex: none; inline-size: 20px; block-size: 20px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.field {
  display: flex; align-items: center; gap: 10px;
  min-block-size: 46px; padding-inline: 14px;
  color: var(--_muted); background: var(--_surface);
  border: 1px solid var(--_border); border-radius: var(--_radius);
  transition: border-color .15s, box-shadow .15s;
}
.field:focus-within { border-color: var(--_accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--_accent) 22%, transparent); }
input {
  flex: 1; min-inline-size: 0; min-block-size: 44px; padding: 0; margin: 0;
  /* Below 16 px a phone zooms into the field. */
  font: inherit; font-size: max(16px, 1em); color: var(--_text); caret-color: var(--_accent);
  background: none; border: 0; outline: 0;
}
input::placeholder { color: var(--_muted); opacity: 1; }
.panel { padding: 14px 16px; color: var(--_text); background: var(--_surface); overflow-wrap: anywhere; }
:host(searchlet-box) .panel {
  position: absolute; z-index: var(--searchlet-layer, 50); inset-block-start: calc(100% + 6px); inset-inline-start: 0;
  inline-size: max(100%, min(36rem, 100vw - 32px)); max-block-size: clamp(16rem, var(--_room, 72vh), 40rem); overflow-y: auto; overscroll-behavior: contain;
  border: 1px solid var(--_border); border-radius: var(--_radius); box-shadow: var(--_shadow);
}
:host(searchlet-box) .panel.end { inset-inline: auto 0; }
:host(searchlet-dialog) { display: inline-block; }
.opener, .close { font: inherit; cursor: pointer; color: var(--_muted); background: var(--_surface); border: 1px solid var(--_border); border-radius: var(--_radius); }
.opener { display: inline-flex; align-items: center; gap: 8px; min-block-size: 44px; min-inline-size: 44px; padding-inline: 12px; transition: border-color .15s, color .15s; }
.opener:hover { color: var(--_text); border-color: var(--_muted); }
:is(.opener, .close):focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
kbd { padding: 1px 6px; font: 500 .75rem/1.5 var(--searchlet-font, system-ui, sans-serif); color: var(--_muted); background: var(--_sunken); border: 1px solid var(--_border); border-radius: 6px; white-space: nowrap; }
.close { flex: none; min-block-size: 32px; padding-inline: 10px; font-size: .8125rem; border-radius: 8px; position: relative; }
.close::after { content: ""; position: absolute; inset: -7px; }
dialog {
  inline-size: min(42rem, 100vw - 32px); max-block-size: min(44rem, 100dvh - 16vh); margin: 10vh auto auto; padding: 0; overflow: hidden;
  color: inherit; background: var(--_surface);
  border: 1px solid var(--_border); border-radius: calc(var(--_radius) + 4px); box-shadow: var(--_shadow);
}
dialog[open] { display: flex; flex-direction: column; animation: rise .16s ease-out; }
dialog::backdrop { background: light-dark(#1b1e2666, #05060a99); backdrop-filter: blur(2px); }
dialog .field { flex: none; min-block-size: 60px; padding-inline: 18px 14px; border: 0; border-radius: 0; box-shadow: none; }
dialog .panel { border-block-start: 1px solid var(--_border); overflow-y: auto; overscroll-behavior: contain; }
@keyframes rise { from { opacity: 0; transform: translateY(-6px) scale(.99); } }
@media (hover: none) { kbd { display: none; } }
@media (max-width: 40rem) {
  dialog { inline-size: 100vw; max-inline-size: none; block-size: 100dvh; max-block-size: none; margin: 0; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { *, dialog[open] { animation: none; transition: none; } }
@media (forced-colors: active) { .field:focus-within { outline: 2px solid Highlight; } }
`;
