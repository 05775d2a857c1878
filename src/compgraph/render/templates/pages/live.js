// Comfort for the pages with forms, each of which works without it: names offered while one types, a file read into the
// text area, the place of an error in a query.
"use strict";
(() => {
  const root = document.querySelector(".search").dataset.root;

  const offer = async (input) => {
    const start = input.value.trim();
    if (!start) return;
    const answer = await fetch(`${root}api/names?${new URLSearchParams({ start, kind: input.dataset.kind })}`);
    if (!answer.ok || input.value.trim() !== start) return;
    const { fits, near } = await answer.json();
    const options = [...fits, ...near].map(({ name, label }) => Object.assign(document.createElement("option"), { value: name, label: name === label ? name : `${name} (${label})` }));
    input.list.replaceChildren(...options);
  };
  for (const input of document.querySelectorAll("input[data-kind]")) {
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => offer(input).catch(() => {}), 150);
    });
  }

  const sparql = document.querySelector("form#sparql");
  if (sparql) {
    const area = sparql.querySelector("textarea");
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); sparql.requestSubmit(); }
    });
    const { line, column } = area.dataset;
    if (line) {
      const before = area.value.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      area.focus();
      area.setSelectionRange(before + Number(column) - 1, before + Number(column));
    }
  }

  const validate = document.querySelector("form#validate");
  if (validate) {
    const file = validate.querySelector("#file");
    const kinds = { ttl: "text/turtle", trig: "application/trig", nt: "application/n-triples", nq: "application/n-quads", jsonld: "application/ld+json", rdf: "application/rdf+xml", owl: "application/rdf+xml", tsv: "text/tab-separated-values" };
    const take = async (taken) => {
      if (!taken) return;
      validate.querySelector("#document").value = await taken.text();
      const kind = kinds[taken.name.split(".").pop().toLowerCase()];
      if (kind) validate.querySelector("#kind").value = kind;
      validate.querySelector("#validate-said").textContent = `${taken.name} is in the text area.`;
    };
    file.parentElement.hidden = false;
    file.addEventListener("change", () => take(file.files[0]));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
  }
})();
