// Filters by service, severity, year and tag, on the pages that link their
// terms. The address holds what was chosen (?service=api&severity=sev1), so it
// can be shared and the browser's Back undoes a choice. Of one kind any of the
// chosen terms will do; of several kinds each is asked for. The rows are those
// of the archive: on its own page they are at hand, on the home page they are
// fetched when somebody is about to filter. Where that fails, as from a disk,
// the archive is opened instead; and without this script every link leads to
// the page of its term.
(() => {
  "use strict";
  const nav = document.querySelector(".facets"), bar = document.querySelector(".filter");
  if (!nav || !bar) return;
  const kinds = ["service", "severity", "tag", "year"];
  const links = [...nav.querySelectorAll("a[data-term]")];
  for (const a of links) a.dataset.all = countOf(a).textContent;
  const list = document.querySelector("[data-list]"); // the home page's own
  const archive = list && new URL(list.dataset.list, location.href);
  const [status, chips, clear] = bar.children;
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const counted = n => bar.dataset[plural.select(n) === "one" ? "singular" : "plural"].replace(/\d+/, number.format(n));
  let found = null; // where the home page shows what was found
  let loading = null;
  let kept = null; // what was chosen, where the address cannot hold it

  function countOf(a) { return a.parentNode.querySelector(".count"); }

  // What the address asks for: ["service:api", "severity:sev1"]. Terms are small
  // letters in one form of Unicode; who writes an address need not know.
  function chosen() {
    const asked = kept || new URLSearchParams(location.search);
    return kinds.flatMap(kind => [...new Set(asked.getAll(kind).map(slug => slug.normalize("NFC").toLowerCase()))].filter(Boolean).map(slug => kind + ":" + slug));
  }

  function choose(terms) {
    const query = new URLSearchParams(kept || location.search);
    for (const kind of kinds) query.delete(kind);
    for (const term of terms) query.append(...split(term));
    const text = query.toString();
    try {
      history.pushState(null, "", text ? "?" + text : location.pathname);
      kept = null;
    } catch {
      kept = query; // some browsers leave a page that was opened from disk its address
    }
    return apply();
  }

  function split(term) {
    const at = term.indexOf(":");
    return [term.slice(0, at), term.slice(at + 1)];
  }

  // The rows of the archive with their terms.
  function rows() {
    const read = page => [...page.querySelectorAll(".archive tr[data-terms]")].map(row => ({ row, terms: new Set(row.dataset.terms.split(" ")) }));
    loading ??= list
      ? fetch(archive).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status))
        .then(text => read(new DOMParser().parseFromString(text, "text/html")))
      : Promise.resolve(read(document));
    return loading;
  }

  // Whether a row has what is asked for of every kind but one.
  function fits(terms, asked, but) {
    return kinds.every(kind => {
      const of = asked.filter(term => kind !== but && term.startsWith(kind + ":"));
      return !of.length || of.some(term => terms.has(term));
    });
  }

  async function apply() {
    let all = [];
    if (chosen().length) {
      try { all = await rows(); } catch {
        loading = null;
        if (list) location.href = archive.href.split("?")[0] + (kept ? "?" + kept : location.search);
        return;
      }
    }
    const asked = chosen(); // it may have changed meanwhile
    const hits = asked.length ? all.filter(r => fits(r.terms, asked)) : all;
    if (list) showList(asked, hits); else showRows(asked.length ? new Set(hits.map(r => r.row)) : null);
    for (const a of links) {
      const term = a.dataset.term, [kind] = split(term);
      if (asked.includes(term)) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
      countOf(a).textContent = asked.length
        ? number.format(all.filter(r => r.terms.has(term) && fits(r.terms, asked, kind)).length) : a.dataset.all;
    }
    chips.replaceChildren(...asked.map(chip));
    bar.hidden = !asked.length;
    status.textContent = asked.length ? counted(hits.length) : "";
  }

  // A chosen term, which a click takes away.
  function chip(term) {
    const item = document.createElement("li"), button = item.appendChild(document.createElement("button"));
    const link = links.find(a => a.dataset.term === term), name = link ? link.textContent : split(term)[1];
    button.type = "button";
    button.textContent = name;
    button.setAttribute("aria-label", bar.dataset.remove.replace("{0}", () => name));
    button.addEventListener("click", async () => {
      await choose(chosen().filter(other => other !== term));
      (bar.hidden ? nav.querySelector("summary") : status).focus();
    });
    return item;
  }

  // The archive: its own rows, and years with nothing left go.
  function showRows(hits) {
    for (const body of document.querySelectorAll(".archive tbody")) {
      const [head, ...rest] = body.rows;
      for (const row of rest) row.hidden = hits && !hits.has(row);
      const n = rest.filter(row => !row.hidden).length;
      body.hidden = !n;
      head.querySelector(".count").textContent = counted(n);
    }
  }

  // The home page: a list in the place of its own.
  function showList(asked, hits) {
    if (!found) {
      found = document.createElement("div");
      list.before(found);
    }
    const parts = [];
    let year = "";
    for (const { row } of hits) {
      const name = row.closest("tbody").querySelector(".year a").textContent;
      if (name !== year) {
        const part = make("section", "year", make("h2", "", year = name), make("ol", "entries dated"));
        parts.push(part);
      }
      parts.at(-1).lastChild.append(entry(row));
    }
    found.replaceChildren(...parts);
    list.hidden = asked.length > 0;
    found.hidden = !list.hidden;
    for (const other of document.querySelectorAll("main > .open, main > .calendar")) other.hidden = asked.length > 0;
  }

  // A row of the archive as a line of a list. Its first cells are the day, the
  // title and the severity; it ends with the state.
  function entry(row) {
    const [day, title, severity, services, duration, , state] = [...row.cells].map(cell => document.importNode(cell, true));
    const link = title.querySelector("a"), about = make("p", "about", ...day.childNodes);
    link.className = "title";
    for (const cell of [severity, state]) about.append(" ", ...cell.childNodes);
    if (services.textContent) about.append(" ", make("span", "service", services.textContent));
    if (duration.textContent) about.append(" ", make("span", "duration", duration.textContent));
    const item = make("li", "entry", make("div", "what", link, about));
    for (const a of item.querySelectorAll("a")) a.href = new URL(a.getAttribute("href"), archive).href;
    return item;
  }

  function make(name, style, ...children) {
    const made = document.createElement(name);
    if (style) made.className = style;
    made.append(...children);
    return made;
  }

  nav.addEventListener("click", event => {
    const a = event.target.closest("a[data-term]");
    if (!a || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const asked = chosen(), term = a.dataset.term;
    choose(asked.includes(term) ? asked.filter(other => other !== term) : [...asked, term]);
  });
  clear.addEventListener("click", async () => {
    await choose([]);
    nav.querySelector("summary").focus();
  });
  for (const early of ["pointerover", "focusin"])
    nav.addEventListener(early, () => rows().catch(() => { loading = null; }), { once: true });
  addEventListener("popstate", () => { kept = null; apply(); });
  if (chosen().length) apply();
})();
