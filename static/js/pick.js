// A row picked by typing: <div data-pick="/pick/units/"><input name="unit">…</div> (templates/parts/pick.html).
// The input keeps the code that is sent; a box beside it is typed in. What was not picked is sent as typed, and refused in words.
"use strict";
(() => {
  function pick(place, code) {
    const [list, hint, box] = [place.querySelector("ul"), place.querySelector(".pick-hint"), code.cloneNode()];
    let [at, timer, isAsked, isAwaited] = [-1, 0, false, false];
    const options = () => [...list.querySelectorAll("[role=option]")];
    const show = (label, words) => ([box.value, hint.textContent] = [label, words]);

    async function ask(text, level = "") {
      const answer = await fetch(`${place.dataset.pick}?${new URLSearchParams({ q: text, in: level })}`).catch(() => null);
      // A session that has ended answers with the sign-in page.
      list.innerHTML = answer?.ok && !answer.redirected ? await answer.text() : "";
      options().forEach((line, number) => (line.id = `${list.id}_${number}`));
    }
    // The words for a code that came with the page or a draft.
    async function name() {
      show(code.value, "");
      if (code.value) await ask(code.value);
      options().filter((line) => line.dataset.code === code.value).forEach(({ dataset }) => show(dataset.label, dataset.hint));
    }
    const put = ({ code: row, label, hint: words }) => (show(label, words), set(row));
    const set = (value) => ((code.value = value), code.dispatchEvent(new Event("change", { bubbles: true })));
    function mark(number) {
      at = Math.max(-1, Math.min(number, options().length - 1));
      options().forEach((line, other) => line.setAttribute("aria-selected", other === at));
      options()[at]?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options()[at]?.id || "");
    }
    function open(isOpen) {
      clearTimeout(timer);
      [isAsked, isAwaited, list.hidden] = [false, false, !isOpen];
      box.setAttribute("aria-expanded", isOpen);
      list.dispatchEvent(new CustomEvent("pick:shown", { bubbles: true, detail: box }));
      mark(isOpen ? 0 : -1);
    }
    async function offer() {
      const typed = code.value && box.value;
      await ask(typed);
      if (document.activeElement !== box || typed !== (code.value && box.value)) return;
      isAwaited ? take(options()[0]) : open(true);
    }
    const enterLevel = async (level) => (await ask("", level), open(true));
    function take(line) {
      if (line && !line.dataset.code) return enterLevel(line.dataset.into);
      if (line) {
        put(line.dataset);
        place.dispatchEvent(new CustomEvent("pick:taken", { bubbles: true, detail: { ...line.dataset } }));
      }
      open(false);
    }
    function type() {
      clearTimeout(timer);
      set(box.value.trim());
      [isAsked, isAwaited, hint.textContent, timer] = [true, false, "", setTimeout(offer, 150)];
    }
    // Who types faster than the answer comes gets the first one as soon as it is there.
    const enter = () => (isAsked ? (isAwaited = true) : take(options()[at]));
    const KEYS = { ArrowDown: () => (list.hidden ? offer() : mark(at + 1)), ArrowUp: () => mark(Math.max(at - 1, 0)), Enter: enter, Escape: () => open(false) };
    function press(event) {
      const isOurs = event.key === "ArrowDown" || (event.key === "Enter" ? isAsked || at >= 0 : !list.hidden && KEYS[event.key]);
      if (!isOurs || event.isComposing || event.ctrlKey || event.metaKey) return;
      (event.preventDefault(), event.stopPropagation(), KEYS[event.key]());
    }
    for (const [kind, act] of Object.entries({ input: type, keydown: press, blur: () => open(false) })) box.addEventListener(kind, act);
    list.addEventListener("mousedown", (event) => (event.preventDefault(), take(event.target.closest("[role=option]"))));
    list.addEventListener("pick:level", ({ detail }) => enterLevel(detail));
    // A row that somebody else has found is shown as if it had been picked.
    code.addEventListener("pick:put", ({ detail }) => put(detail));
    code.form?.addEventListener("reset", () => setTimeout(name));
    [box.name, code.id, code.hidden] = ["", `${code.id}_code`, true];
    place.prepend(box);
    name();
  }

  const start = (root) => root.querySelectorAll("[data-pick]:not(:has(input + input))").forEach((place) => pick(place, place.querySelector("input")));
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
