// Enter goes on to the next open field of <form data-walk>: what is filled, ticked or rarely asked is passed over, Tab stops at
// each. After the last one it comes to the button that sends; Ctrl+Enter sends at once. In a text of several lines Enter is Enter.
"use strict";
(() => {
  const PASSED = ["checkbox", "radio", "file", "hidden"];
  const isOpen = (field) => !PASSED.includes(field.type) && !field.value;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const form = event.target.closest("form[data-walk]");
    if (!form || !event.target.matches("input, select")) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll("input, select, textarea")].filter((field) => !field.disabled && field.tabIndex >= 0 && field.offsetParent !== null);
    const after = fields.slice(fields.indexOf(event.target) + 1);
    (after.find(isOpen) || document.querySelector(`[data-primary][form="${form.id}"]`) || after[0])?.focus();
  });
})();
