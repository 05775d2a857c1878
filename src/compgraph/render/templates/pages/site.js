// Search in the names of everything. The index is fetched when somebody first turns to the box. Without this script a
// server answers the box, and in a folder of files it stays hidden, and the lists lead everywhere.
"use strict";
(() => {
  const form = document.querySelector(".search");
  if (!form) return;
  const input = form.querySelector("input");
  const said = form.querySelector("[role=status]");
  const list = form.querySelector(".found");
  const SHOWN = 12;
  let entries;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const load = () => {
    entries ??= fetch(form.dataset.index)
      .then((answer) => answer.json())
      .then((rows) => rows.map((row) => ({ row, key: plain(row[0]) })));
    entries.catch(() => { entries = undefined; said.textContent = "The search could not be loaded."; });
    return entries;
  };

  // Names that begin so, then names that hold it at the beginning of a word, then the others; short before long.
  const rank = (key, words) => {
    if (!words.every((word) => key.includes(word))) return -1;
    if (key.startsWith(words[0])) return key.length;
    return (words.every((word) => key.includes(" " + word)) ? 1e4 : 2e4) + key.length;
  };

  const item = ([name, kind, where, place]) => {
    const link = document.createElement("a");
    link.href = form.dataset.root + place;
    link.textContent = name.length > 160 ? name.slice(0, 159) + "…" : name;
    const small = document.createElement("small");
    small.textContent = where ? `${kind}, ${where}` : kind;
    link.append(small);
    const line = document.createElement("li");
    line.append(link);
    return line;
  };

  const close = () => { list.hidden = true; list.replaceChildren(); };

  const show = async () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    if (!words.length) { close(); said.textContent = ""; return; }
    const asked = input.value;
    const all = await load();
    if (asked !== input.value) return;
    const hits = all.map(({ row, key }) => [rank(key, words), row]).filter(([place]) => place >= 0);
    hits.sort((one, other) => one[0] - other[0]);
    list.replaceChildren(...hits.slice(0, SHOWN).map(([, row]) => item(row)));
    list.hidden = !hits.length;
    said.textContent = hits.length === 1 ? "1 found" : `${hits.length} found`;
  };

  const move = (event) => {
    const links = [...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { close(); input.focus(); }
    if (!step || !links.length) return;
    event.preventDefault();
    const next = links.indexOf(document.activeElement) + step;
    (links[next] ?? input).focus();
  };

  form.hidden = false;
  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("input", () => show().catch(() => {}));
  form.addEventListener("keydown", move);
  form.addEventListener("submit", (event) => {
    const first = list.querySelector("a");
    if (first || !form.hasAttribute("action")) event.preventDefault();
    first?.click();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
})();
