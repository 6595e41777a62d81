// The names of the files chosen, beside our own button: the browser's would say them in its own language.
"use strict";
document.addEventListener("change", (event) => {
  if (event.target.type !== "file") return;
  const place = event.target.parentElement.querySelector(".file-names");
  const names = Array.from(event.target.files, (file) => file.name);
  if (place) place.textContent = names.length > 1 ? `${names.length} 个文件：${names.join("、")}` : names[0] || place.dataset.none;
});
