// visit.mjs BASE FOLDER
// Serves a built site below BASE as a plain host for files does, and visits it:
// with curl its home page, some other pages, and every style, script, picture and
// feed that they name; then those pages with a Chromium, which has nothing to
// complain of. Links that lead out of the site are not followed.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { launch } from "./chromium.mjs";
import { pages, serve } from "./serve.mjs";

const most = 12; // pages of a site that are opened

const [base, folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: visit.mjs BASE FOLDER");
  process.exit(2);
}

const faults = [];

// fetched is what curl gets: the text behind an address.
async function fetched(url) {
  const { stdout } = await promisify(execFile)("curl", ["--silent", "--show-error", "--compressed", "--max-time", "20", "--write-out", "\n%{http_code} %{content_type}", url], { maxBuffer: 1 << 28 });
  const end = stdout.lastIndexOf("\n");
  const status = stdout.slice(end + 1);
  if (!status.startsWith("200 ")) faults.push(`${url}: ${status}`);
  return stdout.slice(0, end);
}

// parts are the addresses of what a page is made of, and of its feeds.
function parts(html, url) {
  const tags = html.match(/<(?:link|script|img)\b[^>]*>/g) ?? [];
  return tags.filter((tag) => !/rel="?(?:canonical|license|next|prev)/.test(tag))
    .map((tag) => /\s(?:href|src)="([^"]+)"/.exec(tag)?.[1]).filter(Boolean)
    .map((address) => new URL(address.replaceAll("&amp;", "&"), url).href)
    .filter((address) => address.startsWith(new URL(base, url).href));
}

const host = await serve(folder, base);
const browser = launch();
let asked = 0, feeds = 0, opened = 0;
try {
  const all = pages(folder);
  const some = [...new Set(["", ...all.filter((_, i) => i % Math.ceil(all.length / most) === 0)])];
  const wanted = new Set();
  for (const page of some) {
    asked++;
    for (const part of parts(await fetched(host.url + page), host.url + page)) wanted.add(part);
  }
  for (const part of wanted) {
    asked++;
    const text = await fetched(part);
    if (!text) faults.push(`${part} is empty`);
    if (/<(feed|rss)\b/.test(text)) feeds++;
  }
  let at = "";
  const tab = await browser.tab("", (method, params) => {
    if (method === "Runtime.exceptionThrown") faults.push(`${at}: ${params.exceptionDetails.exception?.description ?? params.exceptionDetails.text}`);
    if (method === "Log.entryAdded" && params.entry.level !== "verbose") faults.push(`${at}: ${params.entry.level}: ${params.entry.text} ${params.entry.url ?? ""}`);
    if (method === "Runtime.consoleAPICalled" && /^(error|warning|assert)$/.test(params.type)) faults.push(`${at}: console: ${params.args.map((a) => a.value ?? a.description).join(" ")}`);
    if (method === "Network.requestWillBeSent" && /^http/.test(params.request.url) && !params.request.url.startsWith(host.url)) faults.push(`${at}: asks for ${params.request.url}`);
  });
  for (const domain of ["Runtime", "Log", "Network"]) await tab.tell(`${domain}.enable`);
  for (const page of some) {
    at = host.url + page;
    await tab.open(at);
    await tab.run("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"); // what scripts do at first
    opened++;
  }
} finally {
  host.close();
  await browser.close();
}
for (const fault of faults) console.log(fault);
console.log(`visited ${path.basename(path.dirname(folder))} at ${base}: ${asked} files with curl, ${feeds} feeds among them, ${opened} pages with Chromium, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
