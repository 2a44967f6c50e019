// Finds the browsers, starts them: Chromium, or Firefox where the environment's BROWSER says so.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { env } from 'node:process';
import puppeteer from 'puppeteer-core';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FIREFOXES = ['firefox', 'firefox-esr'];

// The sandbox needs rights that containers lack; the rest keeps the browser from talking to anyone but the tests' host.
const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars',
];

/** Whether the tests run in Firefox, which is driven over BiDi and takes fewer orders than Chromium. */
export const inFirefox = env.BROWSER === 'firefox';

/** Why a test that gives the browser other orders than BiDi has leaves out Firefox. */
export const CHROMIUM_ALONE = inFirefox && 'BiDi has no such order';

/** The browser under test. */
export async function startBrowser() {
  if (!inFirefox) return startChromium();
  const firefox = findFirefox();
  if (!firefox) throw new Error('no Firefox found: install one, or say where it is in FIREFOX');
  return startFirefox(firefox);
}

export async function startChromium() {
  const executablePath = env.CHROMIUM || onPath(CHROMIUMS);
  if (!executablePath) throw new Error('no Chromium found: install one, or say where it is in CHROMIUM');
  return puppeteer.launch({ executablePath, args: QUIET, headless: true, protocolTimeout: 60_000 });
}

export function findFirefox() {
  return env.FIREFOX || onPath(FIREFOXES);
}

/** @param {string} executablePath */
export async function startFirefox(executablePath) {
  return puppeteer.launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: 60_000 });
}

/** @param {string[]} names */
function onPath(names) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        continue;
      }
    }
  }
  return undefined;
}
