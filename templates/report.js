// Lets a reader choose, sort and ask. Everything that it shows is in the page already, or in the data beside it, in its final form:
// nothing is computed here but orders, what is hidden, and the radius of a bubble. Without it the page is whole.
(() => {
  "use strict";
  performance.mark("jalon:start");
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = Object.fromEntries(data.words);
  const points = new Map(data.points.map((point) => [point.name, point]));
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const said = document.getElementById("said");
  const form = document.getElementById("choose");
  const map = document.querySelector(".map svg");
  const FIRST = 12;
  const chosen = { persona: "", scenario: "", moment: "", channel: "", path: "" };
  document.documentElement.classList.add("scripted");
  for (const element of all(".js")) element.hidden = false;

  // What stands in a cell under a choice.
  const kept = new Map();
  function place(element, [value, under, bar]) {
    if (!kept.has(element)) kept.set(element, [...element.childNodes]);
    const nodes = kept.get(element);
    const find = (name) => nodes.find((node) => node.classList && node.classList.contains(name));
    const [line, pointer, funnel] = [find("bar"), find("fb"), find("fbar")];
    const shown = [make("span", { class: "v" }, value)];
    if (under) shown.push(make("small", {}, under));
    if (line && bar) {
      const copy = line.cloneNode();
      copy.style.width = `${bar}%`;
      shown.push(copy);
    }
    if (pointer && bar) {
      const inner = make("i", { class: value.startsWith("\u2212") ? "fn" : "fp" });
      inner.style.width = `${bar}%`;
      const copy = pointer.cloneNode();
      copy.append(inner);
      shown.push(copy);
    }
    if (funnel) {
      const copy = funnel.cloneNode();
      copy.style.width = `${bar || 0}%`;
      shown.unshift(copy);
    }
    element.replaceChildren(...shown);
  }
  function restore(element) {
    if (kept.has(element)) element.replaceChildren(...kept.get(element));
  }

  // Cards at the head: the value changes, what belongs to the other value goes.
  function card(element, cell, label) {
    const box = element.closest(".kpi");
    for (const old of all(".sw", box)) old.remove();
    restore(element);
    box.classList.toggle("swapped", Boolean(cell));
    if (!cell) return;
    if (!kept.has(element)) kept.set(element, [...element.childNodes]);
    element.replaceChildren(cell[0]);
    element.after(make("p", { class: "sw" }, make("strong", {}, label), cell[1] ? ` · ${cell[1]}` : ""));
  }

  function figures() {
    const kind = chosen.persona !== "" ? "persona" : chosen.scenario !== "" ? "scenario" : "";
    const choice = kind ? data[`${kind}s`][Number(chosen[kind])] : null;
    for (const element of all("[data-f]")) {
      const cell = choice && choice.cells[element.dataset.f];
      if (cell) place(element, cell);
      else restore(element);
    }
    for (const element of all("[data-k]")) card(element, choice && choice.cells[element.dataset.k], choice && choice.label);
    for (const note of all(".kept")) note.remove();
    for (const section of all("[data-follows]")) {
      const follows = section.dataset.follows.split(" ");
      const under = section.querySelector(".sub, h2");
      if (choice && !follows.includes(kind)) under.after(make("p", { class: "kept" }, words.kept));
    }
    const legend = document.querySelector(".mapsec .sub");
    if (legend && kind === "persona") legend.after(make("p", { class: "kept" }, words.bubbles));
    return choice;
  }

  const told = (point, persona) => `${point.label}, ${(persona || point).customers} ${words.customers}`;

  // Bubbles: the whole pale, and in it the part of the persona, by its area.
  function bubbles() {
    if (!map) return;
    for (const part of all(".jp-part", map)) part.remove();
    const at = chosen.persona;
    map.classList.toggle("parted", at !== "");
    for (const group of all("g[data-point], g[data-label]", map)) {
      const point = points.get(group.dataset.point || group.dataset.label);
      if (!point) continue;
      const persona = at === "" ? null : point.by[Number(at)];
      if (group.dataset.point) group.setAttribute("aria-label", told(point, persona));
      for (const text of all("text", group)) {
        if (text.dataset.count === undefined && text.textContent === point.customers) text.dataset.count = "";
        if (text.dataset.count !== undefined) text.textContent = persona ? persona.customers : point.customers;
      }
      if (!persona || !group.dataset.point || persona.part === null) continue;
      const discs = all("circle", group).filter((disc) => disc.classList.contains("jm-f-bubble") || disc.classList.contains("jm-f-pale"));
      const whole = discs.sort((a, b) => b.r.baseVal.value - a.r.baseVal.value)[0];
      if (!whole) continue;
      const part = whole.cloneNode();
      part.setAttribute("class", "jp-part jm-f-bubble");
      part.setAttribute("r", whole.r.baseVal.value * Math.sqrt(persona.part));
      whole.after(part);
    }
  }

  // What is chosen stands out on the map.
  const matches = (point) => (!chosen.moment || point.moment === chosen.moment) && (!chosen.channel || point.channel === chosen.channel);
  const names = (text) => (text || "").split(" ");
  function highlight() {
    const path = chosen.path === "" ? null : data.paths[Number(chosen.path)];
    const filtered = Boolean(chosen.moment || chosen.channel);
    const stands = (name) => (path ? path.includes(name) : points.has(name) && matches(points.get(name)));
    const steps = path ? new Set(path.slice(1).map((to, at) => `${path[at]} ${to}`)) : null;
    const passes = (from, to) => (steps ? steps.has(`${from} ${to}`) : stands(from) || stands(to));
    for (const svg of all("svg")) {
      svg.classList.toggle("dimmed", Boolean(path) || filtered);
      for (const element of all("[data-point], [data-label], [data-drop], [data-felt]", svg)) {
        const { point, label, drop, felt } = element.dataset;
        element.classList.toggle("hit", names(point || label || drop || felt).some(stands));
      }
      for (const element of all("[data-from], [data-to]", svg)) {
        const [from, to] = [names(element.dataset.from), names(element.dataset.to)];
        element.classList.toggle("hit", from.some((a) => to.some((b) => passes(a, b))));
        element.classList.toggle("way", Boolean(path) && element.classList.contains("hit"));
      }
    }
    for (const row of all("[data-path]")) {
      const here = row.dataset.path === chosen.path;
      row.classList.toggle("here", here);
      const button = row.querySelector("button");
      button.setAttribute("aria-pressed", String(here));
    }
  }

  // Rows: those that do not match go, and of those left the first twelve stay until more are asked for.
  const long = new Map();
  function rows() {
    let shown = 0;
    for (const row of all("[data-row]")) row.classList.toggle("off", !matches(points.get(row.dataset.row)));
    for (const [table, state] of long) {
      const left = all("tbody:first-of-type > tr", table).filter((row) => !row.classList.contains("off"));
      left.forEach((row, at) => row.classList.toggle("over", state.short && at >= FIRST));
      for (const row of all("tr.off", table)) row.classList.remove("over");
      state.button.hidden = left.length <= FIRST;
      state.button.textContent = state.short ? `${words.more} (${left.length})` : words.fewer;
      state.button.setAttribute("aria-expanded", String(!state.short));
      if (table.classList.contains("hot")) shown = left.length;
    }
    return shown;
  }
  for (const table of all("table[data-long]")) {
    const button = make("button", { type: "button", class: "more" });
    const state = { short: true, button };
    button.addEventListener("click", () => {
      state.short = !state.short;
      rows();
    });
    long.set(table, state);
    (table.closest(".scroll") || table).after(button);
  }

  function choose() {
    if (form) for (const name of Object.keys(chosen)) chosen[name] = form.elements[name] ? form.elements[name].value : "";
    const choice = figures();
    bubbles();
    highlight();
    const shown = rows();
    sort();
    const parts = choice ? [choice.label] : [];
    if (chosen.moment || chosen.channel) parts.push(`${words.of} ${shown}/${points.size}`);
    if (chosen.path !== "") parts.push(form.elements.path.selectedOptions[0].textContent);
    if (said) said.textContent = parts.join(" · ");
    if (panel && !panel.hidden) fill(points.get(panel.dataset.of));
  }
  if (form) {
    form.hidden = false;
    form.addEventListener("change", (event) => {
      // There are no figures of one persona under a scenario.
      const other = { persona: "scenario", scenario: "persona" }[event.target.name];
      if (event.target.value !== "" && other && form.elements[other]) form.elements[other].value = "";
      choose();
    });
    form.addEventListener("reset", () => setTimeout(choose));
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // Order of the hot points.
  const hot = document.querySelector("table.hot");
  const heads = hot ? all("th[data-sort]", hot) : [];
  const order = { by: null, down: true };
  function sort() {
    if (!hot || order.by === null) return;
    const persona = chosen.persona === "" ? null : Number(chosen.persona);
    const value = (row) => {
      const point = points.get(row.dataset.row);
      if (order.by === "name") return point.label;
      return (persona === null ? point : point.by[persona] || point).sort[Number(order.by)];
    };
    const body = hot.tBodies[0];
    const sorted = [...body.rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === null || y === null) return (x === null) - (y === null);
      const by = order.by === "name" ? x.localeCompare(y, document.documentElement.lang) : x - y;
      return order.down ? -by : by;
    });
    body.append(...sorted);
    rows();
  }
  for (const head of heads) {
    const label = head.querySelector(".c");
    const button = make("button", { type: "button", class: "c" }, label.textContent);
    label.replaceWith(button);
    button.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort");
      const first = head.dataset.sort === "name" ? "ascending" : "descending";
      const next = was === null ? first : was === "descending" ? "ascending" : "descending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", next);
      Object.assign(order, { by: head.dataset.sort, down: next === "descending" });
      sort();
      if (said) said.textContent = `${words.sorted} ${button.textContent}`;
    });
  }

  // The panel with all that is known of a touchpoint.
  const panel = document.getElementById("panel");
  let opener = null;
  const section = (title, ...children) => make("section", {}, make("h3", {}, title), ...children);
  function fill(point) {
    panel.dataset.of = point.name;
    const close = make("button", { type: "button", class: "close", "aria-label": words.close }, "\u00d7");
    close.addEventListener("click", shut);
    const title = make("h2", { id: "panel-title", tabindex: "-1" }, point.label);
    const list = make("dl");
    point.figures.forEach((figure, at) => {
      list.append(make("dt", {}, figure.name));
      const text = make("dd", {}, make("strong", {}, figure.value));
      if (figure.notes.length) text.append(make("span", {}, figure.notes.join(" · ")));
      if (data.definitions[at]) text.append(make("small", {}, data.definitions[at]));
      list.append(text);
    });
    const parts = [close, title, make("p", { class: "where" }, point.quadrant ? `${point.place} · ${point.quadrant}` : point.place), list];
    if (data.personas.length > 1 && point.by.length) {
      const table = make("table", {}, make("caption", { class: "hide" }, words.personas));
      const heading = make("tr", {}, make("th", { scope: "col" }, ""), ...point.figures.slice(0, 5).map((figure) => make("th", { scope: "col" }, figure.name)));
      const body = make("tbody");
      point.by.forEach((persona, at) => {
        const row = make("tr", {}, make("th", { scope: "row" }, data.personas[at].label), ...persona.cells.map((cell) => make("td", {}, cell)));
        if (String(at) === chosen.persona) row.className = "here";
        body.append(row);
      });
      heading.firstChild.append(make("span", { class: "hide" }, words.personas));
      table.append(make("thead", {}, heading), body);
      parts.push(section(words.personas, make("div", { class: "scroll", tabindex: "0" }, table)));
    }
    if (point.ways.length) {
      const ways = point.ways.map((way) => {
        const item = make("li", {}, make("span", { class: "to" }, `→ ${way.to}`), make("strong", {}, way.share));
        const rest = [way.because, way.rests_on, way.line].filter(Boolean).join(" · ");
        if (rest) item.append(make("small", {}, rest));
        return item;
      });
      parts.push(section(words.ways, make("ul", {}, ...ways)));
    }
    if (point.line) parts.push(section(words.spec, make("code", {}, point.line)));
    panel.replaceChildren(...parts);
    return title;
  }
  function open(name, from) {
    if (!points.has(name)) return;
    opener = from;
    const title = fill(points.get(name));
    panel.hidden = false;
    panel.scrollTop = 0;
    for (const bubble of bubbleList) bubble.classList.toggle("open", bubble.dataset.point === name);
    title.focus({ preventScroll: true });
  }
  function shut() {
    panel.hidden = true;
    for (const bubble of bubbleList) bubble.classList.remove("open");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) shut();
  });

  // Bubbles are one stop of the tab key; arrows go from one to the next.
  const at = (bubble) => {
    const disc = bubble.querySelector("circle");
    return [Number(disc.getAttribute("cx")), Number(disc.getAttribute("cy"))];
  };
  const bubbleList = map ? all("g[data-point]", map).sort((a, b) => at(a)[0] - at(b)[0] || at(a)[1] - at(b)[1]) : [];
  if (map) map.setAttribute("role", "group");
  bubbleList.forEach((bubble, index) => {
    const point = points.get(bubble.dataset.point);
    if (!point) return;
    bubble.setAttribute("role", "button");
    bubble.setAttribute("tabindex", index === 0 ? "0" : "-1");
    bubble.addEventListener("click", () => open(point.name, bubble));
    bubble.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const target = step ? bubbleList[index + step] : { Home: bubbleList[0], End: bubbleList.at(-1) }[event.key];
      if (event.key === "Enter" || event.key === " ") open(point.name, bubble);
      else if (target) {
        bubble.setAttribute("tabindex", "-1");
        target.setAttribute("tabindex", "0");
        target.focus();
      } else return;
      event.preventDefault();
    });
  });
  for (const disc of all("svg.qd [data-point]")) disc.addEventListener("click", () => open(disc.dataset.point, null));
  for (const label of all("table.hot .pl")) {
    const name = label.closest("tr").dataset.row;
    const button = make("button", { type: "button", class: "pl" }, label.textContent, make("span", { class: "hide" }, `, ${words.open}`));
    label.replaceWith(button);
    button.addEventListener("click", () => open(name, button));
  }

  for (const row of all("[data-path]")) {
    const button = make("button", { type: "button", class: "go", "aria-pressed": "false" }, words.show);
    button.addEventListener("click", () => {
      form.elements.path.value = chosen.path === row.dataset.path ? "" : row.dataset.path;
      choose();
      if (chosen.path !== "" && map) map.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    });
    row.append(button);
  }

  choose();
  performance.mark("jalon:ready");
})();
