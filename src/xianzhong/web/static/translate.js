// Puts Chinese words in place of Streamlit's English ones, and the English ones back.
//
// Work is done on what was added or changed, never on the whole page, save once at a change of
// language. Every node keeps its English, so that nothing is lost and nothing is done twice.
(() => {
  "use strict";

  const shell = window.xianzhong;
  const { places, attributes } = shell.words;
  const NEVER = "td, th, pre, code, svg, .stHtml, "
    + "[data-testid='stWidgetLabel'], [data-testid='stMetric']";
  const SELECTOR = attributes.names.map((name) => `[${name}]`).join(",");

  const byText = new Map();
  const patterned = places.filter((place) => place.patterns);
  for (const place of places) {
    for (const [english, chinese] of Object.entries(place.words || {})) {
      const known = byText.get(english) || [];
      byText.set(english, [...known, { where: place.where, chinese }]);
    }
  }
  const byAttribute = new Map(Object.entries(attributes.words));

  // node -> { english, shown }, and for elements attribute name -> the same.
  const texts = new WeakMap();
  const elements = new WeakMap();

  const counts = { records: 0, texts: 0, replaced: 0, milliseconds: 0 };

  function inPlace(element, where) {
    return element !== null && element.closest(where) !== null && element.closest(NEVER) === null;
  }

  function textInChinese(english, element) {
    const entries = byText.get(english);
    if (entries) {
      const entry = entries.find((candidate) => inPlace(element, candidate.where));
      return entry ? entry.chinese : null;
    }
    if (english.length > 160 || !/[A-Za-z]{2}/.test(english)) return null;
    for (const place of patterned) {
      for (const [pattern, chinese] of place.patterns) {
        if (pattern.test(english) && inPlace(element, place.where)) {
          return english.replace(pattern, chinese);
        }
      }
    }
    return null;
  }

  function attributeInChinese(english) {
    const whole = byAttribute.get(english);
    if (whole !== undefined) return whole;
    let result = english;
    if (!/[A-Za-z]{2}/.test(english)) return null;
    for (const [pattern, chinese] of attributes.patterns) result = result.replace(pattern, chinese);
    return result === english ? null : result;
  }

  function translateText(node) {
    const value = node.nodeValue;
    const kept = texts.get(node);
    if (kept && kept.shown === value) return;
    counts.texts += 1;
    const english = value.trim();
    if (english === "") return;
    const chinese = textInChinese(english, node.parentElement);
    if (chinese === null) return;
    const shown = value.replace(english, () => chinese);
    texts.set(node, { english: value, shown });
    node.nodeValue = shown;
    counts.replaced += 1;
  }

  function translateAttribute(element, name) {
    const value = element.getAttribute(name);
    if (!value) return;
    const kept = elements.get(element) || {};
    if (kept[name] && kept[name].shown === value) return;
    const chinese = attributeInChinese(value);
    if (chinese === null) return;
    elements.set(element, { ...kept, [name]: { english: value, shown: chinese } });
    element.setAttribute(name, chinese);
    counts.replaced += 1;
  }

  function everyText(root, visit) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) visit(walker.currentNode);
  }

  function everyAttribute(root, visit) {
    const found = [...root.querySelectorAll(SELECTOR)];
    if (root.matches(SELECTOR)) found.push(root);
    for (const element of found) {
      for (const name of attributes.names) if (element.hasAttribute(name)) visit(element, name);
    }
  }

  function translate(node) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    everyText(node, translateText);
    everyAttribute(node, translateAttribute);
  }

  function restore(root) {
    everyText(root, (node) => {
      const kept = texts.get(node);
      if (kept && kept.shown === node.nodeValue) node.nodeValue = kept.english;
      texts.delete(node);
    });
    everyAttribute(root, (element, name) => {
      const kept = (elements.get(element) || {})[name];
      if (kept && kept.shown === element.getAttribute(name)) element.setAttribute(name, kept.english);
    });
  }

  function onMutations(records) {
    if (shell.language() !== "zh-CN") return;
    const begun = performance.now();
    for (const record of records) {
      if (record.type === "childList") record.addedNodes.forEach(translate);
      else if (record.type === "attributes") translateAttribute(record.target, record.attributeName);
      else translateText(record.target);
    }
    counts.records += records.length;
    counts.milliseconds += performance.now() - begun;
  }

  const observer = new MutationObserver(onMutations);
  observer.observe(document, {
    attributeFilter: attributes.names,
    characterData: true,
    childList: true,
    subtree: true,
  });

  shell.onLanguage((language) => {
    const root = document.body;
    if (language === "zh-CN") translate(root);
    else {
      restore(root);
      observer.takeRecords();
    }
  });
  shell.translation = { counts };
})();
