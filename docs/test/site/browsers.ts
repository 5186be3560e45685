import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

const browsers = {
  Chromium: {
    browser: 'chrome',
    package: 'chromium',
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  Firefox: {
    browser: 'firefox',
    package: 'firefox-esr',
    executablePath: '/usr/bin/firefox-esr',
    args: [],
  },
} as const;

export type BrowserName = keyof typeof browsers;
export const names: readonly BrowserName[] = ['Chromium', 'Firefox'];

/** Starts a browser of the Linux distribution. Only Chromium speaks `cdp`, which has a way to ask for less motion. */
export async function launch(
  name: BrowserName,
  protocol: 'webDriverBiDi' | 'cdp' = 'webDriverBiDi',
): Promise<Browser> {
  const { browser, package: apt, executablePath, args } = browsers[name];
  if (!existsSync(executablePath)) {
    throw new Error(`${name} is not installed: apt-get install -y --no-install-recommends ${apt}`);
  }
  return puppeteer.launch({
    browser,
    executablePath,
    args: [...args],
    protocol,
    headless: true,
  });
}
