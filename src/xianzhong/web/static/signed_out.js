// A page whose session has ended is loaded anew, and the server then asks to sign in.
//
// The server ends the WebSocket with the session and refuses a new one. Streamlit asks whether the
// server is well, and is refused that, too; it would show an error that says nothing of sign-in.
(() => {
  "use strict";

  const ASKED = /\/_stcore\/(?:health|host-config)$/;
  const REFUSED = [401, 403];

  function look(entries) {
    const refused = entries.getEntries().some(
      (entry) => REFUSED.includes(entry.responseStatus) && ASKED.test(new URL(entry.name).pathname),
    );
    if (refused) window.location.reload();
  }

  new PerformanceObserver(look).observe({ type: "resource", buffered: true });
})();
