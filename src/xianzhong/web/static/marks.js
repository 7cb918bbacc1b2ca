// What the page holds, said on its root element for the style sheet.
//
// A style sheet could ask by itself (`.stApp:has(.st-key-slide)`), but then the browser asks anew,
// and looks at the whole page, with every change of any element: a third of the time of a filter
// change (docs/performance.md).
(() => {
  "use strict";

  const root = document.documentElement;
  const slides = document.getElementsByClassName("st-key-slide");
  const speakers = document.getElementsByClassName("st-key-speaker");
  const headers = document.getElementsByTagName("header");
  const away = '[data-testid="stExpandSidebarButton"]';

  function mark() {
    root.classList.toggle("xz-on-slide", slides.length > 0);
    root.classList.toggle("xz-on-speaker", speakers.length > 0);
    const closed = [...headers].some((header) => header.querySelector(away) !== null);
    root.classList.toggle("xz-bar-away", closed);
  }

  // Plotly's words over a mark come and go with the mouse: the hand says that it can be clicked.
  function over(layer) {
    layer.closest(".js-plotly-plot")?.classList.toggle("xz-over", layer.childElementCount > 0);
  }

  new MutationObserver((records) => {
    mark();
    for (const { target } of records) {
      if (target instanceof Element && target.classList.contains("hoverlayer")) over(target);
    }
  }).observe(document, { childList: true, subtree: true });
})();
