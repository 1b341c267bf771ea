// Comforts for who reads a report. The page is whole without them: whatever
// this adds is a button, a mark or a note beside the author's text. Its words
// stand on its own tag.
(function () {
  "use strict";
  const words = document.currentScript.dataset;
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }

  function button(text, act) {
    const element = make("button", "", text);
    element.type = "button";
    element.addEventListener("click", () => act(element));
    return element;
  }

  // The section that is read is marked in the table of contents: the last whose
  // heading has passed a line at a third of the window. The margin above makes
  // "has passed" and "is seen" one.
  let observer = null, mark = () => {};
  function markContents() {
    if (observer) observer.disconnect();
    const links = new Map(), passed = new Set();
    for (const link of all(".toc a[href^='#']")) {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (target) links.set(target, link);
    }
    mark = () => {
      let current = null;
      for (const [target, link] of links) {
        link.removeAttribute("aria-current");
        if (passed.has(target)) current = link;
      }
      // What was asked for is the current one while its heading is seen, although
      // those of short sections stand below it, or the page ends before it gets up.
      const asked = all(":target")[0], root = document.documentElement;
      const reached = passed.has(asked) || innerHeight + scrollY > root.scrollHeight - 2;
      if (links.has(asked) && reached && asked.getBoundingClientRect().top >= 0) current = links.get(asked);
      if (!current) return;
      current.setAttribute("aria-current", "location");
      const list = current.closest(".toc");
      if (list.scrollHeight > list.clientHeight) list.scrollTop = current.offsetTop - list.clientHeight / 2;
    };
    observer = new IntersectionObserver((entries) => {
      for (const entry of entries) passed[entry.isIntersecting ? "add" : "delete"](entry.target);
      mark();
    }, { rootMargin: "1000000px 0px -66% 0px" });
    for (const target of links.keys()) observer.observe(target);
  }
  for (const event of ["hashchange", "scrollend"]) addEventListener(event, () => mark());

  // Copying needs a page that came by https or from this machine.
  let status = null;
  function copy(element, text) {
    const label = element.dataset.label ??= element.textContent;
    navigator.clipboard.writeText(text).then(() => {
      if (!status) {
        status = make("p", "unseen");
        status.setAttribute("role", "status");
        document.body.append(status);
      }
      status.textContent = element.textContent = words.copied;
      setTimeout(() => {
        element.textContent = label;
        status.textContent = "";
      }, 2000);
    }, () => {});
  }

  // Code: its lines wrapped or not as the reader likes it, and a copy of it.
  function addTools(pre) {
    if (pre.closest(".code")) return;
    const tools = make("div", "tools");
    if (/.{60}/.test(pre.textContent)) {
      const wrapped = () => getComputedStyle(pre).whiteSpace === "pre-wrap";
      const wrap = button(words.wrap, () => {
        pre.dataset.wrap = wrapped() ? "off" : "on";
        wrap.setAttribute("aria-pressed", wrapped());
      });
      wrap.setAttribute("aria-pressed", wrapped());
      tools.append(wrap);
    }
    if (navigator.clipboard) tools.append(button(words.copy, (b) => copy(b, pre.textContent)));
    if (!tools.firstChild) return;
    const frame = make("div", "code");
    pre.replaceWith(frame);
    frame.append(pre, tools);
  }

  // An image opens over the page instead of leaving it. Esc closes it.
  function showImage(link, image) {
    const dialog = make("dialog", "full"), large = make("img"), caption = all("figcaption", link.parentNode)[0];
    large.src = link.href;
    large.alt = image.alt;
    dialog.setAttribute("aria-label", image.alt || link.ariaLabel || link.href);
    dialog.append(button(words.close, () => dialog.close()), large);
    if (caption) dialog.append(make("p", "", caption.textContent));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target === large) dialog.close();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus({ preventScroll: true });
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("figure > a"), image = link && link.querySelector("img");
    if (!image || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.pathname !== new URL(image.src).pathname) return; // where the author's own link leads
    event.preventDefault();
    showImage(link, image);
  });

  // Times in another zone stand beside those that the author wrote, and are
  // remembered until the tab is closed. Without storage, for this page.
  let zone = "";
  const storage = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };
  zone = storage((s) => s.getItem("publish-zone")) || "";

  function inZone(time, i, list) {
    const written = time.dateTime;
    if (!/T.*(Z|[+-]\d\d:?\d\d)$/.test(written) || isNaN(new Date(written))) return "";
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (i === list.length - 1) options.timeZoneName = "short"; // once for a span
    if (zone === "UTC") options.timeZone = zone;
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: options.timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    if (day.format(new Date(written)) !== written.slice(0, 10)) Object.assign(options, { day: "numeric", month: "short" });
    const language = document.documentElement.lang.replace(/^en$/, "en-GB"); // the day first, as on the page
    return new Intl.DateTimeFormat(language, options).format(new Date(written));
  }

  function showZone() {
    for (const old of all(".in-zone")) old.remove();
    for (const choice of all("[data-zone]")) choice.setAttribute("aria-pressed", choice.dataset.zone === zone);
    if (!zone) return;
    const rows = [];
    for (const event of all("[data-event][id]")) {
      const times = all("time", event.querySelector(".at") || event);
      const text = times.map(inZone).filter(Boolean).join(" – ");
      const at = event.querySelector(".at");
      if (text && at) at.after(make("small", "in-zone", text));
      else if (text) rows.push([event, times[0].textContent, text]);
    }
    const switches = all(".zones")[0];
    if (!rows.length || !switches) return;
    const list = make("ul", "in-zone"); // of the times in the author's text
    for (const [event, written, text] of rows) {
      const item = make("li"), link = make("a", "", written);
      link.href = "#" + encodeURIComponent(event.id);
      item.append(link, " ", make("span", "", text));
      list.append(item);
    }
    switches.after(list);
  }

  function choose(event) {
    const choice = event.target.closest("[data-zone]");
    if (choice) {
      zone = choice.dataset.zone;
      storage((s) => s.setItem("publish-zone", zone));
      showZone();
    }
    const cited = event.target.closest(".cite button");
    if (cited) copy(cited, cited.previousElementSibling.textContent.trim());
  }
  document.addEventListener("click", choose);

  // An event in the author's text gets the link that those of a list have when
  // it is pointed at. The keyboard finds its mark in the drawing.
  document.addEventListener("pointerover", ({ target }) => {
    const event = target.closest && target.closest("span[data-event][id]");
    if (!event || event.closest("a, pre") || event.querySelector("a")) return;
    const link = make("a", "permalink", "#");
    link.href = "#" + encodeURIComponent(event.id);
    link.setAttribute("aria-label", words.permalink.replace("{0}", event.textContent.trim()));
    event.append(link);
  });

  // Browsers that cannot do it by style open everything to print it.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const details of all("details:not([open])")) {
      details.open = true;
      opened.push(details);
    }
  });
  addEventListener("afterprint", () => {
    for (const details of opened.splice(0)) details.open = false;
  });

  // The preview changes pages in place, and says so.
  function dress() {
    if (!navigator.clipboard) for (const element of all(".cite button")) element.remove();
    all(".text pre").forEach(addTools);
    showZone();
    markContents();
  }
  document.addEventListener("publish:update", dress);
  dress();
})();
