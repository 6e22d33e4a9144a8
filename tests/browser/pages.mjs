// The pages that are tried: all of specs/ and generated journeys, written by the program itself into target/browser/.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { journey } from "./journeys.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const out = join(root, "target/browser");
const program = process.env.JALON ?? join(root, "target/release/jalon");

function specs(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return specs(path);
    return name.endsWith(".journey") ? [path] : [];
  });
}

function write(name, source) {
  const folder = join(out, name);
  try {
    execFileSync(program, ["run", source, "-o", folder], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    // A journey may break its own promises: its page is written all the same.
    if (error.status !== 1 && error.status !== 3) throw new Error(`${source}: ${error.stderr}`);
  }
  const file = join(folder, "report.html");
  return { name, file, url: pathToFileURL(file).href, html: readFileSync(file, "utf8") };
}

// Name, file, address and text of each page.
export function pages() {
  mkdirSync(out, { recursive: true });
  const shown = specs(join(root, "specs")).map((path) => write(path.slice(root.length + 7, -8).replaceAll(/[\\/]/g, "-"), path));
  const made = [["g6", journey(6)], ["g25", journey(25)], ["g60", journey(60)], ["g80", journey(80)], ["no-money", journey(9, { money: false })]];
  for (const [name, text] of made) {
    const path = join(out, `${name}.journey`);
    writeFileSync(path, text);
    shown.push(write(name, path));
  }
  return shown;
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}

// A page that fails the test at the end if anything was said on its console.
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => request.url() === url || said.push(`asks for ${request.url()}`));
  await page.goto(url);
  return { page, said, close: () => context.close() };
}
