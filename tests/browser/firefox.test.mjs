// The main way through the demo, in Firefox.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFirefox, startFirefox } from './browsers.mjs';
import { Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { CERT, demoSite, sweep } from './site.mjs';

const firefox = findFirefox();
// Firefox is optional on a machine, so without one there is nothing here to run.
if (firefox) {
  test('Firefox searches, follows a hit, highlights it', async () => {
    const browser = await startFirefox(firefox);
    const host = await serve(await demoSite());
    const reader = await Reader.at(browser, host.url);
    const [first] = await reader.search('asean regional cert');
    assert.equal(new URL(first?.href ?? '').pathname, `/${CERT}`);
    await reader.search('kamala harris');
    await reader.press('ArrowDown');
    await Promise.all([reader.page.waitForNavigation(), reader.press('Enter')]);
    assert.match(reader.page.url(), /\/003_/);
    await reader.page.waitForFunction(() => (CSS.highlights.get('searchlet')?.size ?? 0) > 0);
    reader.element = 'searchlet-dialog';
    await reader.chord('Control', 'k');
    await reader.page.keyboard.type('AMCC 2018');
    assert.match((await reader.answer('AMCC 2018'))[0]?.href ?? '', /004_/);
    await reader.leave();
    await browser.close();
    await host.stop();
    await sweep();
  });
}
