// Browsing by level in a box of pick.js: → or a click on › goes into the marked unit, ← back to the one above.
"use strict";
(() => {
  const enter = (list, way) => list.dispatchEvent(new CustomEvent("pick:level", { detail: way.dataset.into }));

  document.addEventListener("keydown", (event) => {
    const list = event.target.closest("[data-pick]")?.querySelector("ul:not([hidden])");
    const marked = { ArrowRight: '[aria-selected="true"][data-into]', ArrowLeft: ".pick-up" }[event.key];
    const way = list && marked && list.querySelector(marked);
    // While something is typed the arrows move in it.
    if (!way || (event.target.value && event.target.selectionStart !== event.target.value.length)) return;
    event.preventDefault();
    enter(list, way);
  });
  document.addEventListener("mousedown", (event) => {
    const into = event.target.closest(".pick-into");
    if (!into) return;
    event.preventDefault();
    event.stopPropagation();
    enter(into.closest("ul"), into.closest("[data-into]"));
  }, true);
})();
