// Prints a page and reads the print: marks set at the top and the bottom of every row must come out on one sheet, and within it.
import { writeFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

// Too small to be seen, and apart from the text of the row.
function mark() {
  const style = document.createElement("style");
  style.textContent = ".mark{position:absolute;left:0;font:1px/1 monospace;white-space:nowrap}.mark.a{top:0}.mark.z{bottom:0}tr>*{position:relative}";
  document.head.append(style);
  document.querySelectorAll("main tbody tr").forEach((row, at) => {
    for (const end of ["a", "z"]) {
      const span = document.createElement("span");
      span.className = `mark ${end}`;
      span.textContent = `@${end}${at}@`;
      row.cells[0].append(span);
    }
  });
  return document.querySelectorAll("main tbody tr").length;
}

export async function cutRows(page, path) {
  const rows = await page.evaluate(mark);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  writeFileSync(path, pdf);
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const seen = new Map();
  const cut = [];
  let words = "";
  for (let number = 1; number <= document.numPages; number += 1) {
    const sheet = await document.getPage(number);
    const { width, height } = sheet.getViewport({ scale: 1 });
    for (const item of (await sheet.getTextContent()).items) {
      const [x, y] = [item.transform[4], item.transform[5]];
      for (const [, end, row] of item.str.matchAll(/@([az])(\d+)@/g)) seen.set(`${end}${row}`, number);
      words += `${item.str} `;
      if (item.str.trim() && (x < -1 || y < -1 || y > height + 1 || x + item.width > width + 1)) cut.push(`"${item.str}" leaves sheet ${number}`);
    }
  }
  for (let row = 0; row < rows; row += 1) {
    const [top, bottom] = [seen.get(`a${row}`), seen.get(`z${row}`)];
    if (top === undefined || top !== bottom) cut.push(`row ${row} begins on sheet ${top} and ends on ${bottom}`);
  }
  return { cut, words, sheets: document.numPages };
}
