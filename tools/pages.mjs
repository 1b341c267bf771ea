// pages.mjs MODULES BASE FOLDER ...
// Opens every page of built sites in a Chromium, as a phone and as a desktop
// show it, in the light and in the dark: axe finds nothing on any level, nothing
// moves while the page loads, and no page is wider than its window. MODULES is what npm.sh prints.
import fs from "node:fs";
import path from "node:path";
import { launch } from "./chromium.mjs";
import { pages, serve } from "./serve.mjs";

const tabs = 3, late = 60;
// A page may be drawn between two words of a line that is still coming in. Less
// than this is what Lighthouse, too, shows as nothing.
const still = 0.001;
const screens = [
  ["phone", { width: 360, height: 740, deviceScaleFactor: 1, mobile: true }],
  ["desktop", { width: 1280, height: 900, deviceScaleFactor: 1, mobile: false }],
];
// As on a desktop that shows 1280 pixels at 400 %, which WCAG asks for.
const narrow = { width: 320, height: 640, deviceScaleFactor: 1, mobile: true };
// Of WCAG 2.2, which axe asks for only when told.
const added = { "target-size": { enabled: true } };
// In the dark only colours are others: the rules about them are asked again.
const colours = ["color-contrast", "link-in-text-block"];

const [modules, base, ...folders] = process.argv.slice(2);
if (folders.length === 0) {
  console.error("usage: pages.mjs MODULES BASE FOLDER ...");
  process.exit(2);
}

// What moved is remembered from the first moment on.
const watching = `
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.value >= ${still}) moved.push(entry.value.toFixed(4) + " " + entry.sources.map(({ node }) => node?.nodeType === 1 ? node.cloneNode().outerHTML : node?.textContent?.trim()).slice(0, 3).join(" "));
    }
  }).observe({ type: "layout-shift", buffered: true });
`;
const settled = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))`;

// opened opens a page and tells what moved meanwhile. A page may be drawn when
// half of a row has come, on a machine that is busy: what moves for that reason
// does not move every time.
async function opened(tab, url) {
  let moved = [];
  for (let times = 0; times < 3; times++) {
    await tab.open(url);
    await tab.run(settled);
    moved = await tab.run("moved");
    if (moved.length === 0) break;
  }
  return moved;
}

// What is wider than the window makes a phone show the page smaller, or scroll sideways.
const wider = (width) => `(() => {
  const page = document.scrollingElement, wide = Math.max(page.scrollWidth, page.clientWidth) - ${width};
  if (wide <= 0) return "";
  const beyond = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > ${width + 1});
  return "wider than the window by " + wide + " px: " + beyond.slice(0, 3).map((e) => e.cloneNode().outerHTML).join(" ");
})()`;

async function look(tab, url, complain) {
  for (const [screen, metrics] of screens) {
    await tab.tell("Emulation.setDeviceMetricsOverride", metrics);
    for (const scheme of ["light", "dark"]) {
      await tab.tell("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
      if (scheme === "light") for (const what of await opened(tab, url)) complain(`${screen}: moves while it loads: ${what}`);
      const wide = scheme === "light" && await tab.run(wider(metrics.width));
      if (wide) complain(`${screen}: ${wide}`);
      await tab.run(settled);
      for (const rule of await tab.run(axe(scheme))) complain(`${screen}, ${scheme}: ${rule}`);
    }
  }
  await tab.tell("Emulation.setDeviceMetricsOverride", narrow);
  await tab.run(settled);
  const wide = await tab.run(wider(narrow.width));
  if (wide) complain(`${narrow.width} px: ${wide}`);
}

const axe = (scheme) => `axe.run(document, { resultTypes: ["violations"], ${scheme === "dark" ? `runOnly: ${JSON.stringify(colours)}` : `rules: ${JSON.stringify(added)}`} })
  .then(({ violations }) => violations.map(({ id, impact, help, nodes }) => impact + " " + id + ": " + help
    + nodes.slice(0, 3).map(({ html, any }) => "\\n    " + html + (any[0] ? "  " + any[0].message : "")).join("")
    + (nodes.length > 3 ? "\\n    and " + (nodes.length - 3) + " more" : "")))`;

const began = Date.now();
const script = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8") + watching;
const browser = launch();
const waiting = [], servers = [];
let looked = 0, faults = 0;
try {
  for (const folder of folders) {
    const server = await serve(folder, base, { late });
    servers.push(server);
    const found = pages(folder);
    if (found.length === 0) throw new Error(`there are no pages in ${folder}`);
    for (const page of found) waiting.push({ name: path.join(folder, page), url: server.url + page });
  }
  await Promise.all(Array.from({ length: tabs }, async () => {
    const tab = await browser.tab(script);
    for (let next; (next = waiting.shift()); looked++) {
      const { name, url } = next;
      await look(tab, url, (what) => {
        faults++;
        console.log(`${name}: ${what}`);
      });
    }
  }));
} finally {
  servers.forEach((server) => server.close());
  await browser.close();
}
console.log(`axe and layout: ${looked} pages, ${faults} faults, ${Math.round((Date.now() - began) / 1000)} s`);
process.exitCode = faults > 0 ? 1 : 0;
