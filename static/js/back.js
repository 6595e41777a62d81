// <a href="…" data-back>: back to the page before, where the browser has kept what was typed; its address serves without history.
"use strict";
document.addEventListener("click", (event) => {
  if (!event.target.closest("a[data-back]") || history.length < 2) return;
  event.preventDefault();
  history.back();
});
