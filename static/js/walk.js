// Enter goes on to the next field of <form data-walk>; only Ctrl+Enter or a button sends it. In a text of several lines Enter is Enter.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const form = event.target.closest("form[data-walk]");
  if (!form || !event.target.matches("input, select")) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll("input, select, textarea, summary")].filter((field) => field.type !== "hidden" && !field.disabled && field.offsetParent !== null);
  fields[fields.indexOf(event.target) + 1]?.focus();
});
