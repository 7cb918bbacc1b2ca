// Keys, a presenter's remote and a finger move the slides of a meeting.
//
// Each presses one of the buttons that the slide has for screen readers, so the page and its
// address know all that happens. A press that comes while a slide is still being made waits.
(() => {
  "use strict";

  const KEYS = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", n: "next",
    ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", p: "previous",
    Home: "first", End: "last", Escape: "leave", r: "remote",
  };
  const MOVES = ["next", "previous", "first", "last"];
  const MOST_AGAIN = 8;
  const UNANSWERED_MILLISECONDS = 2000;
  const MOST_WAITING = 8;
  const LOOK_MILLISECONDS = 20;
  const LONGEST_MILLISECONDS = 600;
  const AGAIN_MILLISECONDS = 1500;
  const MOST_TOLD = 5;
  const SHORTEST_SWIPE = 60;
  const root = document.documentElement;
  const waiting = [];
  let timer = 0;
  let begun = true;
  let pressed = 0;
  // The last move that no run has answered yet: a line that was cut unnoticed loses it.
  let unanswered = null;
  let touched = null;

  const button = (name) => document.querySelector(`.st-key-slide_${name} button`);
  const presenting = () => button("next") !== null;

  function idle() {
    const app = document.querySelector('[data-testid="stApp"]');
    // What is pressed while the line is cut waits until it is mended.
    return app !== null && app.getAttribute("data-test-script-state") === "notRunning"
      && app.getAttribute("data-test-connection-state") === "CONNECTED";
  }

  // Streamlit makes one of two presses that come before it has begun to work on the first.
  function done() {
    if (!idle()) begun = true;
    return idle() && (begun || performance.now() - pressed > LONGEST_MILLISECONDS);
  }

  const running = () =>
    document.querySelector('[data-testid="stApp"][data-test-script-state="running"]') !== null;

  function again() {
    if (unanswered === null) return;
    // A run may have begun and ended unseen: then the address has moved on.
    const moved = location.search !== unanswered.from;
    if (moved || running() || !presenting() || unanswered.times >= MOST_AGAIN) {
      unanswered = null;
    } else if (idle() && performance.now() - pressed > UNANSWERED_MILLISECONDS) {
      unanswered.times += 1;
      pressed = performance.now();
      button(unanswered.name)?.click();
    }
  }

  function look() {
    timer = 0;
    if (!presenting()) waiting.length = 0;
    again();
    if (waiting.length === 0 && begun && unanswered === null) return;
    if (done()) {
      begun = true;
      const name = waiting.shift();
      const found = name === undefined ? null : button(name);
      if (found !== null) {
        unanswered = MOVES.includes(name) ? { name, times: 0, from: location.search } : null;
        begun = false;
        pressed = performance.now();
        found.click();
      }
    }
    timer = window.setTimeout(look, LOOK_MILLISECONDS);
  }

  function press(name) {
    if (waiting.length < MOST_WAITING) waiting.push(name);
    if (timer === 0) look();
  }

  function wholeScreen() {
    const done = document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
    done.catch(() => {});
  }

  function ours(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
    if (!presenting()) return false;
    const target = event.target instanceof Element ? event.target : null;
    if (target === null) return true;
    if (target.closest("input, textarea, select, [contenteditable=true], [role=dialog]")) return false;
    // A button that has the focus is pressed by the space bar, as anywhere.
    return !(event.key === " " && target.closest("button, a, summary"));
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (!ours(event)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const onSlide = document.querySelector(".st-key-slide") !== null;
      if (root.classList.contains("xz-blank")) {
        // Whatever is pressed brings the slide back, and does no more.
        root.classList.remove("xz-blank");
      } else if (key === "b" || key === ".") {
        if (!onSlide) return;
        root.classList.add("xz-blank");
      } else if (key === "f") {
        wholeScreen();
      } else if (KEYS[key] !== undefined) {
        press(KEYS[key]);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  document.addEventListener(
    "touchstart",
    (event) => {
      const one = event.touches.length === 1 && presenting();
      touched = one ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
    },
    { capture: true, passive: true },
  );

  document.addEventListener(
    "touchend",
    (event) => {
      if (touched === null || event.changedTouches.length !== 1) return;
      const aside = event.changedTouches[0].clientX - touched.x;
      const along = event.changedTouches[0].clientY - touched.y;
      touched = null;
      if (Math.abs(aside) < SHORTEST_SWIPE || Math.abs(aside) < 2 * Math.abs(along)) return;
      press(aside < 0 ? "next" : "previous");
    },
    { capture: true, passive: true },
  );

  // The letters of charts are made by the server: it is told how large the screen is.
  function measure() {
    if (document.querySelector(".st-key-slide") === null) return;
    const scale = Number(getComputedStyle(root).getPropertyValue("--xz-scale"));
    const percent = Math.round(100 * scale);
    if (document.querySelector(`.st-key-slide_size_is_${percent}`) !== null) {
      told = 0;
      return;
    }
    if (told >= MOST_TOLD) return;
    told += 1;
    press(`size_${percent}`);
    // A press that a page in the making swallowed is made again.
    window.clearTimeout(measuring);
    measuring = window.setTimeout(measure, AGAIN_MILLISECONDS);
  }

  let measuring = 0;
  let told = 0;
  function measureSoon() {
    window.clearTimeout(measuring);
    measuring = window.setTimeout(measure, 100);
  }

  new MutationObserver((records) => {
    const sized = '[class*="st-key-slide_size_"]';
    const opened = (node) => node instanceof Element
      && (node.matches(sized) || node.querySelector(sized) !== null);
    if (records.some((record) => [...record.addedNodes].some(opened))) measureSoon();
  }).observe(document, { childList: true, subtree: true });
  window.addEventListener("resize", measureSoon);

  // A black screen belongs to the slide: elsewhere nobody would know how to end it.
  window.addEventListener("popstate", () => root.classList.remove("xz-blank"));
})();
