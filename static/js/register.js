// The window: what the ID says fills sex, birth and home; the person's earlier matters are looked up; the musts say what is missing.
"use strict";
(() => {
  const form = document.getElementById("register");
  const field = (name) => form.elements[name];
  const FILLED = { sex: "sex", born_on: "born", household_region: "home" };
  const written = {};

  // Only what is empty, or what the last ID had filled: the clerk's own words stay.
  function fill(facts) {
    for (const [name, key] of Object.entries(FILLED)) {
      if (field(name).value && field(name).value !== written[name]) continue;
      written[name] = facts[key] || "";
      field(name).value = written[name];
    }
    field("name").dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A place that the words tell, where nothing was chosen or only proposed.
  function propose(fact) {
    const place = field(fact.place);
    if (!place || (place.value && place.value !== written[fact.place])) return;
    written[fact.place] = fact.code;
    if (place.value !== fact.code) place.dispatchEvent(new CustomEvent("pick:put", { detail: fact }));
  }

  // A topic that the complaint's words name is offered; it is taken by the clerk alone.
  document.addEventListener("click", ({ target }) => {
    const offered = target.closest("[data-put]");
    if (offered) field(offered.dataset.put).dispatchEvent(new CustomEvent("pick:put", { detail: offered.dataset }));
  });

  const isOn = (name) => field(name)?.checked;
  const isEmpty = (name) => field(name) && !field(name).value.trim();
  const labelOf = (name) => form.querySelector(`[data-field="${name}"] .form-label`)?.textContent.trim();

  function missing() {
    const wanted = [...form.querySelectorAll("[required]")].map((one) => one.name).filter((name) => name && isEmpty(name));
    const words = wanted.map(labelOf);
    if (isOn("is_anonymous")) return words;
    if (isEmpty("name")) words.unshift(labelOf("name"));
    if (["phone", "landline", "address"].every(isEmpty)) words.splice(1, 0, "手机号码或详细住址");
    return words;
  }

  function tell() {
    const words = missing();
    const line = document.querySelector("[data-musts] [data-must-state]");
    line.dataset.mustState = words.length ? "open" : "ready";
    line.querySelector("[data-missing]").textContent = words.length ? `还差：${words.join("、")}` : "必填项目已齐，可以保存";
  }

  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id === "place-facts") event.target.querySelectorAll("[data-place]").forEach((fact) => propose({ ...fact.dataset }));
    if (event.target.id !== "id-facts") return;
    const said = event.target.querySelector("[data-sex]");
    if (said) fill(said.dataset);
  });
  tell();
  // A form that came back, or a draft, already names the person; htmx listens from this moment on.
  document.addEventListener("DOMContentLoaded", () => {
    if (field("id_number").value || field("phone").value) window.htmx.trigger("#person", "look");
  });
  // A page that came back goes on where something is still to be typed.
  const isBack = form.hasAttribute("data-draft-bound") && field("id_number").value;
  const open = isBack && [...form.querySelectorAll("[required]")].find((one) => !one.value && one.offsetParent);
  (form.querySelector(".is-invalid, .doubt input") || open || field(field("case") && isEmpty("case") ? "case" : "id_number")).focus();
})();
