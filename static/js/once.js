// A double click sends once: a form is held from its sending until its answer; after 300 ms its button shows that it waits.
// What a form asks beside (the preview of its consequences) is given up when it is sent: the answer would be of a step that
// has been taken meanwhile, and must not free the form.
"use strict";
(() => {
  const WAIT = 300;
  // So long without an answer, and it may be sent again: what carries its token or its version is done once.
  const AGAIN = 15000;
  const ONCE = "还没有收到应答。可以继续等候，也可以再次提交：同一内容只办理一次。";
  const CHECK = "还没有收到应答。请先在另一窗口核对是否已经办理，没有办理的再次提交。";

  function unanswered(form) {
    free(form);
    const isSafe = form.querySelector("[name=once], [name=version]") !== null;
    const line = Object.assign(document.createElement("div"), { className: "refusal", textContent: isSafe ? ONCE : CHECK });
    line.setAttribute("role", "alert");
    form.querySelector(":scope > .refusal[role=alert]")?.remove();
    form.append(line);
  }

  function hold(form, button) {
    form.dataset.sent = "yes";
    for (const asking of form.querySelectorAll("[hx-get], [hx-post]")) window.htmx?.trigger(asking, "htmx:abort");
    const timer = setTimeout(() => button?.classList.add("is-waiting"), WAIT);
    const waiting = setTimeout(() => unanswered(form), AGAIN);
    form.addEventListener("once:free", () => [timer, waiting].forEach(clearTimeout), { once: true });
  }

  function free(form) {
    delete form.dataset.sent;
    form.dispatchEvent(new CustomEvent("once:free"));
    for (const button of form.querySelectorAll(".is-waiting")) button.classList.remove("is-waiting");
  }

  // In the capture phase, before htmx hears of it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.target === "_blank") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      hold(form, event.submitter);
    }
  }, true);
  // Somebody else's handler has stopped the sending (a confirmation refused, a field to mend): the form is free again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isHtmx = form.closest("[hx-post], [data-hx-post]") !== null;
    if (event.defaultPrevented && !isHtmx && form.dataset.sent && form.method !== "dialog") free(form);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.target.matches("form") && event.target.closest("form[data-sent]")) event.preventDefault();
  });
  for (const name of ["htmx:afterRequest", "htmx:validation:halted"]) {
    document.addEventListener(name, (event) => event.target.matches("form") && free(event.target));
  }
  // Back to a page that the browser had kept.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
})();
