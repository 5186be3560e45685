import { defineBrowserProvider } from '@vitest/browser';
import puppeteer, { type Browser } from 'puppeteer-core';
import type { BrowserProviderOption } from 'vitest/node';
import { WebKit } from './webkit.ts';

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a browser has to do for us. */
interface Driver {
  open(url: string): Promise<unknown>;
  close(): Promise<unknown>;
}

async function launch(browser: 'chrome' | 'firefox', executablePath: string): Promise<Driver> {
  const instance: Browser = await puppeteer.launch({
    browser,
    protocol: 'webDriverBiDi',
    executablePath,
    headless: true,
    args: browser === 'chrome' ? chromiumFlags : [],
  });
  return {
    open: async (url) => (await instance.newPage()).goto(url),
    close: () => instance.close(),
  };
}

const drivers: Readonly<Record<string, () => Promise<Driver>>> = {
  chromium: () => launch('chrome', '/usr/bin/chromium'),
  firefox: () => launch('firefox', '/usr/bin/firefox-esr'),
  webkit: () => WebKit.launch(),
};

/** Runs tests in the browsers of the Linux distribution, which `browsers.sh` installs. */
export function systemBrowsers(): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'system',
    supportedBrowser: Object.keys(drivers),
    providerFactory(project) {
      let driver: Promise<Driver> | undefined;
      return {
        name: 'system',
        supportsParallelism: false,
        getCommandsContext: () => ({}),
        async openPage(_session, url) {
          driver ??= drivers[project.config.browser.name]?.();
          await (await driver)?.open(url);
        },
        async close() {
          await (await driver)?.close();
        },
      };
    },
  });
}
