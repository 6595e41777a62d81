// What the server refuses stands at the field, or above the form, or on top of the page; the form itself stays as it is.
"use strict";
(() => {
  const LOST = "网络不通，未能提交。填写的内容还在，请稍后再试。";
  const FAILED = "未能办理，请刷新页面后再试。";

  function placeFor(form, field) {
    const wanted = field && form?.querySelector(`[data-field="${CSS.escape(field)}"]`);
    if (wanted) {
      const place = wanted.querySelector(":scope > .field-refusal") || document.createElement("div");
      place.className = "field-refusal";
      wanted.append(place);
      return place;
    }
    return form?.querySelector("[data-refusals]") || document.getElementById("notice");
  }

  function say(sentence) {
    const line = Object.assign(document.createElement("div"), { className: "refusal", textContent: sentence });
    document.getElementById("notice").replaceChildren(line);
    line.scrollIntoView({ block: "nearest" });
  }

  // What a page asks by itself says nothing when it fails, and clears nothing that was said.
  const isBackground = (event) => Boolean(event.target.closest?.("[data-background]"));

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isBackground(event)) return;
    const form = event.target.closest("form");
    for (const old of form?.querySelectorAll(".field-refusal, [data-refusals]") || []) old.replaceChildren();
    document.getElementById("notice").replaceChildren();
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const detail = event.detail;
    if (isBackground(event)) return;
    if (detail.xhr.status < 400 || detail.xhr.status === 422) return;
    const answer = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
    const refusal = answer.querySelector("[data-refusal]");
    if (!refusal) return say(answer.querySelector("[data-sentence]")?.textContent || FAILED);
    const form = event.detail.requestConfig.elt.closest("form");
    detail.target = placeFor(form, refusal.dataset.refusal);
    detail.swapOverride = "innerHTML";
    detail.selectOverride = null;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const refusal = event.detail.target.querySelector(":scope > [data-refusal]");
    if (!refusal) return;
    refusal.scrollIntoView({ block: "nearest" });
    refusal.closest("[data-field]")?.querySelector("input, select, textarea")?.focus();
  });
  document.addEventListener("htmx:sendError", (event) => isBackground(event) || say(LOST));
  document.addEventListener("htmx:timeout", (event) => isBackground(event) || say(LOST));
})();
