// Runs queries with comunica: node comunica.mjs MODULES < {"endpoint": ..., "queries": {name: text}}, rows on stdout.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { QueryEngine } = createRequire(`${process.argv[2]}/`)("@comunica/query-sparql");
const { endpoint, queries } = JSON.parse(readFileSync(0, "utf8"));
const engine = new QueryEngine();
const answers = {};
for (const [name, text] of Object.entries(queries)) {
  const rows = await engine.queryBindings(text, { sources: [{ type: "sparql", value: endpoint }] });
  answers[name] = (await rows.toArray()).map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}
console.log(JSON.stringify(answers));
