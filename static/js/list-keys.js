// A worklist by keyboard: <table data-list> with <tr data-row>; j k move, Enter opens <a data-open>, x ticks the checkbox.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-list] [data-row]")];
  const current = () => document.querySelector("[data-list] [data-row].is-current");

  function go(row) {
    if (!row) return;
    current()?.classList.remove("is-current");
    row.classList.add("is-current");
    row.tabIndex = -1;
    row.focus();
  }

  function step(by) {
    const all = rows();
    const place = all.indexOf(current());
    go(place < 0 ? all[0] : all[place + by]);
  }

  const MOVES = {
    j: () => step(1),
    k: () => step(-1),
    Enter: () => current()?.querySelector("a[data-open]")?.click(),
    x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.querySelector(".offcanvas.show, dialog[open]")) return;
    // On a link or a button Enter already means something.
    const elsewhere = event.key === "Enter" ? "a, button, input, textarea, select, summary" : "input:not([type=checkbox]), textarea, select";
    if (event.target.closest(elsewhere) || !MOVES[event.key] || rows().length === 0) return;
    event.preventDefault();
    MOVES[event.key]();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-list] [data-row]");
    if (row && row !== current()) {
      current()?.classList.remove("is-current");
      row.classList.add("is-current");
    }
  });
})();
