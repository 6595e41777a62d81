// Ticked rows bring a bar (<form data-together>) of what can be done with them: each button tells for how many of them.
"use strict";
(() => {
  const bar = () => document.querySelector("[data-together]");
  const ticks = () => [...document.querySelectorAll("[data-list] [data-row] input[type=checkbox]")];

  function tell() {
    const [place, chosen] = [bar(), ticks().filter((tick) => tick.checked)];
    const all = document.querySelector("[data-tick-all]");
    if (all) all.checked = chosen.length > 0 && chosen.length === ticks().length;
    if (!place) return;
    place.hidden = chosen.length === 0;
    place.querySelector("[data-together-all]").textContent = chosen.length;
    for (const button of place.querySelectorAll("[data-together-move]")) {
      const able = chosen.filter((tick) => tick.dataset.moves.split(" ").includes(button.dataset.togetherMove)).length;
      button.hidden = able === 0;
      button.querySelector("[data-together-count]").textContent = able === chosen.length ? `${able} 件` : `${able}/${chosen.length} 件`;
    }
  }
  function tick(isOn) {
    for (const each of ticks()) each.checked = isOn;
    tell();
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick-all]")) tick(event.target.checked);
    else if (event.target.closest("[data-list]")) tell();
  });
  document.addEventListener("click", (event) => event.target.closest("[data-together-none]") && tick(false));
  document.addEventListener("htmx:afterSettle", tell);
  addEventListener("pageshow", tell);
})();
