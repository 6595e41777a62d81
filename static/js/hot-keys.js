// <a data-key="n">, <button data-key="F2">: that key presses it. Letters only while nobody is typing, function keys always.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector(".offcanvas.show, dialog[open]")) return;
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]") !== null;
  if (isTyping && event.key.length === 1) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});
