// Draws public/social.png, the card that other sites show, from public/social.svg: pnpm exec tsx site/social.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from '../test/site/browsers.ts';

const folder = new URL('../public/', import.meta.url);
const browser = await launch('Chromium');
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 630 });
  await page.setContent(
    `<body style="margin: 0">${readFileSync(new URL('social.svg', folder), 'utf8')}</body>`,
  );
  writeFileSync(new URL('social.png', folder), await page.screenshot());
} finally {
  await browser.close();
}
