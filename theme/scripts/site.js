// Menu, search and the scheme toggle. Every page reads and navigates without it.
const root = document.documentElement;

for (const opener of document.querySelectorAll("[data-open]")) {
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(opener.dataset.open).showModal();
  });
}
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

const toggle = document.querySelector("[data-scheme-toggle]");
const isDark = () => (root.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
const showScheme = () => toggle.setAttribute("aria-pressed", String(isDark()));
toggle.addEventListener("click", () => {
  root.dataset.scheme = isDark() ? "light" : "dark";
  try { localStorage.setItem("scheme", root.dataset.scheme); } catch { /* lasts for this page only */ }
  showScheme();
});
showScheme();

document.querySelector("[data-print]")?.addEventListener("click", () => print());

// A term shows its definition where it stands; a second press, Escape or a press elsewhere closes it.
document.addEventListener("click", (event) => {
  const term = event.target.closest("a[data-definition]");
  const definition = term && document.getElementById(term.dataset.definition);
  if (!definition?.togglePopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  definition.togglePopover({ source: term });
});

// Search: its script and its index are fetched when the dialog opens first, never before. The field has `autofocus`.
const search = document.getElementById("search");
search.addEventListener("focusin", () => {
  const status = search.querySelector("[role=status]");
  status.textContent = search.dataset.loading;
  import(new URL(search.dataset.script, location.href).href).catch(() => { status.textContent = search.dataset.failed; });
}, { once: true });
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) search.showModal();
});

// Filters over a list that is whole without them. What is chosen stands in the address, so that it can be passed on.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
for (const bar of document.querySelectorAll("[data-filters]")) {
  const items = [...document.querySelectorAll(bar.dataset.filters)];
  const fields = [...bar.querySelectorAll("[name]")];
  const count = bar.querySelector("[role=status]");
  const order = new Intl.Collator(root.lang);
  const shows = (item) => fields.every(({ name, value, type }) => !value || name === "sort"
    || (type === "search" ? item.dataset.search.includes(fold(value)) : item.dataset[name] === value));
  const apply = () => {
    for (const item of items) item.hidden = !shows(item);
    const sort = bar.querySelector("[name=sort]")?.value;
    if (sort) items.sort((a, b) => order.compare(a.dataset[sort], b.dataset[sort]) || order.compare(a.dataset.name, b.dataset.name)).forEach((item) => item.parentElement.append(item));
    count.textContent = bar.dataset.count.replace("{n}", items.filter((item) => !item.hidden).length).replace("{total}", items.length);
  };
  const remember = () => {
    const state = new URLSearchParams(fields.filter(({ value, options }) => value && value !== options?.[0].value).map(({ name, value }) => [name, value]));
    history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}${location.hash}`);
  };
  const change = () => { apply(); remember(); };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const choice = fields.find((one) => one.name === name);
    if (choice) choice.value = value;
    if (choice?.options && choice.selectedIndex < 0) choice.selectedIndex = 0;
  }
  bar.addEventListener("input", change);
  bar.querySelector("[data-reset]").addEventListener("click", () => {
    for (const one of fields) { if (one.options) one.selectedIndex = 0; else one.value = ""; }
    change();
  });
  bar.hidden = false;
  apply();
}

// A map's points: one stop of the tab key for each map, arrows lead to the nearest point on that side.
for (const map of document.querySelectorAll("svg[role=group] .points")) {
  const points = [...map.querySelectorAll("a")].map((link) => ({ link, x: Number(link.lastChild.getAttribute("cx")), y: Number(link.lastChild.getAttribute("cy")) }));
  points[0]?.link.setAttribute("tabindex", "0");
  map.addEventListener("keydown", (event) => {
    const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [0, 0];
    const here = points.find(({ link }) => link === document.activeElement);
    if (!here || !(dx || dy)) return;
    event.preventDefault();
    const far = ({ x, y }) => {
      const along = (x - here.x) * dx + (y - here.y) * dy;
      return along > 0 ? along + 2 * Math.abs((x - here.x) * dy + (y - here.y) * dx) : Infinity;
    };
    const next = points.reduce((best, point) => (far(point) < far(best) ? point : best), here);
    if (next === here) return;
    here.link.setAttribute("tabindex", "-1");
    next.link.setAttribute("tabindex", "0");
    next.link.focus();
  });
}

// The suggestion to read the page in another language (scheme.js shows it) goes for good when it is waved away.
for (const button of document.querySelectorAll(".suggest button")) button.addEventListener("click", () => {
  try { localStorage.setItem("languages", "no"); } catch { /* it goes for this page */ }
  button.closest(".suggest").hidden = true;
});
