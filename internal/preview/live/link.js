// One connection for all tabs: the one that holds the lock listens to the server
// and passes on what it hears. Browsers allow six connections to a server, and
// a seventh tab would wait for ever. Where there are no locks (addresses without
// TLS that are not this machine), each visible tab listens for itself.
//
// A connection that is closed when the page is left keeps the page fit for the
// back-forward cache.

class Link {
  // hear is called with the kind of an event and its data. "lost" says that the
  // server does not answer.
  constructor(hear) {
    this.hear = hear;
    this.shared = Boolean(navigator.locks && window.BroadcastChannel);
  }

  open() {
    if (this.isOpen) return;
    this.isOpen = true;
    if (!this.shared) {
      if (document.visibilityState === "visible") this.listen();
      return;
    }
    this.channel = new BroadcastChannel("publish-preview");
    this.channel.onmessage = ({ data }) => this.hear(data.kind, data.data);
    this.waiting = new AbortController();
    const lead = () => {
      if (!this.isOpen) return;
      this.listen();
      return new Promise((release) => (this.release = release));
    };
    navigator.locks.request("publish-preview", { signal: this.waiting.signal }, lead).catch(() => {});
  }

  close() {
    this.isOpen = false;
    this.mute();
    this.waiting?.abort();
    this.release?.();
    this.channel?.close();
    this.release = this.channel = this.waiting = undefined;
  }

  // seen says that the page came before somebody's eyes, or went.
  seen(visible) {
    if (!this.isOpen || this.shared) return;
    if (visible) this.listen();
    else this.mute();
  }

  // woken says that the browser let the page sleep: its connection may have died
  // meanwhile without a word.
  woken() {
    if (this.source) this.listen();
  }

  listen() {
    this.mute();
    this.source = new EventSource(own + "events");
    for (const kind of ["hello", "state", "page", "pulse"]) {
      this.source.addEventListener(kind, (event) => this.pass(kind, JSON.parse(event.data)));
    }
    this.source.onerror = () => {
      const refused = this.source.readyState === EventSource.CLOSED; // else the browser tries again by itself
      this.pass("lost");
      if (refused) this.again = setTimeout(() => this.listen(), 2000);
    };
    this.pass("lost"); // until it says hello
    // So may it while the whole machine sleeps, which nobody tells the page.
    this.watch = setInterval(() => {
      if (performance.now() - this.heard > 40000) this.listen();
    }, 10000);
  }

  mute() {
    clearTimeout(this.again);
    clearInterval(this.watch);
    this.source?.close();
    this.source = undefined;
  }

  pass(kind, data) {
    this.heard = performance.now();
    this.hear(kind, data);
    this.channel?.postMessage({ kind, data });
  }
}
