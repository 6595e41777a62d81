// Faults of the open page, each as a sentence. A frame is the nearest ancestor that cuts what sticks out, or the window.
() => {
  const faults = [], wide = document.documentElement.clientWidth;
  const name = (e) =>
    e.tagName.toLowerCase() + (e.id ? `#${e.id}` : e.className ? `.${String(e.className).trim().split(/\s+/).join(".")}` : "");
  const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 1;
  if (document.documentElement.scrollWidth > wide + 1) {
    const beyond = [...document.body.querySelectorAll("*")].filter((e) => shown(e) && e.getBoundingClientRect().right > wide + 1);
    faults.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${wide}: ${beyond.slice(0, 3).map(name)}`);
  }
  const frameOf = (cell) => {
    let right = wide;
    for (let e = cell.parentElement; e && e !== document.body; e = e.parentElement) {
      if (getComputedStyle(e).overflowX !== "visible") right = Math.min(right, e.getBoundingClientRect().right);
    }
    return right;
  };
  for (const row of document.querySelectorAll("main table tr, .sheet table tr")) {
    const last = row.lastElementChild;
    if (!last || !shown(last)) continue;
    const sticks = last.getBoundingClientRect().right - frameOf(last);
    if (sticks > 1) {
      faults.push(`the last cell of ${name(row.closest("table"))} sticks ${Math.round(sticks)} out: ${last.textContent.trim().slice(0, 20)}`);
      break;
    }
  }
  const header = document.querySelector("header.top");
  if (header) {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const box = header.getBoundingClientRect();
    if (Math.abs(box.top) > 1 || box.height < 20) faults.push(`the head of the page is at ${box.top} after scrolling`);
    window.scrollTo(0, 0);
  }
  return faults;
}
