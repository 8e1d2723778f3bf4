const tiles = [...document.querySelectorAll('[data-filter]')];
const findings = [...document.querySelectorAll('[data-hazard]')];
for (const tile of tiles) {
  tile.addEventListener('click', () => {
    const on = tile.getAttribute('aria-pressed') !== 'true';
    for (const other of tiles) other.setAttribute('aria-pressed', String(on && other === tile));
    for (const finding of findings) finding.hidden = on && finding.dataset.hazard !== tile.dataset.filter;
  });
}
const show = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
addEventListener('hashchange', show);
addEventListener('beforeprint', () => findings.forEach((finding) => { finding.open = true; }));
show();
