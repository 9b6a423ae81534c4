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

// Search: the index is fetched when the reader opens it, never before.
const search = document.getElementById("search");
const field = search.querySelector("input");
const status = search.querySelector("[role=status]");
const list = search.querySelector("ol");
let pagefind;
const engine = async () => {
  pagefind ??= await import(new URL(`${search.dataset.bundle}pagefind.js`, location.href).href);
  return pagefind;
};
field.addEventListener("focus", () => engine().catch(() => { status.textContent = search.dataset.failed; }), { once: true });
field.addEventListener("input", async () => {
  const query = field.value.trim();
  if (!query) { list.replaceChildren(); status.textContent = ""; return; }
  const answer = await (await engine()).debouncedSearch(query, {}, 120);
  if (!answer || query !== field.value.trim()) return;
  const results = await Promise.all(answer.results.slice(0, 12).map((result) => result.data()));
  const count = answer.results.length;
  status.textContent = count === 0 ? search.dataset.none : count === 1 ? search.dataset.one : search.dataset.many.replace("{n}", count);
  list.replaceChildren(...results.map(row));
});
function row(data) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = data.url;
  link.textContent = data.meta.title;
  const parts = data.sub_results.filter((part) => part.url !== data.url).slice(0, 3);
  item.appendChild(document.createElement("p")).innerHTML = data.excerpt; // made by Pagefind from our own pages: text and <mark> only
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
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, dialog")) {
    event.preventDefault();
    search.showModal();
    field.focus();
  }
});
