// What a choice of cohorts adds up to, at every age. Cells lie one after another, all ages of a group together.
const ltvSums = page => {
  'use strict';
  const ages = page.ages, many = ages.length;
  const numbers = list => Float64Array.from(list, v => v === null ? NaN : v);

  function groups(cells) {
    const observed = numbers(cells.observed), expected = numbers(cells.expected);
    return {
      ...cells, count: cells.users.length, observed, total: observed.map((v, i) => v + expected[i]),
      low: numbers(cells.low), high: numbers(cells.high), orders: cells.orders && numbers(cells.orders)
    };
  }
  const cohorts = groups(page.cohorts), segments = groups(page.segments);

  // what is paid between two ages is taken to come in their middle
  const factors = rate => ages.map((age, i) => Math.pow(1 + rate, -(i ? (ages[i - 1] + age) / 2 : age / 2) / 365));

  function discounted(of, rate) {
    if (of.rate === rate) return of.values;
    const by = factors(rate), values = new Float64Array(of.total.length);
    for (let g = 0; g < of.count; g++) {
      let sum = 0, before = 0;
      for (let a = 0; a < many; a++) {
        const at = g * many + a;
        sum += (of.total[at] - before) * by[a];
        before = of.total[at];
        values[at] = sum;
      }
    }
    of.rate = rate;
    return of.values = values;
  }

  // how far the bands of groups reach, all of them together: if they are off alike, and if each is off by itself
  function spread(of, chosen, a, side) {
    let alike = 0, apart = 0;
    for (const g of chosen) {
      const at = g * many + a;
      const reach = side === 'low' ? of.total[at] - of.low[at] : of.high[at] - of.total[at];
      if (Number.isNaN(reach)) {
        if (of.users[g] || of.total[at]) return null;
        continue; // cost without anybody
      }
      alike += reach;
      apart += reach * reach;
    }
    return { alike, apart: Math.sqrt(apart) };
  }

  // groups of a campaign, of a channel and of all, found once
  function members(of) {
    if (of.members) return of.members;
    const all = [], campaigns = page.campaigns.map(() => []), channels = page.channels.map(() => []);
    for (let g = 0; g < of.count; g++) {
      const campaign = of.campaign[g];
      all.push(g);
      campaigns[campaign].push(g);
      channels[page.campaigns[campaign].channel].push(g);
    }
    return of.members = { all, campaigns, channels };
  }

  const rowOf = new Map(page.sums.channel.map((channel, i) => [channel + ' ' + page.sums.campaign[i], i]));
  const parents = new Map();

  // the narrowest sum above a choice of which the mart has a band: its row, and all its groups
  function above(of, chosen) {
    const campaigns = new Set(chosen.map(g => of.campaign[g]));
    const channels = new Set([...campaigns].map(c => page.campaigns[c].channel));
    const [channel] = channels, [campaign] = campaigns, known = members(of);
    const found = [
      [campaigns.size === 1, channel + ' ' + campaign, known.campaigns[campaign]],
      [channels.size === 1, channel + ' -1', known.channels[channel]],
      [true, '-1 -1', known.all]
    ].find(([fits, key]) => fits && rowOf.has(key));
    if (!found) return { row: -1, all: [] };
    const key = (of === cohorts ? 'week ' : 'segment ') + found[1];
    if (!parents.has(key)) parents.set(key, { row: rowOf.get(found[1]), all: found[2], spreads: new Map() });
    return parents.get(key);
  }

  function wholeSpread(of, parent, a, side) {
    const key = side + a;
    if (!parent.spreads.has(key)) parent.spreads.set(key, spread(of, parent.all, a, side));
    return parent.spreads.get(key);
  }

  function reach(of, chosen, parent, a, side) {
    const own = spread(of, chosen, a, side);
    if (!own || chosen.length === 0) return NaN;
    if (chosen.length === 1) return own.alike;
    const at = parent.row * many + a, { value, low, high } = page.sums;
    if (parent.row < 0 || value[at] === null || low[at] === null || high[at] === null) return NaN;
    const told = side === 'low' ? value[at] - low[at] : high[at] - value[at];
    if (chosen.length === parent.all.length) return told;
    const whole = wholeSpread(of, parent, a, side);
    if (!whole) return own.alike;
    const between = whole.alike * whole.alike - whole.apart * whole.apart;
    const share = between > 0 ? Math.min(1, Math.max(0, (told * told - whole.apart * whole.apart) / between)) : 1;
    return Math.sqrt(own.apart * own.apart + share * Math.max(0, own.alike * own.alike - own.apart * own.apart));
  }

  // sums of groups by age: money as sums, not per user
  function sum(of, chosen, rate) {
    const values = discounted(of, rate);
    const zeros = () => new Array(many).fill(0);
    const s = { users: 0, cost: 0, free: 0, parts: chosen.length, observed: zeros(), total: zeros(), value: zeros(), low: zeros(), high: zeros(),
      reachedUsers: zeros(), reachedCost: zeros(), reachedValue: zeros(), reachedOrders: zeros(), isSum: false };
    for (const g of chosen) {
      s.users += of.users[g];
      s.cost += of.cost[g];
      if (!of.cost[g]) s.free += of.users[g];
      for (let a = 0; a < many; a++) {
        const at = g * many + a;
        s.observed[a] += of.observed[at];
        s.total[a] += of.total[at];
        s.value[a] += values[at];
        if (a < of.reached[g]) {
          s.reachedUsers[a] += of.users[g];
          s.reachedCost[a] += of.cost[g];
          s.reachedValue[a] += values[at];
          if (of.orders) s.reachedOrders[a] += of.orders[at];
        }
      }
    }
    const parent = above(of, chosen);
    s.isSum = chosen.length > 1 && chosen.length === parent.all.length && parent.row >= 0;
    for (let a = 0; a < many; a++) {
      const ratio = s.total[a] ? s.value[a] / s.total[a] : 1;
      const down = reach(of, chosen, parent, a, 'low'), up = reach(of, chosen, parent, a, 'high');
      s.low[a] = Math.max(s.total[a] - down, Math.min(s.observed[a], s.total[a])) * ratio; // nothing paid is lost again
      s.high[a] = (s.total[a] + up) * ratio;
      if (Number.isNaN(down) || Number.isNaN(up)) s.low[a] = s.high[a] = NaN;
    }
    // of a cost that nobody is known to have come by, nothing can be said
    if (!s.users) [s.value, s.low, s.high].forEach(list => list.fill(NaN));
    return s;
  }

  // first day on which values reach the cost: {day}, {free}, or {after} with whether later ages are known
  function payback(values, cost) {
    if (!(cost > 0)) return { free: true };
    let last = -1;
    for (let a = 0; a < many && !Number.isNaN(values[a]); last = a++) {
      if (values[a] < cost) continue;
      if (a === 0) return { day: ages[0] };
      const part = (cost - values[a - 1]) / (values[a] - values[a - 1]);
      return { day: Math.ceil(ages[a - 1] + part * (ages[a] - ages[a - 1]) - 1e-9) };
    }
    return last < 0 ? {} : { after: ages[last], early: last < many - 1 };
  }

  return { ages, cohorts, segments, sum, payback, factors };
};
