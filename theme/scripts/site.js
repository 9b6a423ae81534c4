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

// A term shows its definition where it stands; a second press, Escape or a press elsewhere closes it. Assistive technology
// is told that there is a definition, where it is, and whether it is open: without this script, a term is a plain link.
for (const term of document.querySelectorAll("a[data-definition]")) {
  const definition = document.getElementById(term.dataset.definition);
  if (!definition?.togglePopover) continue;
  term.setAttribute("aria-expanded", "false");
  definition.addEventListener("toggle", (event) => {
    const isOpen = event.newState === "open" && term === pressed;
    term.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) term.setAttribute("aria-details", definition.id); else term.removeAttribute("aria-details");
  });
}
let pressed; // several terms may share a definition
document.addEventListener("click", (event) => {
  const term = event.target.closest("a[data-definition]");
  const definition = term && document.getElementById(term.dataset.definition);
  if (!definition?.togglePopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  pressed = term;
  definition.togglePopover({ source: term });
});

// Search: the index is fetched when the reader opens it, never before.
const search = document.getElementById("search");
const field = search.querySelector("input");
const status = search.querySelector("[role=status]");
const plurals = new Intl.PluralRules(root.lang);
const list = search.querySelector("ol");
let pagefind;
const engine = async () => {
  if (!pagefind) {
    pagefind = await import(new URL(`${search.dataset.bundle}pagefind.js`, location.href).href);
    await pagefind.filters(); // without it, answers do not say how many there are of each kind
  }
  return pagefind;
};
field.addEventListener("focus", () => engine().catch(() => { status.textContent = search.dataset.failed; }), { once: true });
const kinds = search.querySelector(".search-kinds");
const chosen = () => kinds.querySelector(":checked").value;
async function answer() {
  const query = field.value.trim();
  kinds.hidden = !query;
  if (!query) { list.replaceChildren(); status.textContent = ""; return; }
  const kind = chosen();
  const found = await (await engine()).debouncedSearch(query, kind ? { filters: { kind } } : {}, 120);
  if (!found || query !== field.value.trim() || kind !== chosen()) return;
  const results = await Promise.all(found.results.slice(0, 12).map((result) => result.data()));
  const count = found.results.length;
  const total = Object.values(found.totalFilters?.kind ?? {}).reduce((sum, number) => sum + number, 0);
  for (const choice of kinds.querySelectorAll("input")) {
    const number = choice.value ? found.totalFilters?.kind?.[choice.value] ?? 0 : total;
    choice.nextElementSibling.textContent = `(${number})`;
  }
  status.textContent = count === 0 ? search.dataset.none : (search.dataset[plurals.select(count)] ?? search.dataset.other).replace("{n}", count.toLocaleString(root.lang));
  list.replaceChildren(...results.map(row));
}
field.addEventListener("input", answer);
kinds.addEventListener("change", answer);
function row(data) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = data.meta.place ? new URL(`${search.dataset.bundle}../${data.meta.place}`, location.href).href : data.url;
  link.textContent = data.meta.title;
  const parts = data.sub_results.filter((part) => part.url !== data.url && part.title !== data.meta.title).slice(0, 3);
  item.appendChild(document.createElement("p")).append(...marked(data.excerpt));
  if (parts.length) {
    const places = item.appendChild(document.createElement("ul"));
    for (const part of parts) {
      const place = places.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      place.href = part.url;
      place.textContent = part.title;
    }
  }
  return item;
}
// Pagefind gives an excerpt as text in which only < and > are written as in HTML, and puts <mark> around what was found.
function marked(excerpt) {
  return excerpt.split(/<mark>(.*?)<\/mark>/).map((words, place) => {
    const text = words.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return place % 2 ? Object.assign(document.createElement("mark"), { textContent: text }) : text;
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, dialog")) {
    event.preventDefault();
    search.showModal();
    field.focus();
  }
});

// The same place in another language: anchors and filters are the same in all of them.
const counterparts = document.querySelectorAll(".languages a, .language-names a, .suggest a");
function keepPlace() {
  for (const link of counterparts) { link.search = location.search; link.hash = location.hash; }
}
addEventListener("hashchange", keepPlace);
keepPlace();

// The suggestion to read the page in another language (scheme.js shows it) goes for good when it is waved away.
for (const button of document.querySelectorAll(".suggest button")) button.addEventListener("click", () => {
  try { localStorage.setItem("languages", "no"); } catch { /* it goes for this page */ }
  button.closest(".suggest").hidden = true;
});
