// The directory's map. It shows the members that the filters leave. Members whose targets would meet are one circle
// with their number; the circle opens their region, and inside a region a larger map of them.
const TARGET = 24; // pixels that a finger or a pointer needs for each point (WCAG 2.5.8)
const CLOSEST = 60; // width of the largest map, in map units: the coast has no more detail
const SVG = "http://www.w3.org/2000/svg";
const draw = (name, attributes, ...content) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
};

for (const figure of document.querySelectorAll(".members-map:has(.points a)")) {
  const bar = document.querySelector("[data-filters]");
  const svg = figure.querySelector("svg");
  const layer = svg.querySelector(".points");
  const label = figure.querySelector(".map-label");
  const back = figure.querySelector(".map-back");
  const counts = JSON.parse(label.dataset.count);
  const forms = new Intl.PluralRules(root.lang);
  const inWords = (number) => counts[forms.select(number)].replace("{n}", number.toLocaleString(root.lang));
  const rows = new Map([...document.querySelectorAll(".members tbody tr")].map((row) => [row.querySelector("a").href, row]));
  const points = [...layer.querySelectorAll("a")].map((link) => {
    const circle = link.lastChild;
    const row = rows.get(new URL(link.getAttribute("href"), document.baseURI).href);
    const [name, government] = [row.cells[0].textContent, row.cells[1].textContent];
    circle.removeAttribute("transform");
    link.setAttribute("aria-label", `${name}, ${government}`);
    const target = draw("circle", { class: "target" });
    link.replaceChildren(target, circle);
    return { link, row, name, government, circles: [target, circle], x: Number(circle.getAttribute("cx")), y: Number(circle.getAttribute("cy")) };
  });
  const { x, y, width, height } = svg.viewBox.baseVal;
  const whole = { x, y, width, height };
  let view = whole;
  let enlarged = []; // the maps left by circles, to go back to
  let spots = [];
  let named = null;

  // Points of a circle that cannot be enlarged further stand around it.
  const ring = (number) => Math.max(16, (TARGET + 2) / (2 * Math.sin(Math.PI / number)));
  const reach = ({ points: inside }) => {
    if (inside.length === 1) return TARGET / 2;
    return view.width <= CLOSEST ? ring(inside.length) + TARGET / 2 : 16;
  };
  function gather(scale) {
    let groups = points.filter(({ row }) => !row.hidden).map((point) => ({ x: point.x * scale, y: point.y * scale, points: [point] }));
    for (let isChanged = true; isChanged;) {
      const apart = [];
      for (const one of groups) {
        const near = apart.find((other) => Math.hypot(one.x - other.x, one.y - other.y) < reach(one) + reach(other));
        if (!near) { apart.push(one); continue; }
        const inside = [...near.points, ...one.points];
        const share = one.points.length / inside.length;
        near.x += (one.x - near.x) * share;
        near.y += (one.y - near.y) * share;
        near.points = inside;
      }
      isChanged = apart.length < groups.length;
      groups = apart;
    }
    return groups;
  }
  const spread = (group) => group.points.map((point, place) => {
    const angle = (2 * Math.PI * place) / group.points.length;
    return { x: group.x + ring(group.points.length) * Math.cos(angle), y: group.y + ring(group.points.length) * Math.sin(angle), points: [point] };
  });

  // The part of the map that holds these points, in the shape of the whole.
  function around(some) {
    const [xs, ys] = [some.map((point) => point.x), some.map((point) => point.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const shape = whole.width / whole.height;
    const wide = Math.min(whole.width, Math.max(CLOSEST, 1.3 * Math.max(right - left, (bottom - top) * shape)));
    const high = wide / shape;
    const within = (start, end, size, from, length) => Math.min(Math.max((start + end - size) / 2, from), from + length - size);
    return { x: within(left, right, wide, whole.x, whole.width), y: within(top, bottom, high, whole.y, whole.height), width: wide, height: high };
  }

  function show() {
    const scale = svg.getBoundingClientRect().width / view.width; // pixels for a map unit
    if (!scale) return;
    hideLabel();
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    svg.classList.toggle("is-part", view !== whole);
    back.hidden = enlarged.length === 0 && view === whole;
    const groups = gather(scale);
    spots = view.width <= CLOSEST ? groups.flatMap((group) => (group.points.length > 1 ? spread(group) : [group])) : groups;
    for (const spot of spots) spot.element = spot.points.length > 1 ? circleOf(spot, scale) : dotOf(spot, scale);
    spots.forEach(({ element }, place) => element.setAttribute("tabindex", place ? "-1" : "0"));
    layer.replaceChildren(...spots.map(({ element }) => element));
  }
  function dotOf({ x: left, y: top, points: [point] }, scale) {
    point.circles.forEach((circle, place) => {
      for (const [key, value] of [["cx", left], ["cy", top], ["r", place ? 5 : TARGET / 2]]) circle.setAttribute(key, value / scale);
    });
    return point.link;
  }
  function circleOf({ x: left, y: top, points: inside }, scale) {
    const at = { x: left / scale, y: top / scale };
    return draw("g", { class: "cluster", role: "button", "aria-label": `${inWords(inside.length)}. ${inside.map(({ name }) => name).join(", ")}` },
      draw("circle", { cx: at.x, cy: at.y, r: 15 / scale }),
      draw("text", { ...at, "font-size": 13 / scale }, String(inside.length)));
  }

  function open(spot) {
    const regions = new Set(spot.points.map(({ row }) => row.dataset.region));
    const [region] = regions;
    const choice = regions.size === 1 && bar.querySelector(`[name=region][value="${region}"]`);
    if (choice && !choice.checked) choice.click();
    else {
      enlarged.push(view);
      const next = around(spot.points);
      // Points in a long chain fill the map that they are on already.
      view = next.width < view.width * 0.8 ? next : shrunk(spot.points);
      show();
    }
    spots[0]?.element.focus({ preventScroll: true });
  }
  const shrunk = (some) => {
    const middle = around([{ x: some.reduce((sum, point) => sum + point.x, 0) / some.length, y: some.reduce((sum, point) => sum + point.y, 0) / some.length }]);
    const wide = Math.max(CLOSEST, view.width / 2);
    const high = (wide * whole.height) / whole.width;
    return { x: middle.x + (middle.width - wide) / 2, y: middle.y + (middle.height - high) / 2, width: wide, height: high };
  };
  back.addEventListener("click", () => {
    if (enlarged.length) { view = enlarged.pop(); show(); return; }
    const country = bar.querySelector("[name=country]");
    country.value = "";
    bar.querySelector("[name=region]").checked = true;
    country.dispatchEvent(new Event("input", { bubbles: true }));
  });
  bar.addEventListener("filtered", () => {
    const left = points.filter(({ row }) => !row.hidden);
    const isPart = bar.querySelector("[name=region]:checked").value || bar.querySelector("[name=country]").value;
    enlarged = [];
    view = isPart && left.length ? around(left) : whole;
    show();
  });

  // The label can be pointed at, and Escape closes it (WCAG 1.4.13).
  function showLabel(spot) {
    if (named === spot) return;
    named = spot;
    const [first] = spot.points;
    const title = document.createElement(spot.points.length > 1 ? "strong" : "a");
    title.textContent = spot.points.length > 1 ? inWords(spot.points.length) : first.name;
    if (title.localName === "a") Object.assign(title, { href: first.row.querySelector("a").href, tabIndex: -1 });
    const text = document.createElement("span");
    text.textContent = spot.points.length > 1 ? spot.points.slice(0, 3).map(({ name }) => name).join(", ") + (spot.points.length > 3 ? "…" : "") : first.government;
    label.replaceChildren(title, text);
    label.hidden = false;
    const [frame, drawing] = [figure.getBoundingClientRect(), spot.element.getBoundingClientRect()];
    const left = (drawing.left + drawing.right - label.offsetWidth) / 2 - frame.left;
    const above = drawing.top - frame.top - label.offsetHeight;
    label.style.left = `${Math.min(Math.max(left, 0), frame.width - label.offsetWidth)}px`;
    label.style.top = `${above >= 0 ? above : drawing.bottom - frame.top}px`;
  }
  function hideLabel() { label.hidden = true; named = null; }
  const spotOf = (element) => spots.find((spot) => spot.element.contains(element));
  layer.addEventListener("pointerover", (event) => { const spot = spotOf(event.target); if (spot && event.pointerType !== "touch") showLabel(spot); });
  layer.addEventListener("focusin", (event) => { const spot = spotOf(event.target); if (spot?.element.matches(":focus-visible")) showLabel(spot); });
  layer.addEventListener("focusout", hideLabel);
  figure.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch" && !layer.contains(document.activeElement)) hideLabel(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideLabel(); });
  // A finger cannot point: its first tap shows the label, the next one follows the link.
  let before = null;
  layer.addEventListener("pointerdown", () => { before = named; });
  layer.addEventListener("click", (event) => {
    const spot = spotOf(event.target);
    if (!spot) return;
    if (spot.points.length > 1) open(spot);
    else if (event.pointerType === "touch" && before !== spot) { event.preventDefault(); showLabel(spot); }
  });

  // One stop of the tab key for the map; arrows lead to the nearest point on that side.
  layer.addEventListener("keydown", (event) => {
    const here = spotOf(document.activeElement);
    if (here && here.points.length > 1 && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(here); return; }
    const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [0, 0];
    if (!here || !(dx || dy)) return;
    event.preventDefault();
    const far = (spot) => {
      const along = (spot.x - here.x) * dx + (spot.y - here.y) * dy;
      return along > 0 ? along + 2 * Math.abs((spot.x - here.x) * dy + (spot.y - here.y) * dx) : Infinity;
    };
    const next = spots.reduce((best, spot) => (far(spot) < far(best) ? spot : best), here);
    if (next === here) return;
    here.element.setAttribute("tabindex", "-1");
    next.element.setAttribute("tabindex", "0");
    next.element.focus({ preventScroll: true });
  });

  new ResizeObserver(show).observe(svg);
  bar.dispatchEvent(new CustomEvent("filtered"));
}
