// After tests/browser/look.mjs: writes what it finds at the end of the page.
const said = look();
document.documentElement.dataset.height = document.documentElement.scrollHeight;
document.body.append(`\n${said.map((line) => `LOOK ${line}\n`).join("")}`);
