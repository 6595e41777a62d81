// <button data-print> prints the page; <body data-print-now> prints it when it has come. What stands at the foot of the
// last page of an official letter is put there by the room that its pages leave above it.
"use strict";
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
{
  const MM = 96 / 25.4;
  const page = 225 * MM;
  // At the end of a page up to two lines are kept for the next, and with the last of them the name and the day.
  const left = (5 * 28 * 96) / 72;
  const letter = document.querySelector(".letter:has(> .letter-copies, > .letter-imprint)");
  if (letter) {
    // A letter with a head begins 7 mm higher.
    const more = letter.classList.contains("is-headed") ? 7 * MM : 0;
    const foot = letter.querySelector(":scope > .letter-copies, :scope > .letter-imprint");
    const pages = Math.max(1, Math.ceil((letter.scrollHeight - more - left) / (page - left)));
    const room = pages * (page - left) + left + more - letter.scrollHeight - 1;
    foot.style.marginTop = `calc(28pt + ${Math.max(0, room)}px)`;
  }
}
if (document.body.hasAttribute("data-print-now")) addEventListener("load", () => window.print());
