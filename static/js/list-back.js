// Back to a list: the row that was opened has the focus again, where it stood on the screen.
"use strict";
(() => {
  const key = () => `row:${location.pathname}${location.search}`;

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-list] [data-row]");
    if (row && event.target.closest("a")) sessionStorage.setItem(key(), JSON.stringify([row.dataset.row, row.getBoundingClientRect().top]));
  });
  addEventListener("pageshow", () => {
    const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const [number, top] = JSON.parse(sessionStorage.getItem(key()) || "[]");
    const row = isBack && number && document.querySelector(`[data-row="${CSS.escape(number)}"]`);
    if (!row) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    scrollBy(0, row.getBoundingClientRect().top - top);
  });
})();
