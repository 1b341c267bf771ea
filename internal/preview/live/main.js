// The page that is shown, what it is told, and what it says.

const tag = document.currentScript, own = "/-publish/";
const shown = { path: tag.dataset.path, version: tag.dataset.version, root: snapshot(tag), step: 0 };
const told = { connected: true, state: undefined, fault: [], doubts: [] };
const tab = Math.random().toString(36).slice(2);

restorePlace();
const panel = new Panel();
const link = new Link(hear);

function hear(kind, data) {
  told.connected = kind !== "lost";
  panel.connected(told.connected);
  if (kind === "hello") {
    shown.step = 0; // another server may count anew
    told.state = undefined;
    takeState(data);
    ask();
  }
  if (kind === "state") {
    takeState(data);
    const elsewhere = data.edited && data.edited.path !== shown.path;
    panel.offer(elsewhere ? data.edited : undefined, data.base);
    if (document.visibilityState === "visible") ask();
  }
  if (kind === "page" && data.path === shown.path) {
    take(data);
    ask();
  }
}

function takeState(state) {
  if (told.state && state.number < told.state.number) return;
  told.state = state;
  panel.show(state, told.fault, told.doubts);
}

// ask tells the server what is shown, and takes what it answers. Nothing that
// happened while the page was not connected is lost: it says which version it
// shows.
async function ask() {
  if (ask.running) {
    ask.again = true;
    return;
  }
  ask.running = true;
  try {
    do {
      ask.again = false;
      const data = await question();
      if (data && link.isOpen) answer(data);
    } while (ask.again && link.isOpen);
  } finally {
    ask.running = false;
  }
}

// question gives the server's answer, undefined if there is none. A connection
// may have died in its sleep, or stay silent: the server is asked again soon;
// when it is away, once it says hello.
async function question() {
  clearTimeout(question.soon);
  const body = JSON.stringify({
    tab, path: shown.path, at: location.pathname, version: shown.version,
    visible: document.visibilityState === "visible", assets: assetPaths(),
  });
  try {
    const response = await fetch(own + "page", { method: "POST", body, signal: AbortSignal.timeout(5000) });
    return response.ok ? await response.json() : undefined;
  } catch {
    question.soon = setTimeout(() => told.connected && link.isOpen && ask(), 300);
  }
}

function answer(data) {
  if (data.reload) {
    reload(`another page ${data.state.number}`);
    return;
  }
  told.fault = data.fault ?? [];
  told.doubts = data.doubts ?? [];
  takeState(data.state);
  panel.show(told.state, told.fault, told.doubts);
  take(data);
  if (takeAssets(data.assets ?? {}, shown.root)) reload(JSON.stringify(data.assets));
  panel.host.dataset.version = shown.version; // for programs that drive the browser
}

// take shows a version of the page, unless a newer one is shown already.
function take({ version, html, step }) {
  if (step < shown.step || version === shown.version) return;
  shown.step = step;
  const [hash, generation] = version.split("."), [oldHash, oldGeneration] = shown.version.split(".");
  if (Number(generation) > Number(oldGeneration) || (oldHash === "fault" && hash !== "fault")) {
    reload(version);
    return;
  }
  if (hash !== oldHash) {
    if (html === undefined) return;
    const now = parse(html);
    if (mustReload(shown.root, now)) {
      reload(version);
      return;
    }
    try {
      update(now);
    } catch {
      reload(version); // a script of the page may have made it what it cannot be
      return;
    }
    ask(); // it shows another version now
  }
  shown.version = version;
}

function update(now) {
  const news = { added: new Set(), changed: new Set() };
  keepingPlace(() => patch(shown.root, now, news));
  freshen(shown.root);
  const detail = { added: [...news.added], changed: [...news.changed] };
  document.dispatchEvent(new CustomEvent("publish:update", { detail }));
}

// reload loads the page anew, once for each reason: a page that is not right
// after that would be loaded for ever.
function reload(reason) {
  const key = "publish-reload", why = `${location.pathname} ${reason}`;
  if (reload.done || sessionStorage.getItem(key) === why) return;
  reload.done = true;
  sessionStorage.setItem(key, why);
  savePlace();
  location.reload();
}

addEventListener("pagehide", () => {
  link.close();
  navigator.sendBeacon(own + "page", JSON.stringify({ tab, gone: true }));
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  reload.done = false;
  link.open();
  ask();
});
document.addEventListener("visibilitychange", () => {
  const visible = document.visibilityState === "visible";
  link.seen(visible);
  if (visible) ask();
});
document.addEventListener("resume", () => {
  link.woken();
  ask();
});
setInterval(() => link.isOpen && ask(), 30000);
link.open();
ask();
