// The menu at the side: <button data-menu-toggle> narrows it on a wide screen, opens it over the page on a phone.
"use strict";
(() => {
  const root = document.documentElement;
  const phone = matchMedia("(max-width: 991.98px)");
  const menu = document.getElementById("menu");

  function open(isOpen) {
    root.toggleAttribute("data-menu-open", isOpen);
    if (isOpen) menu.querySelector("a")?.focus();
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-menu-toggle]")) return;
    if (phone.matches) return open(!root.hasAttribute("data-menu-open"));
    root.dataset.menu = root.dataset.menu === "narrow" ? "wide" : "narrow";
    localStorage.setItem("menu", root.dataset.menu);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.hasAttribute("data-menu-open")) open(false);
  });
})();
