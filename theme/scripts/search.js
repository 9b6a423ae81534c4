// The search. site.js loads it when the dialog opens first; metropolis/builder/search_index.py makes its index.
const STEP = 12; // results shown at once
const WEIGHTS = 16; // a number of the index is entry * WEIGHTS + weight
const STRONG = 6; // from here on a word is in a title, a heading, a name or a synonym
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i" };

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
const index = await response.json();
const vocabulary = Object.keys(index.words);
const common = new Set(index.common);

const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[œæßøłđı]/g, (letter) => LETTERS[letter]);
const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const split = (text) => wordsOf(text).filter((word) => word.length > 1 || /\d/.test(word));

// Forms of a word with another ending, as plurals have them in our languages.
function forms(word) {
  const found = [word];
  if (word.length < 4 || /\d/.test(word)) return found;
  for (const [end, other] of [["s", ""], ["x", ""], ["es", ""], ["aux", "al"], ["al", "aux"], ["ies", "y"], ["y", "ies"]]) {
    if (word.endsWith(end)) found.push(word.slice(0, -end.length) + other);
  }
  return found;
}

// The entries that have a word, one that begins with it, or another form of it: entry -> weight.
function entriesOf(word) {
  const found = new Map();
  const add = (known, factor, least = 1) => {
    for (const number of index.words[known]) {
      const weight = number % WEIGHTS;
      const entry = (number - weight) / WEIGHTS;
      if (weight >= least) found.set(entry, Math.max(found.get(entry) ?? 0, weight * factor));
    }
  };
  for (const form of forms(word)) {
    if (Object.hasOwn(index.words, form)) add(form, form === word ? 1 : 0.95);
    // Of short words and numbers, many others are beginnings by chance.
    if (/\d/.test(form)) continue;
    // Another form of a short word begins too many: "sans" is not in "San Salvador".
    if (form !== word && form.length < 5) continue;
    for (const known of vocabulary) {
      if (known !== form && known.startsWith(form)) add(known, 0.85 * form.length / known.length, form.length < 3 ? STRONG : 1);
    }
  }
  return found;
}

// The known words that differ least from an unknown one: a letter more, less, other or exchanged; from nine letters on, two. Shorter words have too many neighbours.
function nearestWords(word) {
  const most = word.length < 5 || /\d/.test(word) ? 0 : word.length < 9 ? 1 : 2;
  const strength = (known) => Math.max(...index.words[known].map((number) => number % WEIGHTS), 0);
  return vocabulary
    .filter((known) => most && Math.abs(known.length - word.length) <= most && !/\d/.test(known))
    .map((known) => ({ known, far: distance(word, known) }))
    .filter(({ known, far }) => far <= most && (far < 2 || known[0] === word[0]))
    .sort((a, b) => a.far - b.far || strength(b.known) - strength(a.known) || index.words[b.known].length - index.words[a.known].length)
    .slice(0, 3)
    .map(({ known }) => known);
}

// Letters to add, drop, change or exchange with their neighbour.
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

// The words that count: short ones only if there are no others.
function counting(words) {
  const found = words.filter((word) => word.length > 2);
  return found.length ? found : words;
}

// The entries with all words, and those that have one of them in a strong place, best first; `isPartial` if none has all.
function find(words) {
  const isAllCommon = words.every((word) => common.has(word));
  const asked = words.map((word) => {
    const entries = entriesOf(word);
    const rarity = Math.log(2 + index.entries.length / (1 + entries.size));
    // A word that is strong nowhere ("how", "many") says little about what is wanted.
    // A word of most pages is only known where it is strong: it lifts those entries and leaves out none.
    const isRequired = isAllCommon || !common.has(word);
    const isTelling = Math.max(0, ...entries.values()) >= STRONG;
    return { entries, share: rarity * (isTelling ? (isRequired ? 1 : 0.5) : 0.25), isRequired };
  });
  const required = asked.filter(({ isRequired }) => isRequired).length;
  const whole = asked.reduce((sum, { share }) => sum + share, 0);
  const scores = new Map();
  for (const { entries, share, isRequired } of asked) {
    for (const [entry, weight] of entries) {
      const one = scores.get(entry) ?? { score: 0, share: 0, words: 0, strongest: 0 };
      scores.set(entry, { score: one.score + weight * share, share: one.share + share, words: one.words + isRequired, strongest: Math.max(one.strongest, weight) });
    }
  }
  const hasAll = (one) => one.words === required;
  const isPartial = scores.size > 0 && ![...scores.values()].some(hasAll);
  const found = [...scores]
    .filter(([, one]) => hasAll(one) || (one.strongest >= STRONG && one.share >= whole / 3))
    .map(([entry, one]) => ({ entry: index.entries[entry], score: (one.score * one.share / whole) * (1 + likeness(index.entries[entry][0], words)) }))
    .sort((a, b) => b.score - a.score);
  return { found: found.map((one) => one.entry), isPartial };
}

// How much of a title the words are, from 0 to 1; 2 if they are the title.
function likeness(title, words) {
  const own = counting(split(title));
  if (own.join(" ") === words.join(" ")) return 2;
  return own.filter((word) => words.some((typed) => forms(typed).some((form) => word.startsWith(form)))).length / Math.max(own.length, words.length);
}

// A word as a title writes it, with its accents and capitals.
function written(word) {
  for (const [title] of index.entries) {
    const found = (title.match(/[\p{L}\p{N}]+/gu) ?? []).find((one) => fold(one) === word);
    if (found) return found;
  }
  return word;
}

let results = [];
let words = [];
function answer() {
  const typed = field.value.trim();
  words = counting(split(typed));
  kinds.hidden = !typed;
  nearest.replaceChildren();
  const unknown = words.filter((word) => !common.has(word) && entriesOf(word).size === 0);
  const offers = unknown.flatMap(nearestWords);
  if (unknown.length) words = words.flatMap((word) => (unknown.includes(word) ? nearestWords(word).slice(0, 1) : [word]));
  const { found, isPartial } = find(words);
  const kind = countKinds(found);
  results = kind ? found.filter((entry) => entry[2] === kind) : found;
  const { none, corrected, partial } = search.dataset;
  const count = results.length && (counts[plurals.select(results.length)] ?? counts.other).replace("{n}", results.length.toLocaleString(document.documentElement.lang));
  const before = offers.length ? corrected.replace("{words}", () => typed) : isPartial || unknown.length ? partial : "";
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
  const parts = headings.filter(([heading]) => likeness(heading, words) > 0.3).slice(0, 3);
  if (parts.length) item.appendChild(document.createElement("ul")).append(...parts.map(([heading, anchor]) => part(heading, `${link.href}#${anchor}`)));
  return item;
}

function part(heading, href) {
  const item = document.createElement("li");
  item.appendChild(Object.assign(document.createElement("a"), { href })).append(...marked(heading));
  return item;
}

// A text with what was typed in <mark>.
function marked(text) {
  const typed = words.flatMap(forms);
  return text.split(/([\p{L}\p{N}]+)/u).map((one, place) => (
    place % 2 && typed.some((word) => fold(one).startsWith(word)) ? Object.assign(document.createElement("mark"), { textContent: one }) : one
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
