// The page's language is the one in its address: ?lang=en is English, all else Chinese.
//
// Streamlit takes its calendar, its number formats and st.context.locale from the browser's
// language. Here it is told the page's language instead, so that both always agree.
(() => {
  "use strict";

  const shell = window.xianzhong;
  const browserLanguage = navigator.language || "";

  function language() {
    const asked = new URLSearchParams(window.location.search).get("lang") || "";
    return asked.toLowerCase().startsWith("en") ? "en" : "zh-CN";
  }

  function locale() {
    if (language() === "zh-CN") return "zh-CN";
    return browserLanguage.startsWith("en") ? browserLanguage : "en-US";
  }

  Object.defineProperty(navigator, "language", { configurable: true, get: locale });
  Object.defineProperty(navigator, "languages", { configurable: true, get: () => [locale()] });

  let current = language();

  function follow() {
    if (language() === current) return;
    current = language();
    document.documentElement.lang = current;
    window.dispatchEvent(new Event("languagechange"));
    for (const listener of listeners) listener(current);
  }

  const listeners = [];
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...rest) {
      const result = original.apply(this, rest);
      follow();
      return result;
    };
  }
  window.addEventListener("popstate", follow);

  shell.language = language;
  shell.onLanguage = (listener) => listeners.push(listener);
})();
