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
  window.ltvCharts = { kinds, colour, common, font };

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
  const again = () => drawn.forEach(d => { d.drawing.resize(); d.draw(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  // the printed layout is not there yet when the event comes
  addEventListener('beforeprint', () => drawn.forEach(d => { d.drawing.resize({ width: 690 }); d.draw(690); }));
  addEventListener('afterprint', again);
  document.documentElement.dataset.ready = '1';
})();
