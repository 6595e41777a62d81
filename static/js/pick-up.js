// Where there is no room below a box, and there is above, its list of rows (pick.js) stands above it.
"use strict";
document.addEventListener("pick:shown", ({ target: list, detail: box }) => {
  list.classList.remove("is-up");
  const floor = document.querySelector(".bar")?.getBoundingClientRect().top ?? innerHeight;
  const { top, height, bottom } = list.getBoundingClientRect();
  list.classList.toggle("is-up", bottom > floor && box.getBoundingClientRect().top - height > 56 && top > 0);
});
