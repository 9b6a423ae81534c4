// The search dialog. site.js loads it when the dialog opens first; metropolis/builder/search_index.py makes its index.
const STEP = 12; // results shown at once

const search = document.getElementById("search");
const field = search.querySelector("input");
const status = search.querySelector("[role=status]");
const kinds = search.querySelector(".search-kinds");
const nearest = search.querySelector(".search-nearest");
const list = search.querySelector("ol");
const more = search.querySelector(".search-more");
const counts = JSON.parse(search.dataset.count);
const plurals = new Intl.PluralRules(document.documentElement.lang);
const names = Object.fromEntries([...kinds.querySelectorAll("[data-name]")].map(({ value, dataset }) => [value, dataset.name]));

const address = new URL(search.dataset.index, location.href);
const response = await fetch(address);
if (!response.ok) throw new Error(response.statusText);
const ranking = new Ranking(await response.json());

// A word as a title writes it, with its accents and capitals.
function written(word) {
  for (const [title] of ranking.entries) {
    const found = (title.match(/[\p{L}\p{N}]+/gu) ?? []).find((one) => fold(one) === word);
    if (found) return found;
  }
  return word;
}

let results = [];
let terms = [];
function answer() {
  const typed = field.value.trim();
  const answered = ranking.answer(typed);
  const offers = answered.unknown.flatMap((term) => term.nearest);
  terms = answered.terms;
  kinds.hidden = !typed;
  nearest.replaceChildren();
  const kind = countKinds(answered.found);
  results = kind ? answered.found.filter((entry) => entry[2] === kind) : answered.found;
  const { none, corrected, partial } = search.dataset;
  const count = results.length && (counts[plurals.select(results.length)] ?? counts.other).replace("{n}", results.length.toLocaleString(document.documentElement.lang));
  const before = offers.length ? corrected.replace("{words}", () => typed) : answered.isPartial ? partial : "";
  status.textContent = !typed ? "" : count ? `${before} ${count}`.trim() : none;
  if (count) nearest.append(...offers.map(suggestion));
  list.replaceChildren();
  show();
}

function countKinds(found) {
  const chosen = kinds.querySelector(":checked");
  for (const choice of kinds.querySelectorAll("input")) {
    const number = choice.value ? found.filter((entry) => entry[2] === choice.value).length : found.length;
    choice.nextElementSibling.textContent = `(${number})`;
    choice.closest("label").hidden = number === 0 && choice.value && choice !== chosen;
  }
  return chosen.value;
}

function suggestion(word) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: written(word) });
  button.addEventListener("click", () => { field.value = button.textContent; field.focus(); answer(); });
  return button;
}

function show() {
  const shown = list.children.length;
  list.append(...results.slice(shown, shown + STEP).map(row));
  more.hidden = list.children.length >= results.length;
  return list.children[shown];
}

function row([title, place, kind, text, headings = []]) {
  const item = document.createElement("li");
  const link = item.appendChild(document.createElement("a"));
  link.href = new URL(`../${place}`, address);
  link.append(...marked(title));
  item.appendChild(Object.assign(document.createElement("span"), { className: "search-kind", textContent: names[kind] }));
  item.appendChild(document.createElement("p")).append(...marked(text));
  const parts = headings.filter(([heading]) => ranking.likeness(heading, terms) > 0.3).slice(0, 3);
  if (parts.length) item.appendChild(document.createElement("ul")).append(...parts.map(([heading, anchor]) => part(heading, `${link.href}#${anchor}`)));
  return item;
}

function part(heading, href) {
  const item = document.createElement("li");
  item.appendChild(Object.assign(document.createElement("a"), { href })).append(...marked(heading));
  return item;
}

// A text with the words that were meant in <mark>.
function marked(text) {
  return text.split(/([\p{L}\p{N}]+)/u).map((one, place) => (
    place % 2 && terms.some(({ meant }) => meant.has(fold(one))) ? Object.assign(document.createElement("mark"), { textContent: one }) : one
  ));
}

field.addEventListener("input", answer);
kinds.addEventListener("change", answer);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  list.querySelector("a")?.click();
});
more.addEventListener("click", () => show()?.querySelector("a").focus());
answer();
