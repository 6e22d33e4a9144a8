// Every word of a paper's Markdown must stand on the pages that other programs made of it: a table that is cut loses some.
// Usage: node words.js PAPER.md PAGES.txt …
import { readFileSync } from "node:fs";

const [paper, ...pages] = process.argv.slice(2);
const bare = (text) => text.normalize("NFKC").replace(/[\\*_|#]/g, " ");
const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
const words = new Set(bare(readFileSync(paper, "utf8").replace(/!\[.*?\]\(.*?\)/g, "")).split(/\s+/).map(letters).filter(Boolean));
let lost = 0;
for (const page of pages) {
  const text = letters(bare(readFileSync(page, "utf8")));
  const missing = [...words].filter((word) => !text.includes(word));
  lost += missing.length;
  console.log(`${page}: ${words.size} words, ${missing.length} not found${missing.length ? ": " + missing.join(" ") : ""}`);
}
process.exit(lost ? 1 : 0);
