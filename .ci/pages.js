// Called by .ci/pages. Ends with 1 when any page is not as it should be.
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = [360, 768, 1440].flatMap(width => ['light', 'dark'].map(colorScheme => ({ width, colorScheme })));

async function open(browser, file, settings, look) {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const wrong = [];
  page.on('console', message => wrong.push('console: ' + message.text()));
  page.on('pageerror', error => wrong.push('error: ' + error.message));
  page.on('request', request => { if (!/^(file|data|blob):/.test(request.url())) wrong.push('request: ' + request.url()); });
  await page.goto('file://' + path.resolve(file));
  await page.waitForLoadState('load');
  wrong.push(...await look(page));
  await context.close();
  return wrong;
}

async function layout(page) {
  await page.waitForTimeout(200); // charts follow their places' sizes
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return over > 0 ? ['wider than the page by ' + over + ' px'] : [];
}

async function access(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run());
  return found.violations
    .filter(v => v.impact === 'serious' || v.impact === 'critical')
    .map(v => `axe: ${v.id} at ${v.nodes.slice(0, 3).map(n => n.target).join(', ')}`);
}

// captions and scopes
async function tables(page) {
  return page.evaluate(() => {
    const wrong = [];
    for (const table of document.querySelectorAll('table')) {
      if (!table.caption || !table.caption.textContent.trim()) wrong.push('a table without a caption: ' + table.id);
      for (const th of table.querySelectorAll('th')) if (!th.scope) wrong.push('a heading without a scope in ' + table.id);
    }
    if (document.querySelector('[style]:not(.chart, .chart *)')) wrong.push('a style attribute outside of the charts');
    return wrong;
  });
}

// what tables say must not hang on a script; the explorer is one
const numbers = page => page.evaluate(() => [...document.querySelectorAll('main table')].map(t => t.textContent.replace(/\s+/g, ' ')).join('\n'));

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  let failed = 0;
  for (const file of process.argv.slice(2)) {
    const wrong = new Set();
    for (const { width, colorScheme } of VIEWS) {
      (await open(browser, file, { viewport: { width, height: 900 }, colorScheme }, layout)).forEach(w => wrong.add(`${width} ${colorScheme}: ${w}`));
    }
    // axe itself is a script that the page's policy would refuse
    (await open(browser, file, { viewport: { width: 1440, height: 900 }, bypassCSP: true }, access)).forEach(w => wrong.add(w));
    let with_, without;
    (await open(browser, file, {}, async page => { with_ = await numbers(page); return tables(page); })).forEach(w => wrong.add(w));
    await open(browser, file, { javaScriptEnabled: false }, async page => { without = await page.locator('main table').allTextContents(); return []; });
    if (!file.includes('explore') && with_ !== without.map(t => t.replace(/\s+/g, ' ')).join('\n')) wrong.add('tables read otherwise without script');
    console.log(`${wrong.size ? 'WRONG' : 'fine '} ${file}${[...wrong].map(w => '\n      ' + w).join('')}`);
    failed += wrong.size ? 1 : 0;
  }
  await browser.close();
  console.log(`pages: ${process.argv.length - 2} looked at, ${failed} wrong`);
  process.exit(failed ? 1 : 0);
})();
