// <button data-print> prints the page; <body data-print-now> prints it when it has come. What stands at the foot of the
// last page of an official letter is put there: the letter is made as high as its pages are.
"use strict";
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
{
  const MM = 96 / 25.4;
  const page = 225 * MM;
  const letter = document.querySelector(".letter:has(> .letter-copies, > .letter-imprint)");
  if (letter) {
    // A letter with a head begins 7 mm higher.
    const more = letter.classList.contains("is-headed") ? 7 * MM : 0;
    const foot = letter.querySelector(":scope > .letter-copies, :scope > .letter-imprint");
    const pages = Math.max(1, Math.ceil((letter.scrollHeight - more) / page));
    letter.style.minHeight = `${pages * page + more - 1}px`;
    foot.style.marginTop = "auto";
    foot.style.breakBefore = "auto";
    foot.style.paddingTop = "28pt";
    if (foot.matches(".letter-imprint")) foot.style.paddingTop = "0";
  }
}
if (document.body.hasAttribute("data-print-now")) addEventListener("load", () => window.print());
