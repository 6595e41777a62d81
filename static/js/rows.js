// Rows of people in a form: <div data-rows> holds <div data-row-of>…, a <template> of one, and <button data-row-add>.
// A draft that had more rows asks for them before it puts its values back (draft.js).
"use strict";
(() => {
  function add(place) {
    const row = place.querySelector("template").content.firstElementChild.cloneNode(true);
    place.querySelector("[data-row-add]").before(row);
    return row;
  }

  // What one part alone has (<… data-of-role="agent">) is sent by every row and shown where that part is chosen.
  function show(row) {
    for (const box of row.querySelectorAll("[data-of-role]")) box.hidden = box.dataset.ofRole !== row.querySelector("select").value;
  }

  document.addEventListener("change", (event) => event.target.matches("[data-row-of] > select:first-child") && show(event.target.parentElement));
  document.addEventListener("click", (event) => {
    const [more, less] = [event.target.closest("[data-row-add]"), event.target.closest("[data-row-remove]")];
    if (more) add(more.closest("[data-rows]")).querySelector("input").focus();
    if (!less) return;
    const [row, form] = [less.closest("[data-row-of]"), less.closest("form")];
    row.parentElement.querySelector("[data-row-add]").focus();
    row.remove();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("draft:rows", (event) => {
    for (const place of event.target.querySelectorAll("[data-rows]")) {
      const name = place.querySelector("template").content.querySelector("[name]").name;
      const wanted = event.detail.filter((kept) => kept === name).length;
      while (place.querySelectorAll("[data-row-of]").length < wanted) add(place);
      // draft.js puts the values back after this.
      setTimeout(() => place.querySelectorAll("[data-row-of]").forEach(show));
    }
  });
})();
