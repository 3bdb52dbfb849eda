// Checks the pages of results folders against WCAG 2.2, levels A and AA, with axe-core in a headless Chromium, and that
// nothing scrolls sideways on a screen of 320 pixels. With --pictures DIR it also keeps screenshots and the printed pages.
//
// Outside CI: it needs Node, Chromium, and two packages. In an empty folder:
//   npm install axe-core puppeteer-core
//   NODE_PATH=$PWD/node_modules CHROMIUM=/usr/bin/chromium node .../tests/peers/accessibility.mjs out/one-per-cent ...
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.NODE_PATH ?? process.cwd(), 'here.js'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const PAGES = ['report.html', 'easy-read.html'];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [1280, 320];
const MOST_BYTES = 3_000_000;

const words = process.argv.slice(2);
const at = words.indexOf('--pictures');
const pictures = at < 0 ? null : resolve(words.splice(at, 2)[1]);
if (words.length === 0) {
  console.error('usage: node accessibility.mjs [--pictures DIR] FOLDER...');
  process.exit(2);
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
let wrong = 0;
for (const folder of words) {
  for (const name of PAGES) wrong += await check(folder, name);
}
await browser.close();
console.log(wrong === 0 ? 'no violations' : `${wrong} violations`);
process.exit(wrong === 0 ? 0 : 1);

async function check(folder, name) {
  const path = join(folder, name);
  if (!existsSync(path)) {
    console.log(`${path}: missing`);
    return 1;
  }
  let found = 0;
  const bytes = statSync(path).size;
  if (bytes >= MOST_BYTES) {
    console.log(`${path}: ${bytes} bytes`);
    found += 1;
  }
  const page = await browser.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  for (const width of WIDTHS) {
    await page.setViewport({ width, height: 900 });
    await page.goto(pathToFileURL(resolve(path)).href);
    // What is folded must be as good as what is not.
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
    await page.evaluate(axe);
    const result = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations', 'incomplete'] }), TAGS);
    for (const one of result.violations) {
      found += 1;
      console.log(`${path} at ${width}: ${one.id} (${one.impact}): ${one.help}, ${one.nodes.length} times; ${one.nodes[0].html.slice(0, 160)}`);
    }
    const unsure = result.incomplete.map((one) => `${one.id} ${one.nodes.length}`).join(', ');
    const [shown, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    if (whole > shown) {
      found += 1;
      console.log(`${path} at ${width}: the page is ${whole} pixels wide and scrolls sideways`);
    }
    console.log(`${path} at ${width}: ${result.violations.length} violations${unsure ? `; for a person to judge: ${unsure}` : ''}`);
    if (pictures) {
      mkdirSync(pictures, { recursive: true });
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = false; }));
      const file = join(pictures, `${basename(folder)}-${name.replace('.html', '')}-${width}.png`);
      await page.screenshot({ path: file, fullPage: true });
    }
  }
  const outside = asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
  if (outside.length > 0) {
    found += 1;
    console.log(`${path}: asks for ${outside.join(', ')}`);
  }
  if (pictures) {
    const file = join(pictures, `${basename(folder)}-${name.replace('.html', '')}.pdf`);
    await page.goto(pathToFileURL(resolve(path)).href);
    await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true, tagged: true });
  }
  await page.close();
  return found;
}
