// <button data-print> prints the page; <body data-print-now> prints it when it has come.
"use strict";
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
if (document.body.hasAttribute("data-print-now")) addEventListener("load", () => window.print());
