// The page as the server sent it is kept beside the page that the reader sees.
// What the server changes is changed in both; what scripts and the reader made
// of the rest stays.

const twins = new WeakMap(); // from a node as it was sent to the live one

// snapshot copies the page as it is now, before its scripts ran. The copy is in
// a document without a window: nothing loads, nothing runs there.
function snapshot(own) {
  const copy = document.implementation.createHTMLDocument("").importNode(document.documentElement, true);
  pair(copy, document.documentElement);
  for (const script of copy.querySelectorAll("script")) {
    if (twins.get(script) === own) script.remove();
  }
  return copy;
}

// standIn lets a live node take the part of another.
function standIn(root, live, next) {
  for (const node of root.querySelectorAll(live.localName)) {
    if (twins.get(node) === live) twins.set(node, next);
  }
}

function pair(sent, live) {
  twins.set(sent, live);
  for (let a = sent.firstChild, b = live.firstChild; a && b; a = a.nextSibling, b = b.nextSibling) pair(a, b);
}

// parse reads a page. Where scripts run, <noscript> is text; here it must be too.
function parse(html) {
  const root = new DOMParser().parseFromString(html, "text/html").documentElement;
  for (const element of root.querySelectorAll("noscript")) element.textContent = element.innerHTML;
  return root;
}

// mustReload says that a page differs in what works only when it is loaded.
function mustReload(sent, now) {
  const parts = (root) =>
    [...root.querySelectorAll("script, base, meta[http-equiv]")]
      .filter((e) => e.localName !== "script" || /^$|module|javascript/i.test(e.type))
      .map((e) => e.outerHTML)
      .join("\n");
  return parts(sent) !== parts(now);
}

// patch makes the page what the server sends now. `sent` is changed to be like
// `now`, which is used up. It notes in `news` which live elements are new or
// were changed in place.
function patch(sent, now, news) {
  const live = twins.get(sent);
  patchAttributes(sent, now, live, news);
  const before = [...sent.childNodes], after = [...now.childNodes];
  const { like, differ } = align(before, after);
  const stays = new Set(like), gone = before.filter((_, i) => !stays.has(i));
  const changed = differ.map((j) => [before[like[j]], after[j]]);
  if ([...gone, ...changed.map(([old]) => old)].some((node) => !slotOf(node, live))) {
    rebuild(sent, now, live, news); // a script put something of its own in its place
    return;
  }
  for (const node of gone) {
    takeOut(node, live, before);
    node.remove();
    note(news.changed, live);
  }
  for (const [old, node] of changed) {
    if (old.nodeType === Node.ELEMENT_NODE) patch(old, node, news);
    else patchText(old, node, live, news);
  }
  let last = null; // the node before, as it was sent
  after.forEach((node, j) => {
    if (like[j] < 0) {
      insert(node, last, sent, live, news);
      last = node;
    } else {
      last = before[like[j]];
    }
  });
}

function note(list, node) {
  if (node?.nodeType === Node.ELEMENT_NODE) list.add(node);
}

// slotOf is the child of a live element in which a node stands: itself, or what
// a script wrapped it in.
function slotOf(node, parent) {
  let live = twins.get(node);
  while (live && live.parentNode !== parent) live = live.parentNode;
  return live;
}

function takeOut(node, parent, siblings) {
  const live = twins.get(node), slot = slotOf(node, parent);
  const shared = slot !== live && siblings.some((other) => other !== node && slot.contains(twins.get(other) ?? null));
  (shared ? live : slot).remove();
}

function insert(node, last, sent, parent, news) {
  const live = document.importNode(node, true);
  sent.insertBefore(node, last ? last.nextSibling : sent.firstChild);
  pair(node, live);
  const before = last && slotOf(last, parent);
  const behind = node.nextSibling && slotOf(node.nextSibling, parent);
  if (before) before.after(live);
  else parent.insertBefore(live, behind || (last ? null : parent.firstChild));
  note(news.added, live);
  note(news.changed, parent);
}

function rebuild(sent, now, live, news) {
  sent.replaceChildren(...now.childNodes);
  live.replaceChildren();
  for (const node of sent.childNodes) {
    const copy = document.importNode(node, true);
    pair(node, copy);
    live.append(copy);
    note(news.added, copy);
  }
  note(news.changed, live);
}

// patchText replaces only the letters that differ, so that a selection in the
// others stays.
function patchText(sent, now, parent, news) {
  const live = twins.get(sent);
  if (live.data === sent.data) {
    const from = sent.data, to = now.data;
    let start = 0, end = 0;
    while (start < from.length && from[start] === to[start]) start++;
    while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
    live.replaceData(start, from.length - start - end, to.slice(start, to.length - end));
  } else {
    live.data = now.data;
  }
  sent.data = now.data;
  note(news.changed, parent);
}

// patchAttributes changes what the server changed: a <details> that the reader
// opened stays open, a class that a script added stays.
function patchAttributes(sent, now, live, news) {
  const names = new Set([...sent.getAttributeNames(), ...now.getAttributeNames()]);
  for (const name of names) {
    const from = sent.getAttribute(name), to = now.getAttribute(name);
    if (from === to) continue;
    if (name === "class" && live.getAttribute(name) !== from) {
      live.classList.remove(...sent.classList);
      live.classList.add(...now.classList);
    } else if (name === "href" && to !== null && isStyle(sent)) {
      twins.set(sent, swapStyle(live, to));
    } else {
      copyAttribute(now, live, name);
    }
    copyAttribute(now, sent, name);
    note(news.changed, live);
  }
}

function copyAttribute(from, to, name) {
  const attribute = from.getAttributeNode(name);
  // As a node, since a page may have names that setAttribute refuses.
  if (attribute) to.setAttributeNode(to.ownerDocument.importNode(attribute));
  else to.removeAttribute(name);
}
