// Several rows picked by typing: <div data-picks><textarea>codes, one a line</textarea><ul></ul><div data-pick>…</div></div>
// (templates/parts/picks.html). Without a script the lines are written by hand; what was not picked is sent as typed.
"use strict";
(() => {
  function picks(place) {
    const [lines, taken, more] = [place.querySelector("textarea"), place.querySelector(".picks-taken"), place.querySelector("[data-pick]")];
    const code = more.querySelector("input[hidden]");
    const box = more.querySelector("input:not([hidden])");
    const codes = () => lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const write = (list) => ((lines.value = list.join("\n")), lines.dispatchEvent(new Event("change", { bubbles: true })));

    // The words for a code that came with the page, a refusal or a draft.
    async function words(line) {
      const answer = await fetch(`${more.dataset.pick}?${new URLSearchParams({ q: line })}`).catch(() => null);
      const list = document.createElement("ul");
      list.innerHTML = answer?.ok && !answer.redirected ? await answer.text() : "";
      return [...list.querySelectorAll("[data-code]")].find(({ dataset }) => dataset.code === line)?.dataset;
    }
    function row(line, label, hint) {
      const item = document.createElement("li");
      const [name, away] = [document.createElement("span"), document.createElement("button")];
      [name.textContent, name.title] = [label, hint || ""];
      [away.type, away.textContent, away.className] = ["button", "×", "btn btn-sm"];
      away.setAttribute("aria-label", `去掉${label}`);
      away.addEventListener("click", () => (write(codes().filter((other) => other !== line)), show(), box.focus()));
      item.append(name, away);
      return item;
    }
    const known = new Map();
    async function show() {
      const list = codes();
      for (const line of list) if (!known.has(line)) known.set(line, (await words(line)) || { label: line });
      if (list.join() !== codes().join()) return;
      taken.replaceChildren(...list.map((line) => row(line, known.get(line).label, known.get(line).hint)));
      taken.hidden = !list.length;
    }
    function add(line) {
      code.dispatchEvent(new CustomEvent("pick:put", { detail: { code: "", label: "", hint: "" } }));
      if (line && !codes().includes(line)) write([...codes(), line]);
      show();
    }
    more.addEventListener("pick:taken", ({ detail }) => (known.set(detail.code, detail), add(detail.code)));
    // What stands in the box and was not picked is a line as well: the answer says what is wrong with it.
    box.addEventListener("blur", () => add(box.value.trim()));
    lines.form?.addEventListener("reset", () => setTimeout(show));
    lines.addEventListener("draft:restored", show);
    [lines.hidden, more.hidden] = [true, false];
    document.querySelector(`label[for="${lines.id}"]`)?.setAttribute("for", box.id);
    show();
  }

  const start = (root) => root.querySelectorAll("[data-picks]:not(:has(.picks-taken + .pick:not([hidden])))").forEach(picks);
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
