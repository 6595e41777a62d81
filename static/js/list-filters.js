// <form data-filters>: a choice narrows the list at once; the address follows it, without what is not asked for.
// The address is replaced, not added to: Back leads to the page before the list, which the browser loads as a whole.
"use strict";
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  for (const [name, value] of Object.entries(event.detail.parameters)) if (!value) delete event.detail.parameters[name];
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.requestConfig.elt.matches("[data-filters]") || !event.detail.shouldSwap) return;
  history.replaceState(null, "", event.detail.pathInfo.finalRequestPath);
});
