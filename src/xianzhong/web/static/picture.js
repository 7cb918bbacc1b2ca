// Saves one chart as a picture (PNG), made by the browser from what it has drawn.
//
// Below every chart, beside "Show as table", a button is put. The picture has the chart in print
// quality, its title, the filter sentence, as of when the data are, and the address: what a
// picture in somebody's report is asked for. Nothing is sent anywhere.
(() => {
  "use strict";

  const shell = window.xianzhong;
  const WORDS = {
    "zh-CN": { save: "存为图片", failed: "图片未能生成，请改用截图" },
    en: { save: "Save as picture", failed: "The picture could not be made; take a screenshot" },
  };
  const SCALE = 3;
  const EDGE = 24;
  const NARROWEST = 640;
  const FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif';
  // There before Plotly has drawn into it.
  const CHART = '[data-testid="stPlotlyChart"]';

  function words() {
    return WORDS[shell.language()];
  }

  function chartOf(under) {
    return under.closest(".xz-figure").querySelector(CHART);
  }

  function text(element) {
    return element === null ? "" : element.innerText.replace(/\s+/g, " ").trim();
  }

  function sentence() {
    const parts = [];
    document.querySelectorAll(".st-key-sentence > *").forEach((part) => {
      if (part.className.includes("st-key-clear_all")) return;
      const words = part.querySelector('[data-testid="stMarkdownContainer"] p');
      if (words !== null) parts.push(text(words));
    });
    return parts.join(" · ");
  }

  function demo() {
    return text(document.querySelector(".st-key-demo p"));
  }

  function notes(under) {
    return [...under.closest(".xz-figure").querySelectorAll(".xz-notes .xz-note")].map(text);
  }

  function fileName(under) {
    const said = [chartOf(under).getAttribute("aria-label"), sentence()].filter(Boolean).join(" ");
    return `${said.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 80)}.png`;
  }

  function asOf() {
    const pinned = document.querySelector(".st-key-pinned p");
    return text(pinned || document.querySelector('.st-key-actions [data-testid="stCaptionContainer"]'));
  }

  function lines(context, words, width) {
    const found = [];
    let line = "";
    for (const piece of words.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]{1,24}|\s/gu) || []) {
      if (line && context.measureText(line + piece).width > width) {
        found.push(line);
        line = piece.trim();
      } else {
        line += piece;
      }
    }
    return line ? [...found, line] : found;
  }

  function load(svg, width, height) {
    const copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const source = new XMLSerializer().serializeToString(copy);
    return new Promise((done, failed) => {
      const image = new Image();
      image.onload = () => done(image);
      image.onerror = () => failed(new Error("the chart's drawing was refused"));
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
    });
  }

  async function draw(plot, under) {
    // A chart that is not in sight may not be drawn yet.
    await plot.xzDraw?.();
    const box = plot.querySelector(".svg-container").getBoundingClientRect();
    const layers = [...plot.querySelectorAll("svg.main-svg")];
    const images = await Promise.all(layers.map((svg) => load(svg, box.width, box.height)));
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const inner = Math.max(box.width, NARROWEST);
    const blocks = [
      { words: plot.getAttribute("aria-label") || document.title, font: `600 18px ${FONT}`, step: 26, color: "#1f2933" },
      { words: sentence(), font: `14px ${FONT}`, step: 21, color: "#1f2933" },
    ];
    const below = [...notes(under), demo(), asOf(), document.title, window.location.href]
      .filter((said) => said !== "")
      .map((said) => ({ words: said, font: `12px ${FONT}`, step: 18, color: "#56636f" }));
    for (const block of [...blocks, ...below]) {
      context.font = block.font;
      block.lines = lines(context, block.words, inner);
    }
    const height = (list) => list.reduce((sum, block) => sum + block.lines.length * block.step, 0);
    const top = EDGE + height(blocks) + 12;
    canvas.width = (inner + 2 * EDGE) * SCALE;
    canvas.height = (top + box.height + 12 + height(below) + EDGE) * SCALE;
    context.scale(SCALE, SCALE);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.textBaseline = "top";
    const write = (list, from) => {
      let at = from;
      for (const block of list) {
        context.font = block.font;
        context.fillStyle = block.color;
        for (const line of block.lines) {
          context.fillText(line, EDGE, at);
          at += block.step;
        }
      }
    };
    write(blocks, EDGE);
    for (const image of images) {
      context.drawImage(image, EDGE + (inner - box.width) / 2, top, box.width, box.height);
    }
    write(below, top + box.height + 12);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  async function save(under) {
    try {
      const blob = await draw(chartOf(under), under);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = fileName(under);
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      console.error(error);
      shell.toast(words().failed);
    }
  }

  function furnish(under) {
    if (under.querySelector(":scope > .xz-picture") !== null) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "xz-picture";
    button.textContent = words().save;
    button.addEventListener("click", () => save(under));
    under.append(button);
  }

  // Charts come and go with every run. Looked through at the next frame and not later: a page that
  // has come to rest shall not stir again.
  let waiting = 0;
  new MutationObserver(() => {
    if (waiting === 0) waiting = window.requestAnimationFrame(look);
  }).observe(document, { childList: true, subtree: true });

  function look() {
    waiting = 0;
    document.querySelectorAll(".xz-figure:not(.xz-fills) > .xz-under").forEach(furnish);
    const said = words().save;
    document.querySelectorAll(".xz-picture").forEach((button) => {
      if (button.textContent !== said) button.textContent = said;
    });
  }
})();
