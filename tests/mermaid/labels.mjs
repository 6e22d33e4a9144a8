// The labels of a journey as a JSON list: all that stands in quotation marks, and the words of an arrival without a name.
// Usage: node labels.mjs FILE.journey

import { readFileSync } from "node:fs";

const text = readFileSync(process.argv[2], "utf8");
const quoted = [...text.matchAll(/"((?:\\.|[^"\\\n])*)"/g)].map((match) => match[1].replace(/\\(.)/g, "$1"));
// Without a label, the name is what people read.
const names = [...text.matchAll(/^\s*(?:touchpoint|stage|end|arrive)\s+([\p{L}_][\p{L}\d_]*)/gmu)].map((match) => match[1]);
console.log(JSON.stringify([...quoted, ...names, "Arrivals", "Arrivées"]));
