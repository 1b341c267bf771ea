// What the preview has to say stands in one element of its own behind the page,
// where the page's styles do not reach. All text goes in as text.

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// closedKey remembers the errors that were closed, so that they do not come
// again with every page.
const closedKey = "publish-closed";

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

class Panel {
  constructor() {
    // Hidden until its styles are there, so that nothing flickers by.
    this.host = element("publish-preview", { lang: "en", hidden: "" });
    const style = element("link", { rel: "stylesheet", href: own + "live.css" });
    style.addEventListener("load", () => this.host.removeAttribute("hidden"), { once: true });
    this.status = element("p", { role: "status", class: "status" });
    this.offered = element("p", { role: "status", class: "offer" });
    this.dock = element("div", { class: "dock" }, this.status, this.offered);
    this.sections = {};
    const shadow = this.host.attachShadow({ mode: "open" });
    shadow.append(style, element("div", { class: "all", role: "region", "aria-label": "preview" }, this.dock));
    this.addSection("errors", "alert");
    this.addSection("warnings", "region");
    this.addSection("doubts", "region");
    this.addSection("held", "region");
    document.documentElement.append(this.host);
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.closeAll();
    });
  }

  // A section is a button of the dock and the list that it opens. The one of
  // the errors is there from the start, empty: screen readers announce what
  // comes into it.
  addSection(name, role) {
    const list = element("section", { id: name, class: name, role, "aria-label": name, tabindex: "-1" });
    const button = element("button", { type: "button", class: name, "aria-expanded": "false", "aria-controls": name, hidden: "" });
    button.addEventListener("click", () => this.open(name, button.getAttribute("aria-expanded") !== "true"));
    this.dock.append(button);
    this.dock.before(list);
    this.sections[name] = { list, button, told: "" };
  }

  open(name, yes) {
    const { errors } = this.sections;
    if (name === "errors" && yes) sessionStorage.removeItem(closedKey);
    else if (errors.button.getAttribute("aria-expanded") === "true") sessionStorage.setItem(closedKey, errors.told);
    for (const [other, { list, button }] of Object.entries(this.sections)) {
      const shown = yes && other === name;
      button.setAttribute("aria-expanded", String(shown));
      list.classList.toggle("open", shown);
      if (other === "errors") list.replaceChildren(...(shown ? this.errors : []));
    }
  }

  closeAll() {
    for (const [name, { list, button }] of Object.entries(this.sections)) {
      if (button.getAttribute("aria-expanded") !== "true") continue;
      const inside = list.contains(this.host.shadowRoot.activeElement);
      this.open(name, false);
      if (inside) button.focus({ preventScroll: true });
    }
  }

  // hushed says that these very errors were closed, on this page or one before,
  // and that no others are open, which they would take the place of.
  hushed() {
    const { told, button } = this.sections.errors;
    return sessionStorage.getItem(closedKey) === told && button.getAttribute("aria-expanded") !== "true";
  }

  // fill shows a list and its label, and touches nothing where it is the same.
  fill(name, label, items, make) {
    const section = this.sections[name], told = JSON.stringify([label, items]);
    if (section.told === told) return false;
    section.told = told;
    section.button.textContent = label;
    section.button.hidden = items.length === 0;
    const title = element("h2", {}, label), close = element("button", { type: "button", class: "close" }, "Close");
    close.append(element("kbd", {}, "Esc"));
    close.addEventListener("click", () => {
      this.open(name, false);
      section.button.focus({ preventScroll: true });
    });
    const content = [element("header", {}, title, close), element("ul", {}, ...items.map((item) => element("li", {}, ...make(item))))];
    if (name === "errors") this.errors = content;
    else section.list.replaceChildren(...content);
    if (items.length === 0 && section.button.getAttribute("aria-expanded") === "true") this.open(name, false);
    return true;
  }

  // show tells what is so: errors at once over the page, the rest when asked.
  show(state, fault, doubts) {
    const message = ({ level, text }) => [element("pre", { class: level, tabindex: "0" }, ...linesOf(text))];
    const errors = [...state.errors, ...fault.filter((one) => !state.errors.some((other) => other.text === one.text))];
    const more = state.errorCount - state.errors.filter((one) => one.level === "error").length;
    const number = errors.filter((one) => one.level === "error").length + Math.max(0, more);
    const warnings = state.warnings.filter((one) => !doubts.some((other) => other.text === one.text));
    if (this.fill("errors", count(number, "error", "errors"), errors, message)) {
      if (errors.length === 0) sessionStorage.removeItem(closedKey);
      else if (!this.hushed()) this.open("errors", true);
    }
    this.fill("warnings", count(state.warningCount - state.warnings.length + warnings.length, "warning", "warnings"), warnings, message);
    const doubted = doubts.filter((one) => one.level !== "note").length;
    this.fill("doubts", doubted ? count(doubted, "doubt", "doubts") : "about this report", doubts, message);
    this.fill("held", `${state.heldCount} not public`, state.held, (held) => [
      held.path ? element("a", { href: addressOf(state.base, held.path) }, held.title) : element("strong", {}, held.title),
      element("span", { class: "reason" }, held.reason),
      element("code", {}, held.file),
    ]);
  }

  // offer shows a way to the page that was edited, and takes nothing away.
  offer(edited, base) {
    this.offered.replaceChildren();
    if (edited) this.offered.append("edited: ", element("a", { href: addressOf(base, edited.path) }, edited.title || edited.path));
  }

  connected(yes) {
    if (yes) {
      clearTimeout(this.soon);
      this.soon = undefined;
      this.status.textContent = "";
    } else {
      this.soon ??= setTimeout(() => (this.status.textContent = "not connected: is publish serve running?"), 1500);
    }
  }
}

// linesOf parts a message so that its words may wrap, and its excerpt may not:
// the caret stands below a letter. Together they are the text as it is.
function linesOf(text) {
  const lines = text.split(/(?<=\n)/);
  return lines.map((line) => element("span", line.startsWith("    ") ? { class: "excerpt" } : {}, line));
}

function addressOf(base, path) {
  return base + path.slice(1).split("/").map(encodeURIComponent).join("/");
}
