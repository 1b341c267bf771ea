// audit.mjs MODULES BASE FOLDER PAGE ...
// Prints what Lighthouse gives to pages of a built site, as it looks at them on
// a phone, and fails below 100. What else a machine does makes it slower and
// never faster: of three tries the best counts. MODULES is what npm.sh prints.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { serve } from "./serve.mjs";

const tries = 3;
const categories = ["performance", "accessibility", "best-practices", "seo"];

const [modules, base, folder, ...pages] = process.argv.slice(2);
if (pages.length === 0) {
  console.error("usage: audit.mjs MODULES BASE FOLDER PAGE ...");
  process.exit(2);
}
const load = (file) => import(pathToFileURL(path.resolve(modules, file)));
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");

const scoresOf = ({ lhr }) => categories.map((name) => Math.round(100 * (lhr.categories[name].score ?? 0)));
const good = (scores) => scores.every((score) => score === 100);
const sum = (scores) => scores.reduce((a, b) => a + b);

async function audit(url, port) {
  let best;
  for (let i = 0; i < tries && !(best && good(scoresOf(best))); i++) {
    const result = await lighthouse(url, { port, onlyCategories: categories, logLevel: "silent" });
    if (result.lhr.runtimeError) throw new Error(`${url}: ${result.lhr.runtimeError.message}`);
    if (!best || sum(scoresOf(result)) > sum(scoresOf(best))) best = result;
  }
  return best;
}

// lacking are the questions that cost points, with what was found.
function* lacking({ lhr }) {
  for (const name of categories) {
    for (const { id, weight } of lhr.categories[name].auditRefs) {
      const { score, title, displayValue, details } = lhr.audits[id];
      if (weight === 0 || score === null || score >= 1) continue;
      yield `    ${name}: ${title}${displayValue ? ` (${displayValue})` : ""}`;
      for (const { node } of (details?.items ?? []).slice(0, 3)) if (node) yield `        ${node.snippet}`;
    }
  }
}

const server = await serve(folder, base);
const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
let low = 0;
try {
  console.log(`${categories.map((name) => name.padEnd(15)).join("")}weight    page`);
  for (const page of pages) {
    const result = await audit(server.url + page, chrome.port), scores = scoresOf(result);
    const weight = result.lhr.audits["total-byte-weight"].numericValue;
    console.log(`${scores.map((score) => String(score).padEnd(15)).join("")}${`${(weight / 1000).toFixed(1)} kB`.padEnd(10)}${base}${page}`);
    if (good(scores)) continue;
    low++;
    for (const line of lacking(result)) console.log(line);
  }
} finally {
  server.close();
  await chrome.kill();
}
process.exitCode = low > 0 ? 1 : 0;
