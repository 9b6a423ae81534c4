// Before the first paint: what would make the page jump or change colour if it came later. The reader's chosen scheme,
// that scripts run, and whether the page is suggested in another language. Everything else waits (site.js, deferred).
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme) root.dataset.scheme = scheme;
    const base = (tag) => tag.toLowerCase().split("-")[0];
    const read = navigator.languages.map(base);
    const there = [...document.querySelectorAll("link[rel=alternate][hreflang]")].map((link) => link.hreflang);
    const wanted = read.find((tag) => there.includes(tag));
    if (wanted && !read.includes(base(root.lang)) && localStorage.getItem("languages") !== "no") {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`.suggest { display: block } .suggest > [lang="${wanted}"] { display: flex }`);
      document.adoptedStyleSheets = [sheet];
    }
  } catch { /* storage refused: the system's scheme is used, and nothing is suggested */ }
})();
