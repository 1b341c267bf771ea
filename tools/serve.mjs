// Serves a folder below a path on loopback, as a host for static sites does:
// index.html for a folder, 404.html for what is missing, texts compressed.
// With `late`, images and scripts come that many milliseconds late, as over a
// network: what moves when they are there is then seen to move.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import zlib from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
  ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
};
const packed = /^text|json|xml/;
const slow = /^image|javascript/;

export async function serve(folder, base, { late = 0 } = {}) {
  const root = path.resolve(folder);
  const server = http.createServer((request, response) => {
    const [file, status] = find(root, base, new URL(request.url, "http://host").pathname);
    const type = types[path.extname(file).toLowerCase()] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "max-age=600" };
    let body = fs.readFileSync(file);
    if (packed.test(type) && /gzip/.test(request.headers["accept-encoding"] ?? "")) {
      body = zlib.gzipSync(body);
      headers["content-encoding"] = "gzip";
    }
    const send = () => response.writeHead(status, headers).end(body);
    if (late && slow.test(type)) setTimeout(send, late);
    else send();
  });
  await new Promise((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function find(root, base, pathname) {
  const missing = root + "/404.html";
  if (!pathname.startsWith(base)) return [missing, 404];
  let file = path.join(root, decodeURIComponent(pathname.slice(base.length)));
  if (!(file + path.sep).startsWith(root + path.sep)) return [missing, 404];
  if (fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) file = path.join(file, "index.html");
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? [file, 200] : [missing, 404];
}

// pages lists the pages of a folder, below its base, without those that only
// lead elsewhere: nobody sees them.
export function pages(folder) {
  return fs.readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html") && !/http-equiv="refresh"/.test(fs.readFileSync(path.join(folder, name), "utf8")))
    .map((name) => name.split(path.sep).map(encodeURIComponent).join("/").replace(/(^|\/)index\.html$/, "$1"))
    .sort();
}
