// superset.js URL USER PASSWORD SLUG FOLDER: opens a dashboard as a reader does, fails when a chart has an error or no row, and takes pictures
const { chromium } = require('playwright-core');
const fs = require('fs');
const [url, user, password, slug, folder] = process.argv.slice(2);
(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1600, height: 6000 } });
  const page = await context.newPage();
  await page.goto(url + '/login/');
  await page.fill('input[name=username], #username', user);
  await page.fill('input[name=password], #password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL(at => !at.pathname.startsWith('/login'));
  const api = async path => (await context.request.get(url + '/api/v1/' + path)).json();
  const charts = (await api(`dashboard/${slug}/charts`)).result;
  const answers = new Map(), failed = [], said = [];
  page.on('pageerror', e => said.push(e.message));
  page.on('response', async response => {
    if (!response.url().includes('/api/v1/chart/data')) return;
    const chart = JSON.parse(new URL(response.url()).searchParams.get('form_data') || '{}').slice_id;
    if (!chart) return; // what a filter offers
    const body = await response.json().catch(() => ({}));
    const results = body.result || [];
    const error = response.status() !== 200 ? JSON.stringify(body).slice(0, 400) : (results.find(r => r.error) || {}).error;
    answers.set(chart, { error, rows: results.map(r => r.rowcount) });
  });
  await page.goto(`${url}/superset/dashboard/${slug}/?standalone=0`);
  for (let s = 0; s < 120 && answers.size < charts.length; s++) await page.waitForTimeout(1000);
  await page.waitForTimeout(3000);
  for (const chart of charts) {
    const answer = answers.get(chart.id);
    if (!answer) failed.push(`${chart.slice_name}: was not asked for`);
    else if (answer.error) failed.push(`${chart.slice_name}: ${answer.error}`);
    else if (!answer.rows.length || answer.rows.some(n => !n)) failed.push(`${chart.slice_name}: rows ${answer.rows}`);
  }
  const wrong = await page.$$eval('[role=alert], .chart-container .ant-alert, [data-test=chart-container] .ant-empty, .slice_container .ant-empty',
    all => all.map(one => one.innerText.trim()).filter(text => text));
  fs.mkdirSync(folder, { recursive: true });
  const height = await page.$$eval('[data-test=dashboard-component-chart-holder]', all => Math.ceil(Math.max(...all.map(one => one.getBoundingClientRect().bottom))) + 60);
  await page.setViewportSize({ width: 1600, height: Math.min(height, 6000) });
  await page.waitForTimeout(4000);
  await page.screenshot({ path: `${folder}/${slug}.png` });
  console.log(`${slug}: charts ${charts.length - failed.length} of ${charts.length}, rows ${[...answers.values()].map(a => a.rows.join('+')).join(' ')}`);
  failed.forEach(one => console.log('  ' + one));
  wrong.forEach(one => console.log('  on the page: ' + one.slice(0, 300)));
  said.forEach(one => console.log('  script: ' + one.slice(0, 300)));
  await browser.close();
  process.exit(failed.length || wrong.length || said.length ? 1 : 0);
})();
