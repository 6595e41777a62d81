// Who else is at the matter: <div data-presence="/cases/…/presence/" data-post="7" [data-form="draft"]> is filled every 20 seconds.
// The form of an open side sheet is told along. A page that is not looked at tells and asks nothing.
"use strict";
(() => {
  const EVERY = 20000;
  const places = () => [...document.querySelectorAll("[data-presence]")];
  const isOpen = (place) => !place.closest(".offcanvas") || place.closest(".offcanvas.show, .offcanvas.showing") !== null;
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
  let timer = null;
  let asked = 0;

  function ask(shown) {
    const form = shown.map((place) => place.dataset.form).find(Boolean) || "";
    // No session lives on because a page stands open: X-Background says that nobody has clicked.
    const headers = { "X-CSRFToken": token(), "X-Post": shown[0].dataset.post, "X-Background": "1", "HX-Request": "true" };
    return fetch(shown[0].dataset.presence, { method: "POST", headers, body: new URLSearchParams({ form }) });
  }

  async function turn() {
    clearTimeout(timer);
    const shown = places().filter(isOpen);
    if (document.hidden || shown.length === 0) return;
    const mine = ++asked;
    const answer = await ask(shown).catch(() => null);
    const said = answer?.ok ? await answer.text() : "";
    // Somebody has opened or closed a sheet meanwhile: the later answer counts.
    if (mine !== asked) return;
    for (const place of places()) if (place.innerHTML !== said) place.innerHTML = said;
    // Signed out, or the matter is gone: the page stands as it is, and so does what was typed into it.
    const isOver = answer && !answer.ok && answer.status < 500;
    if (!isOver) timer = setTimeout(turn, EVERY);
  }

  document.addEventListener("visibilitychange", turn);
  document.addEventListener("hidden.bs.offcanvas", turn);
  document.addEventListener("shown.bs.offcanvas", turn);
  document.addEventListener("htmx:load", (event) => event.target !== document.body && event.target.querySelector?.("[data-presence]") && turn());
  turn();
})();
