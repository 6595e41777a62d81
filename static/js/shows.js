// <form data-shows='{"way": {"post": ["item_number"]}}'>: of the fields named there, those of the chosen value alone are
// shown and sent. Loaded after draft.js, which may have put another choice back.
"use strict";
(() => {
  const placeOf = (form, name) => form.querySelector(`[data-field="${name}"]`);

  function show(form) {
    for (const [choice, table] of Object.entries(JSON.parse(form.dataset.shows))) {
      const wanted = new Set(table[form.elements[choice].value] || []);
      for (const name of new Set(Object.values(table).flat())) {
        const place = placeOf(form, name);
        if (!place) continue;
        place.hidden = !wanted.has(name);
        for (const control of place.querySelectorAll("input, select, textarea")) control.disabled = place.hidden;
      }
    }
  }

  const showIn = (place) => place.querySelectorAll("form[data-shows]").forEach(show);
  showIn(document);
  // htmx speaks to each new element itself, which may be the form.
  document.addEventListener("htmx:load", (event) => event.target !== document.body && showIn(event.target.parentElement));
  document.addEventListener("change", (event) => event.target.form?.matches("[data-shows]") && show(event.target.form));
})();
