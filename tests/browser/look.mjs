// Runs inside the page: which texts overlap, which are cut, whether the page scrolls sideways, as the browser has drawn it.
export function look() {
  // Text kept for screen readers is clipped away; what lies over the page on purpose is looked at by itself.
  const clipped = (style) => style.clip !== "auto" || style.clipPath !== "none";
  const hidden = (element) =>
    Boolean(element) && (clipped(getComputedStyle(element)) || element.matches("#panel, [hidden]") || hidden(element.parentElement));
  const pieces = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement;
    const text = node.textContent.trim();
    if (!text || holder.closest("script, style, title, desc, defs, option") || hidden(holder)) continue;
    const style = getComputedStyle(holder);
    if (style.visibility === "hidden" || style.display === "none" || style.opacity === "0") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) pieces.push({ text, node, holder, box });
  }
  const said = [];
  pieces.sort((a, b) => a.box.top - b.box.top);
  for (let i = 0; i < pieces.length; i += 1) {
    for (let j = i + 1; j < pieces.length && pieces[j].box.top < pieces[i].box.bottom; j += 1) {
      const [a, b] = [pieces[i], pieces[j]];
      if (a.node === b.node) continue;
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // Boxes of text are taller than its letters: lines set close share a little of them.
      if (wide > 1 && high > 0.4 * Math.min(a.box.height, b.box.height)) said.push(`overlap: "${a.text}" and "${b.text}"`);
    }
  }
  for (const { text, holder, box } of pieces) {
    for (let outer = holder; outer && outer !== document.body; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      if (style.overflowX !== "hidden" && !(outer instanceof SVGSVGElement)) continue;
      const frame = outer.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1) said.push(`clipped: "${text}"`);
      break;
    }
  }
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth + 1) said.push(`the page is ${wide} wide`);
  return said;
}
