// A row picked by typing: <div data-pick="/pick/units/"><input name="unit">…</div> (templates/parts/pick.html).
// The input keeps the code that is sent; a box beside it is typed in. What was not picked is sent as typed, and refused in words.
"use strict";
(() => {
  function pick(place, code) {
    const [list, hint, box] = [place.querySelector("ul"), place.querySelector(".pick-hint"), code.cloneNode()];
    let [at, timer, isAsked, isAwaited] = [-1, 0, false, false];
    const options = () => [...list.querySelectorAll("[role=option]")];
    const show = (label, words) => ([box.value, hint.textContent] = [label, words]);

    async function ask(text) {
      const answer = await fetch(`${place.dataset.pick}?q=${encodeURIComponent(text)}`).catch(() => null);
      // A session that has ended answers with the sign-in page.
      list.innerHTML = answer?.ok && !answer.redirected ? await answer.text() : "";
      options().forEach((line, number) => (line.id = `${list.id}_${number}`));
    }
    // The words for a code that came with the page or with a draft.
    async function name() {
      show(code.value, "");
      if (code.value) await ask(code.value);
      const found = options().find((line) => line.dataset.code === code.value)?.dataset;
      if (found) show(found.label, found.hint);
    }
    const set = (value) => ((code.value = value), code.dispatchEvent(new Event("change", { bubbles: true })));
    function mark(number) {
      at = Math.max(-1, Math.min(number, options().length - 1));
      options().forEach((line, other) => line.setAttribute("aria-selected", other === at));
      options()[at]?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options()[at]?.id || "");
    }
    function open(isOpen) {
      clearTimeout(timer);
      isAsked = isAwaited = false;
      list.hidden = !isOpen;
      box.setAttribute("aria-expanded", isOpen);
      mark(isOpen ? 0 : -1);
    }
    async function offer() {
      const typed = code.value && box.value;
      await ask(typed);
      if (document.activeElement !== box || typed !== (code.value && box.value)) return;
      const isTaken = isAwaited;
      open(true);
      if (isTaken) take(options()[0]);
    }
    function take(line) {
      if (line) show(line.dataset.label, line.dataset.hint);
      if (line) set(line.dataset.code);
      open(false);
    }
    function type() {
      clearTimeout(timer);
      [isAsked, isAwaited, hint.textContent] = [true, false, ""];
      set(box.value.trim());
      timer = setTimeout(offer, 150);
    }
    const down = () => (list.hidden ? offer() : mark(at + 1));
    // Who types faster than the answer comes gets the first one as soon as it is there.
    const enter = () => (isAsked ? (isAwaited = true) : take(options()[at]));
    const KEYS = { ArrowDown: down, ArrowUp: () => mark(Math.max(at - 1, 0)), Enter: enter, Escape: () => open(false) };
    function press(event) {
      const isOurs = event.key === "ArrowDown" || (event.key === "Enter" ? isAsked || at >= 0 : !list.hidden && KEYS[event.key]);
      if (!isOurs || event.isComposing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      KEYS[event.key]();
    }
    for (const [kind, act] of Object.entries({ input: type, keydown: press, blur: () => open(false) })) box.addEventListener(kind, act);
    list.addEventListener("mousedown", (event) => (event.preventDefault(), take(event.target.closest("[role=option]"))));
    code.form?.addEventListener("reset", () => setTimeout(name));
    box.removeAttribute("name");
    Object.assign(code, { id: `${code.id}_code`, hidden: true });
    place.prepend(box);
    name();
  }

  const start = (root) => root.querySelectorAll("[data-pick]:not(:has(input + input))").forEach((place) => pick(place, place.querySelector("input")));
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
