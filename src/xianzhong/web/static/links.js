// A link from one page of the product to another stays in the tab, and keeps the session.
//
// Streamlit opens every link of a text, and every address in a table, in a new tab; for a link of
// ours that is a nuisance: a name that filters would leave a row of tabs behind. A link in HTML of
// ours would load the page anew. Both are followed as the browser's "back" is: the address changes,
// and Streamlit reads it. With Ctrl, Shift or the middle button a link opens in a tab of its own,
// as anywhere.
(() => {
  "use strict";

  const root = new URL(document.baseURI);
  const FILES = /\/(?:about|assets|geo|static|media|_stcore)\//;

  function ours(address) {
    let url;
    try {
      url = new URL(address, window.location.href);
    } catch {
      return null;
    }
    if (url.origin !== window.location.origin || FILES.test(url.pathname)) return null;
    url.hash = "";
    return url;
  }

  // Signing in and out loads the page anew, whatever Streamlit shows.
  const WHOLE = /\/sign-(?:in|out)(?:$|\/)/;

  function follow(url) {
    if (WHOLE.test(url.pathname)) {
      window.location.assign(url);
      return;
    }
    if (url.href !== window.location.href) {
      window.history.pushState({}, "", url);
    }
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    const main = document.querySelector('[data-testid="stMain"]');
    const elsewhere = url.pathname !== follow.from;
    follow.from = url.pathname;
    if (main !== null && elsewhere) main.scrollTo(0, 0);
  }
  follow.from = root.pathname;

  // Before Streamlit's own handlers: a link in the label of a table's heading must not open it.
  document.addEventListener(
    "click",
    (event) => {
      const plain = event.button === 0
        && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const followed = link?.target === "_blank" || link?.closest(".stHtml, .xz-figure");
      if (!plain || !followed) return;
      const url = ours(link.href);
      if (url === null) return;
      event.preventDefault();
      event.stopPropagation();
      follow(url);
    },
    true,
  );

  const open = window.open;
  window.open = function (address, target, ...rest) {
    const url = target === "_blank" && address ? ours(String(address)) : null;
    if (url === null) return open.call(window, address, target, ...rest);
    follow(url);
    return null;
  };
})();
