// Nothing typed is lost: <form data-draft> is kept in this window until the server says (cookie draft_done) that it was taken.
// In sessionStorage, not localStorage: what petitioners say must not stay on a desk after the window is closed.
"use strict";
(() => {
  const owner = `draft:${document.body.dataset.user || ""}:`;
  const SKIPPED = ["password", "file", "hidden", "submit", "button"];
  const pathOf = (form) => decodeURIComponent(new URL(form.getAttribute("action") || location.href, location.href).pathname);
  const keyOf = (form) => `${owner}${pathOf(form)}:${form.dataset.draft}`;
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.includes(field.type));
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const chosen = (field) => [...field.selectedOptions].map((option) => option.value);

  function keep(form) {
    const values = fieldsOf(form).map((field) => [
      field.name,
      isTick(field) ? [field.value, field.checked] : field.multiple ? chosen(field) : field.value,
    ]);
    sessionStorage.setItem(keyOf(form), JSON.stringify(values));
  }

  function put(field, value) {
    if (isTick(field)) {
      if (value[0] === field.value) field.checked = value[1];
    } else if (field.multiple) {
      for (const option of field.options) option.selected = value.includes(option.value);
    } else {
      field.value = value;
    }
  }

  function offerClearing(form) {
    const note = Object.assign(document.createElement("div"), { className: "draft-note", textContent: "已恢复上次没有提交的内容。" });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "清除" });
    button.addEventListener("click", () => {
      sessionStorage.removeItem(keyOf(form));
      form.reset();
      note.remove();
    });
    note.append(button);
    form.querySelector(":scope > .draft-note")?.remove();
    form.prepend(note);
  }

  function restore(form) {
    const kept = sessionStorage.getItem(keyOf(form));
    // A form that came back with its errors already shows what was typed.
    if (!kept || form.hasAttribute("data-draft-bound")) return;
    const values = JSON.parse(kept);
    const before = JSON.stringify(fieldsOf(form).map((field) => [field.value, field.checked]));
    form.dispatchEvent(new CustomEvent("draft:rows", { bubbles: true, detail: values.map(([name]) => name) }));
    const fields = fieldsOf(form);
    values.forEach(([name, value], place) => fields[place]?.name === name && put(fields[place], value));
    if (JSON.stringify(fields.map((field) => [field.value, field.checked])) !== before) offerClearing(form);
  }

  function forget(prefix) {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }

  const taken = document.cookie.split("; ").find((cookie) => cookie.startsWith("draft_done="));
  if (taken) {
    forget(`${owner}${decodeURIComponent(taken.slice(11))}:`);
    document.cookie = "draft_done=; path=/; max-age=0";
  }
  const restoreIn = (place) => place.querySelectorAll("form[data-draft]").forEach(restore);
  restoreIn(document);
  // htmx speaks to each new element itself, which may be the form.
  document.addEventListener("htmx:load", (event) => event.target !== document.body && restoreIn(event.target.parentElement));
  document.addEventListener("input", (event) => event.target.form?.matches("[data-draft]") && keep(event.target.form));
  document.addEventListener("change", (event) => {
    const form = event.target.form || event.target;
    if (form.matches?.("form[data-draft]")) keep(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form && event.detail.successful && event.detail.requestConfig.verb === "post") sessionStorage.removeItem(keyOf(form));
  });
  document.addEventListener("submit", (event) => event.target.matches("[data-sign-out]") && forget(owner));
})();
