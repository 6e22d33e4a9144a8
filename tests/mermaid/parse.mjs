// Reads the drawings of Markdown files with Mermaid's own parser, and compares what it understood with what was drawn: every
// label comes back letter for letter, and nothing else is there. Usage: node parse.mjs FILE.md LABELS.json …
//
// LABELS.json holds the labels that the author wrote for touchpoints, stages, arrivals and ends.

import { JSDOM } from "jsdom";
import { readFileSync } from "node:fs";

const { window } = new JSDOM("<!doctype html><body></body>");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

/** What a label is once the codes in it are letters again, each once, as the page shows it. Mermaid marks codes with signs of its own. */
function shown(text) {
  return text.replace(/ﬂ°°(\d+)¶ß|#(\d+);/g, (_, marked, code) => String.fromCodePoint(Number(marked ?? code)));
}

/** White space and control characters as a drawing has them. */
function plain(text) {
  return text.replace(/[\n\r\t]/g, " ").replace(/[\u0000-\u001f\u007f-\u009f]/g, "").trim() || "\u00a0";
}

let drawings = 0;
let labels = 0;
const wrong = [];
for (let at = 2; at < process.argv.length; at += 2) {
  const [file, listed] = [process.argv[at], process.argv[at + 1]];
  const text = readFileSync(file, "utf8");
  const blocks = [...text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map((match) => match[1]);
  if (blocks.length !== 1) wrong.push(`${file}: ${blocks.length} drawings`);
  for (const block of blocks) {
    drawings += 1;
    try {
      const diagram = await mermaid.mermaidAPI.getDiagramFromText(block);
      if (diagram.type !== "flowchart-v2") throw new Error(`it is a ${diagram.type}`);
      const vertices = [...diagram.db.getVertices().values()];
      const arrows = diagram.db.getEdges();
      const stages = diagram.db.getSubGraphs();
      const ids = new Set(vertices.map((vertex) => vertex.id));
      // Every node was declared with its label: none came into being by being misread.
      for (const vertex of vertices) if (!/^[ate]\d+$/.test(vertex.id)) throw new Error(`a node is called ${vertex.id}`);
      for (const arrow of arrows) {
        if (!ids.has(arrow.start) || !ids.has(arrow.end)) throw new Error(`an arrow leads from ${arrow.start} to ${arrow.end}`);
      }
      const lines = block.split("\n").filter((line) => /(-->|==>)\|/.test(line)).length;
      if (lines !== arrows.length) throw new Error(`${arrows.length} arrows of ${lines}`);
      const expected = new Set(JSON.parse(readFileSync(listed, "utf8")).map(plain));
      for (const one of [...vertices.map((vertex) => vertex.text), ...stages.map((stage) => stage.title)]) {
        labels += 1;
        const label = shown(one).trim() || "\u00a0";
        if (!expected.has(label)) throw new Error(`a label became ${JSON.stringify(label)}`);
      }
    } catch (error) {
      wrong.push(`${file}: ${error.message}`);
    }
  }
}
for (const line of wrong) console.error(line);
console.log(`${drawings - wrong.length} passed, ${wrong.length} failed`);
console.log(`${labels} labels read back`);
process.exit(wrong.length === 0 && drawings > 0 ? 0 : 1);
