// Reloads the page when `searchlet serve --watch` has built its site anew.
// @ts-check

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** The build that this page is of. */
  const shown = new URL(script.src).searchParams.get('build');
  /** @type {EventSource | undefined} */
  let events;

  function listen() {
    // A browser opens few connections to one host, so a page that nobody sees gives its own up.
    if (document.hidden) {
      events?.close();
      events = undefined;
      return;
    }
    if (events) return;
    events = new EventSource('/.searchlet/events');
    events.addEventListener('built', ({ data }) => {
      if (data !== shown) location.reload();
    });
    events.addEventListener('failed', ({ data }) => console.warn(`searchlet: ${JSON.parse(data)}`));
  }

  document.addEventListener('visibilitychange', listen);
  listen();
})();
