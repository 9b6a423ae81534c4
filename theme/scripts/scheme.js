// Before the first paint: the reader's chosen scheme, and that scripts run. Everything else waits (site.js, deferred).
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme) root.dataset.scheme = scheme;
  } catch { /* storage refused: the system's scheme is used */ }
})();
