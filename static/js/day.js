// A day typed in short is written out when the field is left: 20261130, 2026.11.30, 11-30 and 11月30日 of this year.
// The browser's own calendar stands behind a button; the day is shown as the office writes it, whatever the browser.
"use strict";
(() => {
  const two = (number) => String(number).padStart(2, "0");
  const exists = (year, month, day) => {
    const made = new Date(year, month - 1, day);
    return made.getMonth() === month - 1 && made.getDate() === Number(day);
  };

  function written(text) {
    const plain = text.normalize("NFKC").trim();
    const [, day, hour] = plain.match(/^(\S+?)(?:[T ]+(\d{1,2}:\d{2}))?$/) || [];
    const whole = day?.match(/^(\d{4})[-年/.]?(\d{1,2})[-月/.]?(\d{1,2})日?$/);
    const short = day?.match(/^(\d{1,2})[-月/.](\d{1,2})日?$/);
    const parts = whole ? whole.slice(1) : short ? [new Date().getFullYear(), ...short.slice(1)] : null;
    if (!parts || !exists(...parts)) return text;
    return `${parts[0]}-${two(parts[1])}-${two(parts[2])}${hour ? ` ${hour.padStart(5, "0")}` : ""}`;
  }

  // Before htmx and the previews hear of the change, and before a form goes that was sent by a key.
  const writeOut = (field) => (field.value = written(field.value));
  document.addEventListener("change", (event) => event.target.parentElement?.matches("[data-day]") && writeOut(event.target), true);
  document.addEventListener("submit", (event) => event.target.querySelectorAll("[data-day] > input[type=text]").forEach(writeOut), true);

  function start(place) {
    const field = place.querySelector("input");
    if (!field || field.disabled || field.readOnly || place.querySelector("button")) return;
    const native = Object.assign(document.createElement("input"), { type: place.dataset.day, tabIndex: -1, className: "day-native" });
    native.setAttribute("aria-hidden", "true");
    const button = Object.assign(document.createElement("button"), { type: "button", tabIndex: -1, className: "day-pick" });
    button.setAttribute("aria-label", "选择日期");
    button.innerHTML = '<i class="ti ti-calendar" aria-hidden="true"></i>';
    button.addEventListener("click", () => {
      native.value = field.value.replace(" ", "T");
      native.showPicker?.();
    });
    native.addEventListener("change", (event) => {
      event.stopPropagation();
      field.value = native.value.replace("T", " ");
      for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
      field.focus();
    });
    place.append(button, native);
  }

  const startIn = (place) => {
    if (place.matches?.("[data-day]")) start(place);
    place.querySelectorAll?.("[data-day]").forEach(start);
  };
  startIn(document);
  document.addEventListener("htmx:load", (event) => startIn(event.target));
})();
