(function () {
  'use strict';
  const page = JSON.parse(document.getElementById('data-of-page').textContent);
  const key = 'ltv-reports-read:' + page.site;
  const items = [...document.querySelectorAll('li[data-version]')];
  const version = item => item.dataset.version;
  // what a browser that refuses to store still knows until the page is left
  let kept = null;

  function stored() {
    try {
      const text = localStorage.getItem(key);
      return text === null ? null : new Set(JSON.parse(text));
    } catch (e) {
      return kept;
    }
  }

  function store(read) {
    kept = read;
    try {
      localStorage.setItem(key, JSON.stringify([...read]));
    } catch (e) {
      document.getElementById('refused').textContent = page.refused;
    }
  }

  // who comes for the first time has not missed all the weeks before: only the newest is new
  function first() {
    const newest = items.length ? version(items[0]).split('/')[1] : '';
    return new Set(items.map(version).filter(v => v.split('/')[1] !== newest));
  }

  function show() {
    const read = stored() || kept || first();
    let fresh = 0;
    items.forEach(item => {
      const seen = read.has(version(item));
      const mark = item.querySelector('.mark');
      item.classList.toggle('seen', seen);
      item.classList.toggle('fresh', !seen);
      mark.textContent = seen ? page.read : page.fresh;
      mark.hidden = false;
      fresh += seen ? 0 : 1;
    });
    document.getElementById('all-read').hidden = fresh === 0;
  }

  // versions that the index no longer has are forgotten
  function add(versions) {
    const read = stored() || kept || first();
    versions.forEach(v => read.add(v));
    const known = new Set(items.map(version));
    store(new Set([...read].filter(v => known.has(v))));
    show();
  }

  items.forEach(item => {
    const opened = event => { if (event.type === 'click' || event.button === 1) add([version(item)]); };
    const link = item.querySelector('.open');
    link.addEventListener('click', opened);
    link.addEventListener('auxclick', opened);
  });
  document.getElementById('all-read').addEventListener('click', () => add(items.map(version)));
  addEventListener('storage', show);
  addEventListener('pageshow', show);
  if (stored() === null && !kept) store(first());
  show();
})();
