// Light or dark, and the narrow menu, before the first paint; <button data-theme-toggle> changes between them.
"use strict";
(() => {
  const root = document.documentElement;
  const saved = localStorage.getItem("theme");
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.bsTheme = saved || system;
  if (localStorage.getItem("menu") === "narrow") root.dataset.menu = "narrow";

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.bsTheme);
  });
})();
