// What is wrong with the places of texts and controls on a page, as it stands: [[what, the words where it is], …].
() => {
  const found = [];
  const boxes = [];
  const width = document.documentElement.clientWidth;
  const words = (text) => text.trim().replace(/\s+/g, " ").slice(0, 40);
  const isShown = (one) => {
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    for (let above = one; above; above = above.parentElement) if (getComputedStyle(above).clipPath !== "none") return false;
    return true;
  };
  if (document.documentElement.scrollWidth > width) found.push(["wider than the window", ""]);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const owner = text.parentElement;
    if (!text.data.trim() || owner.closest(".skip-link, option") || !isShown(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, right, top, bottom, height } of range.getClientRects()) {
      if (right - left < 1) continue;
      if (left < -0.5 || right > width + 0.5) found.push(["outside the window", words(text.data)]);
      // The box of a line of letters is taller than the letters.
      const slack = height * 0.22;
      boxes.push({ text, left: left + 1, right: right - 1, top: top + slack, bottom: bottom - slack });
    }
    if (owner.closest("svg")) continue;
    for (let one = owner; one !== document.body; one = one.parentElement) {
      const isLarger = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
      if (isLarger && ["hidden", "clip"].includes(getComputedStyle(one).overflowX)) found.push(["cut off", words(text.data)]);
    }
  }
  boxes.sort((one, other) => one.top - other.top);
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (other.top >= one.bottom) break;
      const isOver = other.text !== one.text && one.left < other.right && other.left < one.right;
      if (isOver) found.push(["drawn over each other", `${words(one.text.data)} | ${words(other.text.data)}`]);
    }
  });

  const controls = [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((one) => !one.closest("svg, .skip-link") && isShown(one))
    .map((one) => ({ one, box: (one.closest("label.choice") ?? one).getBoundingClientRect() }));
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const isSmall = (box) => Math.min(box.width, box.height) < 23.9;
  // A small one is right in a sentence, or where a circle of 24 px around its middle meets no other control.
  const isInSentence = ({ parentElement }) => [...parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isNear = ([x, y], box) => {
    if (isSmall(box)) return Math.hypot(middle(box)[0] - x, middle(box)[1] - y) < 24;
    return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)) < 12;
  };
  for (const { one, box } of controls) {
    if (!isSmall(box) || isInSentence(one)) continue;
    const others = controls.filter(({ one: other }) => other !== one && !other.contains(one) && !one.contains(other));
    if (others.some((other) => isNear(middle(box), other.box))) found.push(["smaller than 24 px", words(one.textContent)]);
  }
  return found;
}
