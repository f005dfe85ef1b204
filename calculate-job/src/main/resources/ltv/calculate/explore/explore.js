(function () {
  'use strict';
  const { data: page, language } = JSON.parse(document.getElementById('data-of-page').textContent);
  const words = page.words, model = ltvSums(page), files = ltvFiles(), ages = page.ages;
  const byId = id => document.getElementById(id);
  const say = (key, ...parts) => words[key].replace(/\{(\d)\}/g, (_, i) => parts[i]);
  const FEW = 30, DAY = 864e5, missing = '–';

  // ---- numbers, as the reports write them
  const digits = (places, number) => new Intl.NumberFormat('en-US', { minimumFractionDigits: places, maximumFractionDigits: places }).format(number).replace(/^-(?=[0.,]*$)/, '').replace('-', '−');
  const won = page.currency === 'KRW';
  function money(number) {
    if (!won) return page.currency + ' ' + digits(2, number);
    const text = digits(0, number);
    return language === 'ko' ? text + '원' : text.startsWith('−') ? '−₩' + text.slice(1) : '₩' + text;
  }
  const shown = {
    text: v => v, count: v => digits(0, v), number: v => digits(2, v), money, percent: v => digits(1, v * 100) + '%', days: v => digits(0, v)
  };
  const known = v => v === null || v === undefined || Number.isNaN(v) || v === Infinity || v === -Infinity ? null : v;
  const show = (kind, v) => known(v) === null ? missing : shown[kind](v);
  const div = (a, b) => b > 0 ? known(a / b) : null;
  const dayName = a => say('day', ages[a]);
  const monday = w => page.weeks[w];
  const weekday = (w, add) => new Date(Date.parse(monday(w)) + add * DAY).toISOString().slice(5, 10).replace('-', '.');
  const span = (a, b) => say('span', weekday(a, 0), weekday(b, 6));
  const weekName = w => monday(w).slice(0, 4) + '.' + weekday(w, 0) + ' ~ ' + weekday(w, 6);

  // ---- what is chosen; what a link says is believed only as far as the dictionaries know it
  const key = c => page.channels[c.channel].id + '/' + c.id;
  const places = (list, of) => new Map(list.map((item, i) => [of(item), i]));
  const dictionary = { channel: places(page.channels, c => c.id), campaign: places(page.campaigns, key), platform: places(page.platforms, p => p.id),
    country: places(page.countries, c => c.id), week: places(page.weeks, w => w), horizon: places(ages, String) };
  const last = page.weeks.length - 1;
  // the longest age that anything can be said of
  const longest = Math.max(0, model.sum(model.cohorts, all(model.cohorts, () => true), 0).total.reduce((found, v, a) => Number.isNaN(v) ? found : a, 0));
  const initial = () => ({ channel: -1, campaigns: [], platform: -1, country: -1, from: 0, until: last, horizon: longest, rate: 0, least: 0 });
  let chosen = initial();

  function all(of, test) {
    const found = [];
    for (let g = 0; g < of.count; g++) if (test(g)) found.push(g);
    return found;
  }

  const number = (text, low, high) => text !== null && /^\d{1,7}(\.\d{1,4})?$/.test(text) && +text >= low && +text <= high ? +text : null;

  function read(hash) {
    const said = new URLSearchParams(hash.replace(/^#/, ''));
    const place = (name, map, none) => map.get(said.get(name)) ?? none;
    const now = initial();
    now.channel = place('ch', dictionary.channel, -1);
    now.campaigns = [...new Set(said.getAll('c').map(c => dictionary.campaign.get(c)))]
      .filter(c => c !== undefined && (now.channel < 0 || page.campaigns[c].channel === now.channel)).sort((a, b) => a - b);
    now.platform = place('p', dictionary.platform, -1);
    now.country = place('co', dictionary.country, -1);
    now.from = place('from', dictionary.week, 0);
    now.until = Math.max(now.from, place('to', dictionary.week, last));
    now.horizon = place('d', dictionary.horizon, longest);
    now.rate = number(said.get('r'), 0, 99) ?? 0;
    now.least = Math.floor(number(said.get('n'), 0, 1e6) ?? 0);
    return now;
  }

  function write() {
    const said = new URLSearchParams();
    if (chosen.channel >= 0) said.set('ch', page.channels[chosen.channel].id);
    chosen.campaigns.forEach(c => said.append('c', key(page.campaigns[c])));
    if (chosen.platform >= 0) said.set('p', page.platforms[chosen.platform].id);
    if (chosen.country >= 0) said.set('co', page.countries[chosen.country].id);
    if (chosen.from > 0) said.set('from', monday(chosen.from));
    if (chosen.until < last) said.set('to', monday(chosen.until));
    if (chosen.horizon !== longest) said.set('d', ages[chosen.horizon]);
    if (chosen.rate) said.set('r', chosen.rate);
    if (chosen.least) said.set('n', chosen.least);
    const text = said.toString();
    history.replaceState(null, '', text ? '#' + text : location.pathname + location.search);
  }

  const bySegment = () => chosen.platform >= 0 || chosen.country >= 0;

  function wanted(campaign) {
    return chosen.campaigns.length ? chosen.campaigns.includes(campaign) : chosen.channel < 0 || page.campaigns[campaign].channel === chosen.channel;
  }

  // the groups chosen, and those of them that are too small
  function groups() {
    const of = bySegment() ? model.segments : model.cohorts;
    const asked = new Set(page.campaigns.map((c, i) => i).filter(wanted));
    const found = all(of, g => asked.has(of.campaign[g])
      && (bySegment() ? (chosen.platform < 0 || of.platform[g] === chosen.platform) && (chosen.country < 0 || of.country[g] === chosen.country)
        : of.week[g] >= chosen.from && of.week[g] <= chosen.until));
    return { of, large: found.filter(g => of.users[g] >= chosen.least), small: found.filter(g => of.users[g] < chosen.least) };
  }

  // ---- elements
  function make(name, text, attributes) {
    const made = document.createElement(name);
    if (text !== null && text !== undefined) made.textContent = text;
    Object.entries(attributes || {}).forEach(([k, v]) => v !== null && made.setAttribute(k, v));
    return made;
  }
  const foreign = (text, attributes) => make('bdi', text, attributes);

  // a table of the page, and of files: columns {label, kind, band}, rows of cells {value, low, high, few, note}
  function table(place, id, caption, columns, rows, foot) {
    const cells = (row, one) => row.map((cell, c) => one(cell, columns[c], c === 0));
    const td = (cell, column, first) => {
      const text = cell.said ?? show(column.kind, cell.value);
      const made = first ? make('th', null, { scope: 'row' }) : make('td', null, { class: column.kind === 'text' ? null : cell.few ? 'r few' : 'r' });
      if (column.kind === 'text') {
        made.append(foreign(text, { title: text.length > 24 ? text : null }));
        if (cell.under) made.append(make('small', cell.under));
      } else if (known(cell.value) === null) made.append(make('span', text, { class: 'muted' }));
      else made.append(make('data', text, { value: cell.value }));
      if (column.band && known(cell.value) !== null) made.append(' ', make('span', known(cell.low) === null ? missing : show(column.kind, cell.low) + ' – ' + show(column.kind, cell.high), { class: 'soft' }));
      if (known(cell.value) === null) return made;
      if (cell.few) made.append(make('abbr', '†', { title: words.few }));
      else if (cell.partly) made.append(make('abbr', '*', { title: words.partly }));
      return made;
    };
    const line = (row, tag) => {
      const tr = make('tr');
      tr.append(...cells(row, td));
      return tr;
    };
    const head = make('thead'), top = make('tr'), body = make('tbody'), made = make('table', null, { class: 'plain', id });
    top.append(...columns.map(c => make('th', c.label, { scope: 'col', class: c.kind === 'text' ? null : 'r' })));
    head.append(top);
    body.append(...rows.map(line));
    made.append(make('caption', caption), head, body);
    if (foot) {
      const end = make('tfoot');
      end.append(line(foot));
      made.append(end);
    }
    const box = make('div', null, { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption });
    box.append(made);
    const file = flat(caption, columns, foot ? [...rows, foot] : rows);
    const tools = make('p', null, { class: 'tools' }), button = make('button', words.csv, { type: 'button', id: 'csv-' + id, 'aria-label': words.csv + ': ' + caption });
    button.addEventListener('click', () => files.csv(name(id) + '.csv', file));
    tools.append(button);
    byId(place).replaceChildren(box, tools);
    return file;
  }

  // as files have it: a band is two columns more, a campaign has its channel and id, what is not known is nothing
  function flat(name, columns, rows) {
    const spread = c => c.band ? [c.label, say('low', c.label), say('high', c.label)] : [c.label, ...c.more || []];
    const value = (cell, c) => (c.band ? [cell.value, cell.low, cell.high] : [cell.value, ...(c.more || []).map((_, i) => cell.more ? cell.more[i] : null)]).map(v => typeof v === 'number' ? exact(v) : known(v));
    const kind = k => k === 'days' ? 'count' : k;
    return { name, head: columns.flatMap(spread), kinds: columns.flatMap(c => spread(c).map(() => kind(c.kind))),
      rows: rows.map(row => row.flatMap((cell, i) => value(cell, columns[i]))) };
  }
  const exact = v => known(v) === null ? null : Math.round(v * 1e8) / 1e8;
  const name = part => ['explore', page.site.replace(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 60), page.as_of, part].join('-');

  // ---- the tables
  const text = value => ({ value });
  const cell = (value, few) => ({ value: known(value), few });
  const banded = (s, per, a, few, partly) => ({ value: div(s.value[a], per), low: div(s.low[a], per), high: div(s.high[a], per), few, partly });

  function byAge(s) {
    const rows = [];
    for (let a = 0; a <= chosen.horizon; a++) {
      const few = s.users < FEW, fewer = s.reachedUsers[a] < FEW;
      rows.push([text(dayName(a)), cell(s.reachedUsers[a]), cell(div(s.reachedValue[a], s.reachedUsers[a]), fewer), cell(s.reachedUsers[a] ? div(s.reachedValue[a], s.reachedCost[a]) : null, fewer),
        cell(bySegment() ? null : div(s.reachedOrders[a], s.reachedUsers[a]), fewer), banded(s, s.users, a, few), banded(s, s.cost, a, few), cell(share(s, a))]);
    }
    return table('by-age', 't-age', words.by_age_caption, [column('age', 'text'), column('reached', 'count'), column('observed_value', 'money'), column('observed_roas', 'percent'),
      column('orders', 'number'), column('expected_value', 'money', true), column('expected_roas', 'percent', true), column('share', 'percent')], rows);
  }
  const column = (label, kind, band) => ({ label: words[label], kind, band });
  const share = (s, a) => s.total[a] > 0 ? s.observed[a] / s.total[a] : null;

  function sums(first, s) {
    const a = chosen.horizon, few = s.users < FEW, back = model.payback(s.value, s.cost), partly = share(s, a) !== null && s.observed[a] < s.total[a] - .005;
    return [first, cell(s.users, few), cell(s.cost), cell(div(s.cost, s.users)), banded(s, s.users, a, few, partly), banded(s, s.cost, a, few, partly), cell(share(s, a)),
      back.day === undefined ? { value: null, said: back.after === undefined ? missing : '> ' + back.after } : cell(back.day)];
  }
  const sumColumns = first => [first, column('users', 'count'), column('cost', 'money'), column('unit_cost', 'money'), column('expected_value', 'money', true),
    column('expected_roas', 'percent', true), column('share', 'percent'), column('payback', 'days')];

  function grouped(of, chosenGroups, by) {
    const found = new Map();
    chosenGroups.forEach(g => found.set(by(g), [...(found.get(by(g)) || []), g]));
    return [...found].sort((a, b) => a[0] - b[0]).map(([id, list]) => [id, model.sum(of, list, chosen.rate / 100)]);
  }

  const channelOf = c => page.channels[page.campaigns[c].channel].name;

  function tables(of, large, s) {
    const until = dayName(chosen.horizon), foot = sums(text(words.total), s);
    const campaigns = grouped(of, large, g => of.campaign[g]).map(([c, sum]) =>
      sums({ value: page.campaigns[c].name, under: channelOf(c), more: [channelOf(c), page.campaigns[c].id] }, sum));
    const named = { ...column('campaign', 'text'), more: [words.channel, words.campaign_id] };
    const countries = page.countries.length;
    const cohorts = bySegment()
      ? grouped(of, large, g => of.platform[g] * countries + of.country[g]).map(([id, sum]) =>
        sums(text(page.platforms[Math.floor(id / countries)].name + ', ' + page.countries[id % countries].name), sum))
      : grouped(of, large, g => of.week[g]).map(([w, sum]) => sums(text(weekName(w)), sum));
    byId('sub-campaigns').textContent = words.campaign_read;
    byId('sub-cohorts').textContent = bySegment() ? words.segment_read : words.cohort_read;
    return [byAge(s), table('by-campaign', 't-campaign', say('campaign_caption', until), sumColumns(named), campaigns, foot),
      table('by-cohort', 't-cohort', say(bySegment() ? 'segment_caption' : 'cohort_caption', until), sumColumns(bySegment() ? column('segment', 'text') : column('week', 'text')), cohorts, foot)];
  }

  // ---- what is said
  function paid(back) {
    return back.day !== undefined ? say('days', digits(0, back.day)) : back.free ? words.payback_free
      : back.after === undefined ? missing : say(back.early ? 'payback_unknown' : 'payback_none', digits(0, back.after));
  }
  const day = back => back.day !== undefined ? say('days', digits(0, back.day)) : say('payback_open', digits(0, back.after));

  const spans = (early, late) => early.day === undefined || late.day === early.day || (late.day === undefined && late.after === undefined) ? '' : say('tile_spans', day(early), day(late));

  function tile(label, number, under, isWords) {
    const made = make('div', null, { class: 'tile' }), value = make('dd');
    value.append(make('span', number, { class: isWords ? 'number words' : 'number' }), make('span', under, { class: 'under' }));
    made.append(make('dt', label), value);
    return made;
  }

  function who() {
    const parts = [];
    if (chosen.campaigns.length === 1) parts.push(page.campaigns[chosen.campaigns[0]].name);
    else if (chosen.campaigns.length) parts.push(say('picked', chosen.campaigns.length));
    if (chosen.channel >= 0 || !parts.length) parts.unshift(chosen.channel < 0 ? words.everything : page.channels[chosen.channel].name);
    if (chosen.platform >= 0) parts.push(page.platforms[chosen.platform].name);
    if (chosen.country >= 0) parts.push(page.countries[chosen.country].name);
    return parts.join(' · ');
  }
  const when = () => bySegment() ? words.all_weeks : span(chosen.from, chosen.until);

  function tell(s, of, small) {
    const a = chosen.horizon, until = dayName(a), per = v => show('money', div(v, s.users)), rate = v => show('percent', div(v, s.cost));
    const band = v => known(s.low[a]) === null || v(s.low[a]) === missing ? '' : say('tile_band', v(s.low[a]), v(s.high[a]));
    const back = model.payback(s.value, s.cost), early = model.payback(s.high, s.cost), late = model.payback(s.low, s.cost);
    byId('said').textContent = s.users
      ? say('said', who(), when(), digits(0, s.users), per(s.value[a]), until, rate(s.value[a]), paid(back)) : say('said_nobody', who(), when());
    byId('tiles').replaceChildren(
      tile(words.tile_users, digits(0, s.users), say('tile_cost', show('money', s.cost), show('money', div(s.cost, s.users)))),
      tile(say('tile_value', until), per(s.value[a]), band(per)), tile(say('tile_roas', until), rate(s.value[a]), band(rate)),
      tile(words.tile_payback, back.after === undefined ? paid(back) : say('tile_none', digits(0, back.after)), [spans(early, late), back.early ? words.tile_early : ''].filter(Boolean).join('. '), back.day === undefined));
    const first = s.total.findIndex(Number.isNaN), notes = [];
    if (bySegment()) notes.push(words.note_segment);
    if (small.length) notes.push(say('note_left', digits(0, small.length), digits(0, small.reduce((n, g) => n + of.users[g], 0)), show('money', small.reduce((n, g) => n + of.cost[g], 0)), digits(0, chosen.least)));
    if (s.free && s.cost > 0) notes.push(say('note_free', digits(0, s.free)));
    if (s.parts) notes.push(s.parts === 1 || s.isSum ? words.note_band_mart : words.note_band_joint);
    if (first >= 0) notes.push(say('note_early', dayName(first)));
    byId('notes').replaceChildren(...notes.map(n => make('li', n)));
  }

  // ---- drawings
  const colour = id => getComputedStyle(document.documentElement).getPropertyValue(id).trim();
  let frame = 0;
  const drawings = ['chart-value', 'chart-roas'].map(id => ({ place: byId(id), drawing: null, option: null }));

  // value per user or per unit of cost, by age until the horizon
  function option(s, per, reachedPer, kind, line, lineLabel, width) {
    const font = getComputedStyle(document.body).fontFamily, narrow = width < 480, points = [];
    for (let a = 0; a <= chosen.horizon; a++) {
      points.push({ x: ages[a], seen: s.reachedUsers[a] ? div(s.reachedValue[a], reachedPer[a]) : null, all: div(s.value[a], per), low: div(s.low[a], per), high: div(s.high[a], per) });
    }
    const pairs = field => points.filter(p => p[field] !== null).map(p => [p.x, p[field]]);
    const banded = points.filter(p => p.low !== null && p.high !== null);
    // from the last age that all have reached on, so that both lines begin together
    const whole = points.reduce((found, p, a) => s.reachedUsers[a] === s.users && s.users ? a : found, 0);
    const forecast = points.slice(whole).filter(p => p.all !== null).map(p => [p.x, p.all]);
    const band = { type: 'custom', silent: true, z: 1, data: banded.length > 1 ? [0] : [], tooltip: { show: false },
      renderItem: (params, api) => ({ type: 'polygon', shape: { points: [...banded.map(p => api.coord([p.x, p.high])), ...banded.slice().reverse().map(p => api.coord([p.x, p.low]))] }, style: { fill: colour('--band80') } }) };
    const tops = [...pairs('seen'), ...forecast, ...banded.map(p => [p.x, p.high]), ...(line === null ? [] : [[0, line * 1.08]])].map(p => p[1]);
    const axisText = kind === 'money' ? v => won && language === 'ko' && v >= 1e4 ? digits(v % 1e4 ? 1 : 0, v / 1e4) + '만원' : won ? money(v) : digits(0, v) : v => digits(0, v * 100) + '%';
    const top = nice(Math.max(0, ...tops));
    return {
      animation: false, textStyle: { fontFamily: font, fontSize: 12, color: colour('--muted') }, aria: { enabled: true, label: { enabled: false } },
      grid: { left: narrow ? 58 : 72, right: narrow ? 16 : 112, top: 22, bottom: 32 },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colour('--ink'), borderWidth: 0, padding: [8, 12],
        textStyle: { color: colour('--page'), fontSize: 12, lineHeight: 19, fontFamily: font },
        formatter: list => {
          const p = points.find(q => q.x === list[0].value[0]);
          return [say('day', p.x), words.tip_observed + '  ' + show(kind, p.seen), words.tip_expected + '  ' + show(kind, p.all),
            words.tip_band + '  ' + (p.low === null ? missing : show(kind, p.low) + ' – ' + show(kind, p.high))].join('\n');
        } },
      xAxis: { type: 'value', min: 0, max: Math.max(1, ages[chosen.horizon]), interval: step(ages[chosen.horizon], narrow), axisLabel: { formatter: v => say('day', v), color: colour('--muted') }, axisTick: { show: false },
        axisLine: { lineStyle: { color: colour('--rule') } }, splitLine: { show: false }, axisPointer: { snap: true, lineStyle: { color: colour('--rule') } } },
      yAxis: { type: 'value', min: 0, max: top.max, interval: top.step, axisLabel: { formatter: axisText, color: colour('--muted') }, splitLine: { lineStyle: { color: colour('--line') } } },
      series: [band,
        { type: 'line', name: words.tip_observed, data: pairs('seen'), z: 3, showSymbol: true, symbol: 'circle', symbolSize: 5, itemStyle: { color: colour('--accent') }, lineStyle: { width: 2.5, color: colour('--accent') } },
        { type: 'line', name: words.tip_expected, data: forecast, z: 2, showSymbol: true, symbol: 'emptyCircle', symbolSize: 5, itemStyle: { color: colour('--accent') }, lineStyle: { width: 2, type: [5, 4], color: colour('--accent') },
          endLabel: { show: !narrow && forecast.length > 0, formatter: p => show(kind, p.value[1]), color: colour('--accent'), fontWeight: 700 },
          markLine: line === null ? undefined : { silent: true, symbol: 'none', data: [{ yAxis: line }], lineStyle: { color: colour('--cost'), width: 1.5, type: 'solid' },
            label: { position: 'insideStartTop', formatter: lineLabel, color: colour('--cost'), fontWeight: 600 } } }]
    };
  }

  function nice(top) {
    const power = Math.pow(10, Math.floor(Math.log10(top / 4 || 1))), by = [1, 2, 2.5, 5, 10].map(m => m * power).find(m => m * 4 >= top) || power;
    return { max: Math.max(by * Math.ceil(top / by - 1e-9), by), step: by };
  }
  function step(days, narrow) {
    const most = narrow ? 4 : 7, steps = [1, 2, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 360];
    return steps.find(d => days / d <= most && days % d === 0) || steps.find(d => days / d <= most) || 360;
  }

  function draw(s) {
    const a = chosen.horizon, cac = div(s.cost, s.users) || null;
    const make = [
      width => option(s, s.users, s.reachedUsers, 'money', cac, words.key_cost + ' ' + show('money', cac), width),
      width => option(s, s.cost, s.reachedCost, 'percent', s.cost > 0 ? 1 : null, words.key_even, width)];
    const observed = s.reachedUsers.reduce((found, n, i) => i <= a && n > 0 ? i : found, -1);
    drawings[0].place.setAttribute('aria-label', say('chart_value', show('money', div(s.value[a], s.users)), dayName(a),
      observed < 0 ? missing : show('money', div(s.reachedValue[observed], s.reachedUsers[observed])), observed < 0 ? missing : dayName(observed)));
    drawings[1].place.setAttribute('aria-label', say('chart_roas', show('percent', div(s.value[a], s.cost)), dayName(a)));
    drawings.forEach((d, i) => d.option = make[i]);
    // drawn once before the next picture, however many inputs came until then
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => drawings.forEach(d => redraw(d)));
  }
  function redraw(d, width) {
    if (!d.option) return;
    if (!d.drawing) {
      d.drawing = echarts.init(d.place, null, { renderer: 'svg' });
      new ResizeObserver(() => { fitted(d); redraw(d); }).observe(d.place);
    }
    d.drawing.setOption(d.option(width || d.place.clientWidth), true);
  }
  // a width that was given once stays until it is taken back
  const fitted = d => d.drawing && d.drawing.resize({ width: 'auto', height: 'auto' });
  const again = () => drawings.forEach(d => { fitted(d); redraw(d); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  // the printed layout is not there yet when the event comes
  addEventListener('beforeprint', () => drawings.forEach(d => { d.drawing.resize({ width: 690 }); redraw(d, 690); }));
  addEventListener('afterprint', again);

  // ---- the form
  function options(id, list, first) {
    byId(id).replaceChildren(...(first === undefined ? [] : [new Option(first, -1)]), ...list.map((label, i) => new Option(label, i)));
  }
  options('channel', page.channels.map(c => c.name), words.all);
  options('platform', page.platforms.map(p => p.name), words.all);
  options('country', page.countries.map(c => c.name), words.all);
  options('from', page.weeks.map((w, i) => weekName(i)));
  options('until', page.weeks.map((w, i) => weekName(i)));
  options('horizon', ages.map((d, a) => dayName(a)));

  const boxes = page.campaigns.map((c, i) => {
    const label = make('label'), box = make('input', null, { type: 'checkbox', value: i });
    label.append(box, foreign(c.name), make('small', page.channels[c.channel].name));
    box.addEventListener('change', () => {
      chosen.campaigns = boxes.flatMap((b, n) => b.box.checked && offered(n) ? [n] : []);
      update();
    });
    return { label, box, name: c.name.toLowerCase() };
  });
  byId('list').append(...boxes.map(b => b.label));
  const offered = c => chosen.channel < 0 || page.campaigns[c].channel === chosen.channel;

  function filter() {
    const sought = byId('find').value.trim().toLowerCase();
    boxes.forEach((b, i) => b.label.hidden = !offered(i) || !b.name.includes(sought));
  }

  function fill() {
    ['channel', 'platform', 'country', 'from', 'until', 'horizon'].forEach(id => byId(id).value = chosen[id]);
    byId('rate').value = chosen.rate;
    byId('least').value = chosen.least;
    boxes.forEach((b, i) => b.box.checked = chosen.campaigns.includes(i));
  }

  function fit() {
    ['from', 'until'].forEach(id => byId(id).disabled = bySegment());
    byId('picked').textContent = chosen.campaigns.length === 1 ? page.campaigns[chosen.campaigns[0]].name
      : chosen.campaigns.length ? say('picked', chosen.campaigns.length) : say('all_campaigns', boxes.filter((b, i) => offered(i)).length);
    filter();
  }

  function change(id) {
    const input = byId(id);
    if (input.type === 'number') {
      const value = number(input.value, 0, id === 'rate' ? 99 : 1e6);
      const good = value !== null && input.validity.valid;
      input.setAttribute('aria-invalid', String(!good));
      if (!good) return;
      chosen[id] = id === 'least' ? Math.floor(value) : value;
    } else {
      chosen[id] = +input.value;
    }
    if (id === 'from' && chosen.until < chosen.from) byId('until').value = chosen.until = chosen.from;
    if (id === 'until' && chosen.until < chosen.from) byId('from').value = chosen.from = chosen.until;
    if (id === 'channel') {
      chosen.campaigns = chosen.campaigns.filter(offered);
      boxes.forEach((b, i) => b.box.checked = chosen.campaigns.includes(i));
    }
    update();
  }

  ['channel', 'platform', 'country', 'from', 'until', 'horizon', 'rate', 'least'].forEach(id => byId(id).addEventListener('input', () => change(id)));
  byId('choose').addEventListener('submit', event => event.preventDefault());
  byId('find').addEventListener('input', filter);
  byId('find').addEventListener('keydown', event => { if (event.key === 'Enter') event.preventDefault(); });
  byId('none').addEventListener('click', () => start({ ...chosen, campaigns: [] }));
  byId('reset').addEventListener('click', () => start(initial()));
  byId('campaigns').addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !byId('campaigns').open) return;
    byId('campaigns').open = false;
    byId('campaigns').querySelector('summary').focus();
  });
  addEventListener('click', event => { if (!byId('campaigns').contains(event.target)) byId('campaigns').open = false; });
  addEventListener('hashchange', () => start(read(location.hash), true));
  // the hash says what is chosen, so a skip must not be written there
  document.querySelector('.skip').addEventListener('click', event => { event.preventDefault(); byId('main').focus(); });

  let saved = [];
  byId('xlsx').addEventListener('click', () => {
    const setting = (label, value) => [words[label], typeof value === 'number' ? value : String(value)];
    const about = { name: words.chosen, head: [words.setting, words.setting_value], kinds: ['text', 'text'], rows: [setting('title', page.site + ', ' + page.as_of), setting('who', who()),
      ...chosen.campaigns.map(c => [words.campaign, page.campaigns[c].name]), setting('when', when()), setting('horizon', dayName(chosen.horizon)), setting('rate', chosen.rate), setting('least', chosen.least),
      ...[...byId('notes').children].map(n => ['', n.textContent]), ...['definition_value', 'definition_band', 'definition_payback', 'definition_rate'].map(k => ['', words[k]])] };
    const sheets = [['by_age', saved[0]], ['by_campaign', saved[1]], [bySegment() ? 'segment' : 'by_cohort', saved[2]]].map(([label, t]) => ({ ...t, name: words[label] }));
    files.xlsx(name('t').slice(0, -2) + '.xlsx', [about, ...sheets], !won ? '#,##0.00' : language === 'ko' ? '#,##0"원"' : '"₩"#,##0');
  });

  function update(isRead) {
    const { of, large, small } = groups();
    const s = model.sum(of, large, chosen.rate / 100);
    fit();
    tell(s, of, small);
    saved = tables(of, large, s);
    draw(s);
    if (!isRead) write();
  }
  function start(now, isRead) {
    chosen = now;
    fill();
    ['rate', 'least'].forEach(id => byId(id).removeAttribute('aria-invalid'));
    update(isRead);
  }

  const held = say('held', digits(0, page.cohorts.observed.length + page.segments.observed.length + page.sums.value.length), digits(0, page.campaigns.length), digits(0, page.weeks.length), page.as_of);
  const folded = page.folded_campaigns || page.folded_countries ? ' ' + say('held_folded', digits(0, page.folded_campaigns), digits(0, page.folded_countries), digits(0, page.most_rows)) : '';
  const older = page.left_weeks ? ' ' + say('note_older', digits(0, page.left_weeks), digits(0, page.most_rows)) : '';
  byId('held').textContent = held + folded + older;
  start(read(location.hash), true);
  window.ltvExplorer = { page, model, chosen: () => chosen, groups };
  document.documentElement.dataset.ready = '1';
})();
