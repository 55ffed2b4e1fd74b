// What a report does besides being read: lights up counterparts, sorts and filters the table, folds.
// Works on what is in the page; sends nothing, stores nothing. Without it every part can still be read.
'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  for (const tools of all('.tools')) tools.hidden = false;

  // Counterparts.
  let lit = [];
  const light = (node) => {
    for (const other of lit) other.classList.remove('lit', 'here');
    lit = [];
    if (node === null) return;
    const mates = node.dataset.m.split(' ').filter(Boolean).map($).filter(Boolean);
    lit = [node, ...mates];
    node.classList.add('here');
    for (const mate of mates) mate.classList.add('lit');
  };
  const layerOf = (event) => (event.target instanceof Element ? event.target.closest('.n') : null);
  document.addEventListener('pointerover', (event) => light(layerOf(event)));
  document.addEventListener('focusin', (event) => light(layerOf(event)));

  // One stop of the tab key for each drawing; arrows go from layer to layer.
  for (const net of all('svg.net')) {
    const nodes = all('.n', net);
    nodes.forEach((node, k) => {
      if (k > 0) node.setAttribute('tabindex', '-1');
      node.addEventListener('keydown', (event) => {
        const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        const next = step === undefined ? undefined : nodes[k + step];
        if (next === undefined) return;
        event.preventDefault();
        node.setAttribute('tabindex', '-1');
        next.setAttribute('tabindex', '0');
        next.focus();
      });
    });
  }

  // What a link leads to is unfolded first.
  const reveal = (id) => {
    const target = id === '' ? null : $(id);
    if (target === null) return;
    for (let at = target; at !== null; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
      if (at.hidden) at.hidden = false;
    }
    for (const other of all('.target')) other.classList.remove('target');
    target.classList.add('target');
    target.scrollIntoView({ block: 'center' });
  };
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link === null) return;
    const id = link.getAttribute('href').slice(1);
    if (/^(?:[lc]\d+|t-.*|set-\d+)$/.test(id)) {
      setTimeout(() => {
        reveal(id);
        const focus = $(id);
        const inner = focus.matches('.n, a') ? focus : focus.querySelector('a, summary');
        if (inner !== null) inner.focus({ preventScroll: true });
      });
    }
  });
  if (location.hash !== '') reveal(decodeURIComponent(location.hash.slice(1)));

  for (const button of all('[data-fold]')) {
    button.addEventListener('click', () => {
      for (const stage of all('details.stage, details.group'))
        stage.open = button.dataset.fold === 'open';
    });
  }

  // The table.
  const table = $('table');
  if (table !== null) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const [filter, kinds, shown] = [$('filter'), $('kinds'), $('shown')];
    const update = () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, k) => {
        const fits =
          words.every((word) => texts[k].includes(word)) &&
          (kinds.value === '' || row.dataset.k.split(' ').includes(kinds.value));
        row.hidden = !fits;
        if (fits) count += 1;
      });
      shown.textContent = `${count} of ${rows.length} layers`;
    };
    filter.addEventListener('input', update);
    kinds.addEventListener('input', update);

    const valueOf = (row, column, isNumber) => {
      const cell = row.cells[column];
      return isNumber ? Number(cell.dataset.v) : cell.textContent;
    };
    all('thead th', table).forEach((head, column) => {
      const button = head.querySelector('button');
      button.addEventListener('click', () => {
        const isNumber = button.dataset.sort === 'number';
        // Numbers are looked at from the largest down, the position and names from the first up.
        const first = isNumber && column > 0 ? 'descending' : 'ascending';
        const other = first === 'ascending' ? 'descending' : 'ascending';
        const order = head.getAttribute('aria-sort') === first ? other : first;
        for (const th of all('thead th', table)) th.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', order);
        const sign = order === 'ascending' ? 1 : -1;
        const sorted = [...rows].sort((a, b) => {
          const [x, y] = [valueOf(a, column, isNumber), valueOf(b, column, isNumber)];
          const before = isNumber ? x - y : x.localeCompare(y);
          return sign * before || rows.indexOf(a) - rows.indexOf(b);
        });
        body.append(...sorted);
      });
    });
  }

  // On paper everything that is not long is unfolded.
  let folded = [];
  addEventListener('beforeprint', () => {
    const short = 'details.theorem, #meaning > details, details.stage';
    folded = all(short).filter((details) => !details.open && all('.n', details).length <= 60);
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
  });
})();
