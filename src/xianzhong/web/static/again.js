// Loads the page again where a part of the frontend did not come, as when the line was cut just then.
//
// Streamlit fetches the code of an element when the element is first shown, and shows an error in
// its place for good where that fails. The address holds the whole view, so loading it again loses
// nothing; a file that was chosen for upload is said to be gone by the page itself.
(() => {
  "use strict";

  const FAILED = /dynamically imported module|Importing a module script failed/;
  const KEY = "xz-again";
  const PATIENCE = 60_000;
  let waiting = false;

  function broken(node) {
    const alerts = node.matches('[role="alert"]') ? [node] : node.querySelectorAll('[role="alert"]');
    return Array.from(alerts).some((alert) => FAILED.test(alert.textContent));
  }

  function late() {
    try {
      return Date.now() - Number(window.sessionStorage.getItem(KEY)) > PATIENCE;
    } catch {
      return false;
    }
  }

  async function whenServed() {
    const address = new URL("healthz", document.baseURI);
    for (;;) {
      try {
        if ((await fetch(address, { cache: "no-store" })).ok) break;
      } catch {
        // Not yet.
      }
      await new Promise((done) => setTimeout(done, 1000));
    }
    window.sessionStorage.setItem(KEY, String(Date.now()));
    window.location.reload();
  }

  new MutationObserver((records) => {
    if (waiting) return;
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (node instanceof Element && broken(node) && late()) {
          waiting = true;
          whenServed();
          return;
        }
      }
    }
  }).observe(document, { childList: true, subtree: true });
})();
