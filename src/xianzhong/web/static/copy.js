// Copies the page's address, or any text, at a click.
//
// - a click inside .st-key-copy_link copies the address as it is now;
// - a click inside an element with data-copy copies that attribute's text.
// On an intranet the address is http://10.x, not a secure context, and the clipboard interface
// is missing there; a hidden text area and the old copy command do the same.
(() => {
  "use strict";

  const shell = window.xianzhong;
  const WORDS = {
    "zh-CN": { link: "链接已复制", text: "已复制", failed: "未能复制，请按 Ctrl+C 复制选中的文字" },
    en: { link: "Link copied", text: "Copied", failed: "Not copied. Press Ctrl+C to copy the selected text" },
  };
  const SHOWN_MILLISECONDS = 2500;
  let hiding = 0;

  function toast(words) {
    let element = document.getElementById("xz-toast");
    if (element === null) {
      element = document.createElement("div");
      element.id = "xz-toast";
      element.setAttribute("role", "status");
      document.body.append(element);
    }
    element.textContent = words;
    element.classList.add("xz-shown");
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => element.classList.remove("xz-shown"), SHOWN_MILLISECONDS);
  }

  function copyByCommand(text) {
    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.className = "xz-copy-source";
    area.setAttribute("aria-hidden", "true");
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return done;
  }

  async function copy(text) {
    if (window.isSecureContext && navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Refused by the browser or by a policy: the old way may still be allowed.
      }
    }
    return copyByCommand(text);
  }

  document.addEventListener(
    "click",
    async (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (target === null) return;
      const holder = target.closest("[data-copy]");
      const isLink = target.closest(".st-key-copy_link button, .st-key-copy_link a") !== null;
      if (holder === null && !isLink) return;
      const done = await copy(holder === null ? window.location.href : holder.dataset.copy);
      const words = WORDS[shell.language()];
      if (!done) toast(words.failed);
      else toast(holder === null ? words.link : words.text);
    },
    true,
  );

  shell.toast = toast;
})();
