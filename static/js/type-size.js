// Large type: <button data-type-toggle>; the choice stays on this device.
"use strict";
(() => {
  const root = document.documentElement;
  const show = () => {
    const isLarge = localStorage.getItem("type") === "large";
    root.dataset.type = isLarge ? "large" : "normal";
    for (const button of document.querySelectorAll("[data-type-toggle]")) button.setAttribute("aria-pressed", isLarge);
  };

  show();
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-type-toggle]")) return;
    localStorage.setItem("type", root.dataset.type === "large" ? "normal" : "large");
    show();
  });
})();
