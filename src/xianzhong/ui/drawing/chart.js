// Draws a chart with Plotly, in place: another view changes the figure, never the element.
//
// Streamlit calls the function below with every run. Only a message that differs from the last is
// read, and it is drawn at once only within about a screen of sight: what lies further off is
// marked with `xz-waiting`, keeps its height and is drawn when it comes near or is printed.

const DIGEST_LETTERS = 32;
const NEW_LINE = 10;
const NARROWEST = 150;
const EXTRA = "<extra></extra>";
const NEAR = "100% 0px";
const charts = new Map();
const words = new TextDecoder();

// --- Plotly, once for the whole page ------------------------------------------------------------

let loading = null;

function plotly() {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  loading ??= new Promise((done, failed) => {
    // The page names the file, which changes with its content.
    const link = document.querySelector('link[data-xz="plotly"]');
    const script = document.createElement("script");
    script.src = link === null ? "" : link.href;
    script.onload = () => done(window.Plotly);
    script.onerror = () => {
      loading = null;
      script.remove();
      failed(new Error("Plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

// --- what is drawn next: one chart for each turn of the browser, what is in sight first -------------

const queue = new Set();
let turning = false;

function enqueue(chart) {
  queue.add(chart);
  if (turning) return;
  turning = true;
  plotly().then(turn, (error) => {
    turning = false;
    queue.clear();
    console.error(error);
  });
}

function turn() {
  const [next] = [...queue].sort((one, other) => one.distance() - other.distance());
  if (next === undefined) {
    turning = false;
    return;
  }
  queue.delete(next);
  next.draw();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = turn;
  port2.postMessage(null);
}

// --- one chart ----------------------------------------------------------------------------------

const sight = new IntersectionObserver(
  (entries) => entries.forEach((entry) => charts.get(entry.target)?.seen(entry.isIntersecting)),
  // The pages scroll in an element of their own, whose margin is the second.
  { rootMargin: NEAR, scrollMargin: NEAR },
);
const size = new ResizeObserver((entries) =>
  entries.forEach((entry) => charts.get(entry.target)?.resized()));

class Chart {
  constructor() {
    this.box = document.createElement("div");
    this.box.className = "stPlotlyChart";
    this.box.dataset.testid = "stPlotlyChart";
    this.box.setAttribute("role", "figure");
    // What is drawn never makes its box larger, or the two would drive each other on.
    Object.assign(this.box.style, { position: "relative", overflow: "hidden" });
    this.plot = document.createElement("div");
    Object.assign(this.plot.style, { position: "absolute", inset: "0" });
    this.box.append(this.plot);
    this.root = element("div", "xz-figure");
    this.title = element("p", "xz-title");
    this.notes = element("div", "xz-notes");
    // Links about the chart, beside which its table is opened.
    this.under = element("div", "xz-under");
    this.root.append(this.title, this.box, this.notes, this.under);
    // For who needs the chart now, wherever it stands: a picture of it.
    this.box.xzDraw = () => plotly().then(() => this.draw());
    this.digest = "";
    this.near = null;
    this.stale = true;
    this.handled = false;
    charts.set(this.box, this);
    sight.observe(this.box);
    size.observe(this.box);
  }

  update(message, trigger) {
    this.trigger = trigger;
    const digest = words.decode(message.subarray(0, DIGEST_LETTERS));
    if (digest === this.digest) return;
    this.digest = digest;
    const line = message.indexOf(NEW_LINE);
    this.about = JSON.parse(words.decode(message.subarray(DIGEST_LETTERS, line)));
    // A copy: the message is a piece of a larger one, which need not stay.
    this.text = message.slice(line + 1);
    this.read = null;
    this.box.setAttribute("aria-label", this.about.alt);
    this.box.style.height = this.about.height === null ? "100%" : `${this.about.height}px`;
    this.say();
    this.want();
  }

  // What stands around the chart: its title, what must be read with it, where it comes from.
  say() {
    const { title, notes, origin } = this.about;
    this.root.classList.toggle("xz-fills", this.about.height === null);
    const strong = element("strong", "", title);
    this.title.replaceChildren(...(title ? [strong] : []));
    this.notes.replaceChildren(...notes.map((note) => element("p", "xz-note", note)));
    let link = this.under.querySelector("a");
    if (!origin) {
      link?.remove();
      return;
    }
    if (link === null) {
      link = element("a", "xz-note");
      this.under.prepend(link);
    }
    [link.href, link.textContent] = origin;
  }

  // Read when it is drawn, which may be never.
  figure() {
    if (this.read === null) {
      this.read = JSON.parse(words.decode(this.text));
      this.text = null;
      if (this.about.clicks) say(this.read.data, this.about.tip);
    }
    return this.read;
  }

  want() {
    this.stale = true;
    // Where it stands is told soon after it has come.
    if (this.near === true) enqueue(this);
    else if (this.near === false) this.box.classList.add("xz-waiting");
  }

  seen(near) {
    this.near = near;
    this.box.classList.toggle("xz-waiting", this.stale && !near);
    if (near && this.stale) enqueue(this);
    if (!near) queue.delete(this);
  }

  resized() {
    const { width, height } = this.room();
    if (width > 0 && (width !== this.width || height !== this.height)) this.want();
  }

  room() {
    return {
      width: Math.max(this.box.clientWidth, NARROWEST) * (this.box.clientWidth > 0),
      height: this.box.clientHeight,
    };
  }

  distance() {
    const { top, bottom } = this.box.getBoundingClientRect();
    return Math.max(0, top - window.innerHeight, -bottom);
  }

  draw() {
    const { width, height } = this.room();
    if (!this.stale || width === 0 || height === 0 || this.digest === "") return;
    const { about } = this;
    const figure = this.figure();
    const layout = { ...figure.layout, width, height, autosize: false };
    if (about.clicks) {
      layout.clickmode ??= "event";
      layout.hovermode ??= "closest";
    }
    this.stale = false;
    [this.width, this.height] = [width, height];
    this.box.classList.remove("xz-waiting");
    if (this.handled) window.Plotly.Fx.unhover(this.plot);
    const config = { ...about.config, responsive: false };
    Promise.resolve(window.Plotly.react(this.plot, figure.data, layout, config)).catch(complain);
    if (!this.handled) {
      this.handled = true;
      this.plot.on("plotly_click", (event) => this.clicked(event));
    }
  }

  clicked(event) {
    if (!this.about.clicks) return;
    let code = event.points[0]?.customdata;
    while (Array.isArray(code)) [code] = code;
    if (code !== undefined && code !== null && code !== "") this.trigger("click", String(code));
  }

  remove() {
    charts.delete(this.box);
    queue.delete(this);
    sight.unobserve(this.box);
    size.unobserve(this.box);
    if (this.handled) window.Plotly.purge(this.plot);
    this.root.remove();
  }
}

function element(name, style, text = "") {
  const made = document.createElement(name);
  made.className = style;
  made.textContent = text;
  return made;
}

// A map's points lead to a school's page, and its areas have words of their own.
function say(traces, tip) {
  for (const trace of traces) {
    const template = trace.hovertemplate;
    if (trace.hoverinfo === "skip" || typeof template !== "string") continue;
    if (template.endsWith(EXTRA)) {
      trace.hovertemplate = `${template.slice(0, -EXTRA.length)}<br><i>${tip}</i>${EXTRA}`;
    }
  }
}

function complain(error) {
  console.error(error);
}

// --- on paper everything is in sight ----------------------------------------------------------------

function drawAll() {
  // Drawn within the event: the browser waits for no promise.
  if (window.Plotly) charts.forEach((chart) => chart.draw());
}

window.addEventListener("beforeprint", drawAll);

// --- what Streamlit calls -----------------------------------------------------------------------

const places = new WeakMap();

export default function chart({ data, parentElement, setTriggerValue }) {
  let here = places.get(parentElement);
  if (here === undefined) {
    here = new Chart();
    places.set(parentElement, here);
    parentElement.append(here.root);
  }
  here.update(data, setTriggerValue);
  return () => {
    // Called, too, for a run that was overtaken by the next while its element stays.
    if (parentElement.isConnected) return;
    here.remove();
    places.delete(parentElement);
  };
}
