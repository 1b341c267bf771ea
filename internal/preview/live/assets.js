// Files that a page shows: images and styles whose bytes changed are swapped
// without a flash, scripts need the page to be loaded anew.

const isStyle = (element) => element.localName === "link" && element.relList.contains("stylesheet");

const replaced = new WeakMap(); // from a style that is loading to those that go when it is there
const leaving = new WeakSet(); // those

// swapStyle loads other styles behind the ones that are there, which go once
// the new ones are drawn with.
function swapStyle(link, href) {
  const next = link.cloneNode();
  next.setAttribute("href", href);
  const old = [...(replaced.get(link) ?? []), link];
  replaced.set(next, old);
  leaving.add(link);
  next.addEventListener("load", () => old.forEach((one) => one.remove()), { once: true });
  link.after(next);
  return next;
}

// references are the addresses of files on the page, attribute by attribute.
function* references() {
  const names = { img: ["src", "srcset"], source: ["src", "srcset"], video: ["src", "poster"], audio: ["src"], script: ["src"], object: ["data"], image: ["href"], link: ["href"] };
  for (const element of document.querySelectorAll(Object.keys(names).join())) {
    if (element.localName === "link" && (leaving.has(element) || !/stylesheet|icon/.test(element.rel))) continue;
    for (const name of names[element.localName]) {
      const value = element.getAttribute(name);
      if (value) yield { element, name, value };
    }
  }
}

// eachAddress calls back with every address of a value (srcset has many, and
// their sizes between them, which are addresses of nothing).
function eachAddress(name, value, back) {
  const one = (text) => {
    const url = URL.parse(text, document.baseURI);
    return url && url.origin === location.origin ? back(url.pathname) ?? text : text;
  };
  return name === "srcset" ? value.replace(/[^\s,]+/g, one) : one(value.trim());
}

function assetPaths() {
  const paths = new Set();
  for (const { name, value } of references()) eachAddress(name, value, (path) => void paths.add(path));
  return [...paths];
}

const knownAssets = new Map(); // versions, by path
const swappedAssets = new Map(); // those that changed since the page was loaded

// takeAssets hears which versions the page's files have now. It returns true
// where a script is another one.
function takeAssets(versions, root) {
  let changed = false;
  for (const [path, version] of Object.entries(versions)) {
    const known = knownAssets.get(path);
    knownAssets.set(path, version);
    if (known === undefined || known === version) continue;
    swappedAssets.set(path, version);
    changed = true;
  }
  if (changed && [...document.scripts].some((s) => s.src && swappedAssets.has(new URL(s.src).pathname))) return true;
  if (changed) freshen(root);
  return false;
}

// freshen asks for what changed by an address that no cache knows: a browser
// that has an image on the page does not ask again for the same address.
function freshen(root) {
  if (swappedAssets.size === 0) return;
  for (const { element, name, value } of [...references()]) {
    const fresh = eachAddress(name, value, (path) => swappedAssets.has(path) ? `${path}?publish=${swappedAssets.get(path)}` : undefined);
    if (fresh === value) continue;
    if (!isStyle(element)) element.setAttribute(name, fresh);
    else standIn(root, element, swapStyle(element, fresh));
  }
}
