// A move opens a side sheet: <a href="…" data-sheet>; without JavaScript the same address is a page.
// The fragment may name the sheet by <… data-sheet-title>; <button data-sheet-close> closes it.
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  const body = document.getElementById("sheet-body");
  const title = document.getElementById("sheet-title");
  if (!sheet) return;
  const panel = () => window.tabler.Offcanvas.getOrCreateInstance(sheet);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-sheet-close]")) panel().hide();
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    body.replaceChildren();
    title.textContent = link.dataset.sheet || link.textContent.trim();
    window.htmx.ajax("GET", link.href, { source: link, target: body, swap: "innerHTML" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== body) return;
    const named = body.querySelector("[data-sheet-title]");
    if (named) title.textContent = named.textContent;
    panel().show();
    if (sheet.classList.contains("show")) focusFirst();
  });

  function focusFirst() {
    body.querySelector("[autofocus], input:not([type=hidden]), select, textarea, button")?.focus();
  }
  sheet.addEventListener("shown.bs.offcanvas", focusFirst);
})();
