// Menu, search and the scheme toggle. Every page reads and navigates without it.
const root = document.documentElement;

for (const opener of document.querySelectorAll("[data-open]")) {
  // The menu's opener is a link to the site map without scripts; with them, it is a button, which the space bar presses.
  if (opener.localName === "a") {
    opener.setAttribute("role", "button");
    opener.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); opener.click(); } });
  }
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
toggle.title = toggle.textContent.trim(); // its icon has no visible name
const isDark = () => (root.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
// The colour of the browser's own frame, one for each scheme: a scheme that is chosen by hand counts before the system's.
const frameColours = [...document.querySelectorAll("meta[name=theme-color]")].map((meta) => ({ meta, media: meta.media }));
const showScheme = () => {
  toggle.setAttribute("aria-pressed", String(isDark()));
  const { scheme } = root.dataset;
  for (const { meta, media } of frameColours) meta.media = scheme ? (media.includes(scheme) ? "all" : "not all") : media;
};
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

// The rail shows which section is read: the last one whose heading has passed the upper third of the window.
const places = [...document.querySelectorAll(".contents a")].map((link) => ({ link, heading: document.getElementById(link.hash.slice(1)) }))
  .filter(({ heading }) => heading);
if (places.length) {
  const follow = () => {
    const passed = places.filter(({ heading }) => heading.getBoundingClientRect().top < innerHeight / 3);
    const here = scrollY + innerHeight >= root.scrollHeight - 2 ? places.at(-1) : passed.at(-1);
    for (const { link } of places) {
      if (link === here?.link) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", follow, { passive: true });
  follow();
}

// The same place in another language: anchors and filters are the same in all of them.
const counterparts = document.querySelectorAll(".languages a, .language-names a, .suggest a");
function keepPlace() {
  for (const link of counterparts) { link.search = location.search; link.hash = location.hash; }
}
addEventListener("hashchange", keepPlace);
keepPlace();

// The suggestion to read the page in another language (scheme.js shows it) does not return after it is closed once.
for (const button of document.querySelectorAll(".suggest button")) button.addEventListener("click", () => {
  try { localStorage.setItem("languages", "no"); } catch { /* it goes for this page */ }
  button.closest(".suggest").hidden = true;
  document.getElementById("main").focus();
});
