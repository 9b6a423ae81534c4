// Filters over a list that is whole without them. What is chosen stands in the address, so that it can be passed on.
// After each change the bar sends the event "filtered"; the members' map listens to it.
const LETTERS = { ł: "l", đ: "d", ø: "o", ı: "i", ß: "ss", œ: "oe", æ: "ae" };
const wordsOf = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[łđøıßœæ]/g, (letter) => LETTERS[letter]).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

for (const bar of document.querySelectorAll("[data-filters]")) {
  const items = [...document.querySelectorAll(bar.dataset.filters)];
  // An item is found by what it shows and by data-search: names in other languages, years.
  const texts = new Map(items.map((item) => {
    const shown = [...item.children].map((part) => part.textContent).join(" ");
    return [item, ` ${wordsOf(`${shown} ${item.dataset.search ?? ""}`).join(" ")} `];
  }));
  const fields = [...bar.querySelectorAll("[name]")];
  const choices = fields.flatMap((one) => (one.options ? [...one.options].map((option) => [one.name, option]) : one.type === "radio" ? [[one.name, one]] : []))
    .filter(([name]) => name !== "sort");
  const status = bar.querySelector("[role=status]");
  const widen = bar.querySelector("[data-widen]");
  const letters = document.querySelector(".letters");
  const counts = JSON.parse(bar.dataset.count);
  const forms = new Intl.PluralRules(root.lang);
  const order = new Intl.Collator(root.lang);
  const caption = items[0].closest("table")?.caption;
  const inWords = (templates, number) => templates[forms.select(number)].replace("{n}", number.toLocaleString(root.lang)).replace("{total}", items.length.toLocaleString(root.lang));

  const chosen = () => Object.fromEntries(fields.filter((one) => one.type !== "radio" || one.checked).map(({ name, value }) => [name, value]));
  const choose = (name, value) => {
    const own = fields.filter((one) => one.name === name);
    for (const one of own) {
      if (one.type === "radio") one.checked = one.value === value;
      else one.value = value;
      if (one.options && one.selectedIndex < 0) one.selectedIndex = 0;
    }
    // An address may have a value that no radio button has.
    if (own.length && !(name in chosen())) choose(name, "");
  };
  // A short word or a number counts only where a word begins: "an" is not in "Iran".
  const found = (query) => {
    const asked = wordsOf(query).map((word) => (word.length < 3 || /\d/.test(word) ? ` ${word}` : word));
    return items.filter((item) => asked.every((word) => texts.get(item).includes(word)));
  };
  const narrow = (from, { q, sort, ...rest }) => from.filter((item) => Object.entries(rest).every(([name, value]) => !value || item.dataset[name] === value));

  function apply() {
    const now = chosen();
    const byWords = found(now.q);
    const shown = new Set(narrow(byWords, now));
    for (const item of items) item.hidden = !shown.has(item);
    for (const [name, choice] of choices) {
      const number = narrow(byWords, { ...now, [name]: choice.value }).length;
      const isOffered = number > 0 || !choice.value || choice.value === now[name];
      const place = choice.closest("label.choice") ?? choice;
      place.hidden = choice.disabled = !isOffered;
      if (place !== choice) place.querySelector("span").textContent = number.toLocaleString(root.lang);
    }
    if (now.sort) {
      const { sort } = now;
      items.sort((a, b) => order.compare(a.dataset[sort], b.dataset[sort]) || order.compare(a.dataset.name, b.dataset.name)).forEach((item) => item.parentElement.append(item));
      caption.textContent = bar.querySelector("[name=sort]").selectedOptions[0].dataset.caption;
    }
    const query = now.q.trim();
    const isElsewhere = shown.size === 0 && query && byWords.length > 0;
    if (shown.size) status.textContent = inWords(counts, shown.size);
    else status.textContent = query && !isElsewhere ? bar.dataset.noneFor.replace("{words}", () => query) : bar.dataset.none;
    if (widen) {
      widen.hidden = !isElsewhere;
      widen.textContent = isElsewhere ? inWords(JSON.parse(bar.dataset.widen), byWords.length) : "";
    }
    // They lead to places in the whole list, in the order of names.
    if (letters) letters.hidden = shown.size < items.length || Boolean(now.sort && now.sort !== "name");
    bar.dispatchEvent(new CustomEvent("filtered"));
  }
  function change() {
    apply();
    const state = new URLSearchParams(Object.entries(chosen()).filter(([name, value]) => value && !(name === "sort" && value === bar.querySelector("[name=sort]").options[0].value)));
    history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}${location.hash}`);
    keepPlace();
  }
  const clear = (names) => {
    for (const name of names) choose(name, "");
    change();
    fields[0].focus();
  };
  for (const [name, value] of new URLSearchParams(location.search)) choose(name, value);
  bar.addEventListener("input", change);
  bar.querySelector("[data-reset]").addEventListener("click", () => clear(Object.keys(chosen())));
  widen?.addEventListener("click", () => clear(Object.keys(chosen()).filter((name) => name !== "q" && name !== "sort")));
  apply();
}
