// Reads variants' GIFT with gift-pegjs and compares what it understood with index.csv: every number, every right choice.
// Usage: node read.js FOLDER (what `jalon exam -o FOLDER` wrote). Exits with 1 and a line per difference.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "gift-pegjs";

const folder = process.argv[2];
const sheet = readFileSync(join(folder, "index.csv"), "utf8").replace(/^\ufeff/, "").trim().split(/\r?\n/).map(cells);
const [head, ...rows] = sheet;
const digits = Math.max(2, String(rows.length).length);
let compared = 0;
const wrong = [];

for (const row of rows) {
  const number = row[head.indexOf("variant")];
  const quiz = parse(readFileSync(join(folder, `variant-${number.padStart(digits, "0")}`, "gift.txt"), "utf8"));
  const first = head.indexOf("draw") + 1;
  const expected = row.slice(first);
  if (quiz.length !== expected.length) wrong.push(`variant ${number}: ${quiz.length} questions, ${expected.length} answers`);
  quiz.forEach((question, i) => {
    const found = answer(question);
    if (found === null) return;
    compared += 1;
    if (!same(found, expected[i])) wrong.push(`variant ${number}, ${head[first + i]}: ${found}, not ${expected[i]}`);
  });
}
console.log(`${compared} answers of ${rows.length} variants read back by gift-pegjs, ${wrong.length} differ`);
wrong.forEach((line) => console.log(line));
process.exit(wrong.length || !compared ? 1 : 0);

/** The answer that the parser understood; null for essays. */
function answer(question) {
  if (question.type === "Numerical") return String(question.choices.number ?? question.choices[0]?.text?.number);
  if (question.type === "MC") {
    const right = question.choices.filter((c) => c.isCorrect || c.weight > 0);
    return right.map((c) => plain(c.text.text)).join(" ; ");
  }
  return null;
}

function plain(html) {
  return html.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
}

/** Numbers as numbers, words as words. */
function same(found, expected) {
  if (found === expected) return true;
  const number = (text) => Number(text.replace(/[\s\u00a0\u202f%€]/g, "").replace(",", ".").replace("−", "-"));
  const [a, b] = [number(found), number(expected)];
  return Number.isFinite(a) && Math.abs(a - b) < 1e-12;
}

/** The cells of a line of the sheet. */
function cells(line) {
  const found = `${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g);
  return [...found].map((m) => m[1].replace(/^"|"$/g, "").replace(/""/g, '"'));
}
