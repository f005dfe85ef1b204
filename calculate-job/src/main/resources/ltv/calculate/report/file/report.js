(function () {
  'use strict';
  const page = JSON.parse(document.getElementById('data-of-page').textContent);
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const font = getComputedStyle(document.body).fontFamily;
  const drawn = [];

  // what each drawing has; a tooltip of HTML would need styles that the page's policy forbids
  function common() {
    return {
      animation: false,
      textStyle: { fontFamily: font, fontSize: 12, color: colour('--muted') },
      aria: { enabled: true, label: { enabled: false } },
      tooltip: {
        renderMode: 'richText', confine: true, backgroundColor: colour('--ink'), borderWidth: 0, padding: [8, 12],
        textStyle: { color: colour('--page'), fontSize: 12, lineHeight: 19, fontFamily: font }
      }
    };
  }

  const kinds = {};
  const dashes = ['solid', [6, 4], [2, 3], [10, 4, 2, 4], [1, 4], [14, 4]];
  const along = axis => v => (v === 0 ? '0' : (+(v / axis.divisor).toFixed(2)).toLocaleString('en-US') + axis.unit);
  const upTo = values => Math.max(0, ...values.filter(v => v !== null));
  // the largest tick: a drawn band does not widen the axis by itself
  function top(values) {
    const most = upTo(values) || 1, power = Math.pow(10, Math.floor(Math.log10(most)));
    const step = [.2, .5, 1, 2].map(s => s * power).find(s => most / s <= 6) || power;
    return { max: Math.ceil(most / step) * step, interval: step };
  }
  function money(axis, values) {
    return {
      type: 'value', min: 0, ...top(values), axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: colour('--line') } },
      axisLabel: { color: colour('--muted'), formatter: along(axis) }
    };
  }
  function bottom(more) {
    return {
      axisLine: { lineStyle: { color: colour('--rule') } }, axisTick: { show: false }, splitLine: { show: false },
      ...more, axisLabel: { color: colour('--muted'), hideOverlap: true, ...more.axisLabel }
    };
  }
  const legend = names => ({ data: names, formatter: name => cut(name, 24), top: 10, left: 12, right: 12, itemWidth: 26, itemHeight: 9, itemGap: 16, selectedMode: false, textStyle: { color: colour('--text'), fontFamily: font } });

  // lines by name over the same weeks; dashes and marks tell them apart without colour
  kinds.lines = (data, width) => {
    const colours = ['--accent', '--cost', '--tested', '--start', '--step', '--bad'].map(colour);
    const marks = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'];
    const names = data.lines.map(l => l.name);
    return {
      ...common(),
      grid: { left: 12, right: 26, top: width < 520 && names.length > 2 ? 78 : 48, bottom: 12, containLabel: true },
      legend: legend(names),
      tooltip: {
        ...common().tooltip, trigger: 'axis',
        formatter: shown => [data.labels[shown[0].dataIndex], ...data.lines.map(l => cut(l.name, 40) + '  ' + l.texts[shown[0].dataIndex])].join('\n')
      },
      xAxis: bottom({ type: 'category', data: data.labels, boundaryGap: false }),
      yAxis: money(data.axis, data.lines.flatMap(l => l.values)),
      series: data.lines.map((l, i) => ({
        name: l.name, type: 'line', data: l.values, symbol: marks[i % 6], symbolSize: 6, color: colours[i % 6],
        lineStyle: { width: 2, type: dashes[i % 6] }, emphasis: { disabled: true }
      }))
    };
  };

  // value of a user by age: paid, expected with bands, and what a user cost
  kinds.curve = (data, width) => {
    const points = data.points, w = data.words, narrow = width < 520;
    const band = (name, low, high, fill) => ({
      name, type: 'custom', silent: true, data: [0], color: fill, z: 1, tooltip: { show: false },
      renderItem: (params, api) => ({
        type: 'polygon', silent: true, style: { fill },
        shape: { points: [...points.filter(p => p[low] !== null).map(p => api.coord([p.age, p[high]])), ...points.filter(p => p[low] !== null).reverse().map(p => api.coord([p.age, p[low]]))] }
      })
    });
    const line = (name, number, style, mark) => ({
      name, type: 'line', symbol: mark, symbolSize: 5, color: colour('--accent'), lineStyle: style, z: 3, emphasis: { disabled: true },
      data: points.filter(p => p[number] !== null).map(p => [p.age, p[number]])
    });
    const paid = line(w.observed, 'observed', { width: 2.5 }, 'circle');
    const oldest = paid.data.length ? paid.data[paid.data.length - 1][0] : null;
    const lines = [];
    if (data.cost !== null) {
      lines.push({ yAxis: data.cost, lineStyle: { color: colour('--cost'), type: 'solid', width: 1.5 }, label: { formatter: w.cost, color: colour('--cost'), position: 'insideStartTop' } });
    }
    if (oldest !== null) {
      lines.push({ xAxis: oldest, lineStyle: { color: colour('--muted'), type: [2, 3], width: 1 }, label: { formatter: w.until, color: colour('--muted'), position: 'end', rotate: 0 } });
    }
    paid.markLine = { silent: true, symbol: 'none', animation: false, data: lines };
    const last = points.length ? points[points.length - 1].age : 1;
    if (data.payback !== null && data.cost !== null) {
      // words near an end of the axis stay within the picture
      const align = data.payback > .9 * last ? 'right' : data.payback < .1 * last ? 'left' : 'center';
      paid.markPoint = {
        silent: true, symbol: 'circle', symbolSize: 11, itemStyle: { color: colour('--cost'), borderColor: colour('--card'), borderWidth: 2 },
        label: { formatter: w.payback, position: 'bottom', align, color: colour('--ink'), fontWeight: 600 },
        data: [{ coord: [data.payback, data.cost] }]
      };
    }
    const all = points.flatMap(p => [p.high80, p.observed, p.forecast]).concat(data.cost);
    return {
      ...common(),
      grid: { left: 12, right: 26, top: narrow ? 98 : 72, bottom: 12, containLabel: true },
      legend: legend([w.observed, w.forecast, w.band80, w.band50]),
      tooltip: {
        ...common().tooltip, trigger: 'axis',
        formatter: shown => points.find(p => p.age === shown[0].data[0]).text
      },
      xAxis: bottom({ type: 'value', min: 0, max: last, interval: last > 90 && narrow ? 60 : last > 30 ? 30 : 7, axisLabel: { formatter: v => 'D' + v } }),
      yAxis: money(data.axis, all),
      series: [
        band(w.band80, 'low80', 'high80', colour('--band80')),
        band(w.band50, 'low50', 'high50', colour('--band50')),
        line(w.forecast, 'forecast', { width: 2, type: [5, 4] }, 'none'),
        paid
      ]
    };
  };
  window.ltvCharts = { kinds, colour, common, font };

  const count = n => n.toLocaleString('en-US');
  // a name of others' in Unicode's isolates, so that no direction of its own turns the number after it
  const foreign = name => '\u2068' + name + '\u2069';

  // a wide letter takes two places
  function cut(name, places) {
    let taken = 0;
    let kept = '';
    for (const letter of name) {
      taken += letter.codePointAt(0) > 0x2e80 ? 2 : 1;
      if (taken > places) return foreign(kept + '…');
      kept += letter;
    }
    return foreign(name);
  }

  kinds.flow = (data, width) => {
    const last = Math.max(...data.nodes.map(n => n.depth));
    const places = Math.max(8, Math.floor((width - 140) / last / 7) - 8);
    const colours = { start: '--start', step: '--step', goal: '--goal', exit: '--exit' };
    const links = { goal: ['--goal', .34], exit: ['--exit', .26], step: ['--start', .2] };
    const nodes = new Map(data.nodes.map(n => [n.name, n]));
    return Object.assign(common(), {
      series: [{
        type: 'sankey', left: 8, right: 132, top: 12, bottom: 12, nodeAlign: 'left', nodeWidth: 10, nodeGap: 16, draggable: false,
        emphasis: { focus: 'adjacency' },
        label: {
          position: 'right', color: colour('--ink'), fontSize: 12, formatter: p => cut(p.data.words, p.data.depth === last ? 12 : places) + ' ' + count(p.data.users)
        },
        data: data.nodes.map(n => ({ name: n.name, depth: n.depth, words: n.words, users: n.users, itemStyle: { color: colour(colours[n.kind]), borderWidth: 0 } })),
        links: data.links.map(l => ({ source: l.source, target: l.target, value: l.users, lineStyle: { color: colour(links[l.kind][0]), opacity: links[l.kind][1], curveness: .5 } }))
      }],
      tooltip: Object.assign(common().tooltip, {
        formatter: p => p.dataType === 'edge'
          ? cut(nodes.get(p.data.source).words, 40) + ' → ' + cut(nodes.get(p.data.target).words, 40) + '\n' + count(p.data.value)
          : cut(p.data.words, 40) + '\n' + count(p.data.users)
      })
    });
  };

  function mount(chart) {
    const place = document.getElementById(chart.id);
    const make = kinds[chart.kind];
    if (!place || !make) return;
    const drawing = echarts.init(place, null, { renderer: 'svg' });
    const draw = width => drawing.setOption(make(chart.data, width || place.clientWidth), true);
    draw();
    drawn.push({ drawing, draw });
    new ResizeObserver(() => { drawing.resize(); draw(); }).observe(place);
  }

  page.data.forEach(mount);
  const again = () => drawn.forEach(d => { d.drawing.resize({ width: 'auto', height: 'auto' }); d.draw(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  // the printed layout is not there yet when the event comes
  addEventListener('beforeprint', () => drawn.forEach(d => { d.drawing.resize({ width: 690 }); d.draw(690); }));
  addEventListener('afterprint', again);
  document.documentElement.dataset.ready = '1';
})();
