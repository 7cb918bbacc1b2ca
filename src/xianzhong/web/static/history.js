// One act of the reader is one step of the browser's history.
//
// When the script opens another page with other parameters, Streamlit pushes two entries: the page
// that is left with the new parameters, then the new page. "Back" would lead to the first, which
// nobody has seen. If nothing was pressed since the first, the second takes its place.
(() => {
  "use strict";

  let pushed = null;
  for (const name of ["pointerdown", "keydown", "popstate"]) {
    window.addEventListener(name, () => { pushed = null; }, { capture: true });
  }

  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const next = new URL(url ?? "", document.baseURI);
    const here = window.location;
    const between = pushed === here.href && next.search === here.search;
    if (between && next.pathname !== here.pathname) {
      history.replaceState(state, title, url);
    } else {
      push.call(this, state, title, url);
    }
    pushed = window.location.href;
  };
})();
