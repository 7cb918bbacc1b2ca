// Mends what the accessibility checker finds wrong in Streamlit's own markup.
//
// Each rule names the elements and says what is amiss; a rule that finds nothing does nothing,
// so it can go once Streamlit has mended the fault itself.
(() => {
  "use strict";

  const rules = [
    // A navigation with sections puts headings and wrappers straight into a list: no valid list.
    {
      where: 'ul[data-testid="stSidebarNavItems"]:has(> :not(li)), ul[data-testid="stSidebarNavItems"] > :not(li) > li',
      mend: (element) => element.setAttribute("role", "none"),
    },
    // Said to be presentational, yet named and focusable.
    {
      where: 'section[data-testid="stFileUploaderDropzone"][role="presentation"]',
      mend: (element) => element.setAttribute("role", "group"),
    },
    // The column of row numbers has a header without a name; this one Streamlit's menus use.
    {
      where: 'th[role="columnheader"][aria-colindex="1"]:empty',
      mend: (element) => element.setAttribute("aria-label", "(index)"),
    },
  ];

  function mend(root) {
    for (const rule of rules) {
      if (root.matches(rule.where)) rule.mend(root);
      root.querySelectorAll(rule.where).forEach(rule.mend);
    }
  }

  new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.addedNodes) if (node instanceof Element) mend(node);
    }
  }).observe(document, { childList: true, subtree: true });
})();
