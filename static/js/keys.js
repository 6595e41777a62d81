// Keys of every page: / search, ? the keys, Ctrl+Enter sends the form at hand, Esc closes; <details data-pop> closes too.
"use strict";
(() => {
  // With a Chinese input method on, the same keys give the Chinese signs.
  const SEARCH = ["/", "、"];
  const HELP = ["?", "？"];
  const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  function closePops(except) {
    for (const pop of document.querySelectorAll("details[data-pop][open]")) {
      if (!pop.contains(except)) pop.open = false;
    }
  }

  function send(target) {
    const form = target.closest("form") || document.querySelector(".offcanvas.show form, form[data-main]");
    if (!form || form.method === "dialog") return;
    form.requestSubmit(form.querySelector("[data-primary]") || undefined);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return send(event.target);
    }
    if (event.key === "Escape") {
      closePops(null);
      if (event.target.matches("[data-search]")) event.target.blur();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector("[data-search]");
    if (SEARCH.includes(event.key) && search) {
      event.preventDefault();
      search.select();
    } else if (HELP.includes(event.key)) {
      document.getElementById("keys")?.showModal();
    }
  });
  document.addEventListener("click", (event) => {
    closePops(event.target);
    if (event.target.closest("[data-keys-help]")) document.getElementById("keys").showModal();
  });
})();
