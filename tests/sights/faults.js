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
  const sheet = document.querySelector("#sheet.show");
  if (sheet) {
    const body = sheet.querySelector("#sheet-body");
    if (body.scrollWidth > body.clientWidth + 1) faults.push(`the sheet is ${body.scrollWidth} wide in ${body.clientWidth}`);
    const box = sheet.getBoundingClientRect();
    if (box.left < -1 || box.right > wide + 1) faults.push(`the sheet stands from ${box.left} to ${box.right} on a screen of ${wide}`);
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
    const right = Math.max(...[last, ...last.querySelectorAll("a, button")].map((e) => e.getBoundingClientRect().right));
    const sticks = right - frameOf(last);
    if (sticks > 1) {
      faults.push(`the last cell of ${name(row.closest("table"))} sticks ${Math.round(sticks)} out: ${last.textContent.trim().slice(0, 20)}`);
      break;
    }
  }
  for (const cell of document.querySelectorAll("main table td")) {
    const box = cell.getBoundingClientRect();
    if (shown(cell) && cell.textContent.trim().length > 3 && box.width < 45 && box.height > 90) {
      faults.push(`a cell of ${name(cell.closest("table"))} has its words one above the other: ${cell.textContent.trim().slice(0, 20)}`);
      break;
    }
  }
  // How wide what stands in a cell is, and on how many lines; a column that is much wider than all it holds has room to give.
  const words = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    return { wide: range.getBoundingClientRect().width, lines: new Set(boxes.map((box) => Math.round(box.top / 8))).size };
  };
  for (const table of document.querySelectorAll("main table.list")) {
    const rows = [...table.querySelectorAll("tbody tr")].filter((row) => row.cells.length > 2 && shown(row.cells[0])).slice(0, 50);
    if (!rows.length || getComputedStyle(rows[0]).display !== "table-row") continue;
    const starved = rows.flatMap((row) => [...row.cells]).find((cell) => shown(cell) && words(cell).lines > 5);
    if (!starved) continue;
    const room = [...rows[0].cells].map((first, n) => first.getBoundingClientRect().width - Math.max(...rows.map((row) => (row.cells[n] ? words(row.cells[n]).wide : 0))));
    if (Math.max(...room) > 240) faults.push(`a cell of ${name(table)} stands on many lines beside ${Math.round(Math.max(...room))} empty: ${starved.textContent.trim().slice(0, 20)}`);
  }
  const gaps = [...document.querySelectorAll(".ti")].filter((e) => shown(e.parentElement) && getComputedStyle(e, "::before").content === "none");
  if (gaps.length) faults.push(`icons without a drawing: ${gaps.map(name)}`);
  const header = document.querySelector("header.top");
  if (header) {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const box = header.getBoundingClientRect();
    if (Math.abs(box.top) > 1 || box.height < 20) faults.push(`the head of the page is at ${box.top} after scrolling`);
    window.scrollTo(0, 0);
  }
  return faults;
}
