// <button data-copy="#id"> copies the text of that element and says so.
"use strict";
(() => {
  const SHOWN = 2000;

  // Without https the browser has no clipboard for us; the selection still can be copied.
  async function copy(element) {
    if (navigator.clipboard) return navigator.clipboard.writeText(element.textContent.trim());
    getSelection().selectAllChildren(element);
    document.execCommand("copy");
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button || button.dataset.copied) return;
    await copy(document.querySelector(button.dataset.copy));
    button.dataset.copied = "yes";
    const words = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => {
      button.textContent = words;
      delete button.dataset.copied;
    }, SHOWN);
  });
})();
