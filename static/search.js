// The search page. The index comes as scripts that call publishSearch, so that
// it also works on pages opened from disk; package search (internal/search)
// writes it and says how. What is above "The page" follows the same rules as
// words.go and stem.go there: change both or neither. It is one file, since each
// file more is a request more before the first answer. In order: words, stems,
// the index, the query, the answer, excerpts, the page.
"use strict";
(() => {
  const stop = new Set((
    "the and of to in on at by for from with as is was are were be been it its this that these those an or not " +
    "we our us you your they their he she his her which who what when where why how did does do had has have " +
    "but if so than then there here also into about after before during while all any some more can could will would " +
    "le la les un une des du de et ou en au aux dans par pour sur avec sans ce cet cette ces que qui quoi dont " +
    "est ete etait etaient sont a ont avait avaient nous notre nos vous votre vos ils elles il elle se sa son ses " +
    "ne pas plus mais donc comme lors apres avant pendant afin ainsi").split(" "));
  const elided = new Set("l d j m t s c n qu jusqu lorsqu puisqu quoiqu presqu quelqu".split(" "));
  const letters = { "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ς": "σ", "’": "'", "ʼ": "'" };
  const fold = (s) => s.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u3099\u309a\u2044]/g, "").replace(/[œæßøłđς’ʼ]/g, (c) => letters[c]);
  const unspaced = (c) => { const n = c.codePointAt(0); return n >= 0x2e80 && n <= 0x9fff || n >= 0xf900 && n <= 0xfaff || n >= 0x20000; };

  // Gives each word of a text to emit, with its place in the text.
  function words(text, emit) {
    let joined = "", parts = 0, digit = false, from = 0, end = 0;
    const give = (w, a, b) => {
      if (w.length < 2 || new TextEncoder().encode(w).length > 40 || stop.has(w) || /^[0-9][0-9]$/.test(w)) return;
      emit(w, a, b);
    };
    const join = () => {
      if (parts > 1 && digit && joined.length >= 4 && joined.length <= 32) emit(joined, from, end);
      joined = ""; parts = 0; digit = false;
    };
    const part = (p, a, b, same) => {
      parts++;
      joined += p;
      digit = digit || /[0-9]/.test(p);
      if (/^[\x00-\x7f]*$/.test(p)) return give(p, a, b);
      const chars = [...p];
      for (let i = 0, at = 0; i < chars.length;) {
        const kind = unspaced(chars[i]);
        let j = i + 1, run = chars[i];
        while (j < chars.length && unspaced(chars[j]) === kind) {
          if (kind) emit(chars[j - 1] + chars[j], same ? a + at + run.length - chars[j - 1].length : a, same ? a + at + run.length + chars[j].length : b);
          run += chars[j++];
        }
        if (!kind) give(run, same ? a + at : a, same ? a + at + run.length : b);
        else if (j === i + 1) emit(run, same ? a + at : a, same ? a + at + run.length : b);
        at += run.length; i = j;
      }
    };
    for (const m of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’ʼ](?!ʼ)[\p{L}\p{N}\p{M}]+)*/gu)) {
      if (parts && !(m.index === end + 1 && "-._".includes(text[end]))) join();
      if (!parts) from = m.index;
      end = m.index + m[0].length;
      let list = fold(m[0]).split("'");
      while (list.length > 1 && elided.has(list[0])) list.shift();
      while (list.length > 1 && new TextEncoder().encode(list[list.length - 1]).length <= 2) list.pop();
      const same = list.length === 1 && list[0].length === m[0].length;
      for (const p of list) if (p) part(p, m.index, end, same);
    }
    join();
  }

  const ends = (w, ...list) => list.some((e) => w.endsWith(e));
  const cut = (w, n) => w.slice(0, w.length - n);
  const vowelBefore = (w, n) => w.length >= n + 3 && /[aeiouy]/.test(cut(w, n));
  const undouble = (w) => w.length > 3 && w.at(-1) === w.at(-2) && !"aeioulsz".includes(w.at(-1)) ? cut(w, 1) : w;
  const frenchEndings = ["issement", "issaient", "issait", "issant", "issent",
    "ement", "ation", "aient", "erait", "eront", "era", "ait", "ant", "ees", "ee", "er", "ir", "ez", "e"];
  const stemmers = {
    en(w) {
      if (w.endsWith("ies") && w.length > 4) w = cut(w, 2);
      else if (ends(w, "sses", "shes", "ches", "xes", "zzes")) w = cut(w, 2);
      else if (w.endsWith("s") && !ends(w, "ss", "us", "is")) w = cut(w, 1);
      if (w.endsWith("ied") && w.length > 4) w = cut(w, 2);
      else if (w.endsWith("ing") && vowelBefore(w, 3)) w = undouble(cut(w, 3));
      else if (w.endsWith("ed") && !w.endsWith("eed") && vowelBefore(w, 2)) w = undouble(cut(w, 2));
      if (w.endsWith("ment") && w.length > 8) w = cut(w, 4);
      else if (ends(w, "tion", "sion") && w.length > 6) w = cut(w, 3);
      else if (w.endsWith("ly") && w.length > 5) w = cut(w, 2);
      if (w.endsWith("e") && w.length > 4) w = cut(w, 1);
      if (w.endsWith("at") && w.length > 7) w = cut(w, 2);
      if (w.endsWith("y") && w.length > 3) w = cut(w, 1) + "i";
      return w;
    },
    fr(w) {
      if (w.endsWith("eaux")) w = cut(w, 1);
      else if (w.endsWith("aux") && w.length > 5) w = cut(w, 2) + "l";
      else if (ends(w, "s", "x") && !w.endsWith("ss")) w = cut(w, 1);
      const ending = frenchEndings.find((e) => w.endsWith(e) && w.length - e.length >= 4);
      if (ending) w = cut(w, ending.length);
      if (w.endsWith("e") && w.length > 4) w = cut(w, 1);
      w = undouble(w);
      return w.endsWith("y") ? cut(w, 1) + "i" : w;
    },
  };
  function stem(lang, w) {
    const stemmer = stemmers[lang];
    if (!stemmer || !/^[a-z]{4,}$/.test(w)) return w;
    const s = stemmer(w);
    return s.length < 3 || s.slice(0, 3) !== w.slice(0, 3) ? w : s;
  }
  const stems = (w) => [...new Set([w, stem("en", w), stem("fr", w)])];

  // One edit apart: a letter more, less, another, or two exchanged.
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 1 || a === b) return false;
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    const [x, y] = [a.slice(i), b.slice(i)];
    return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) ||
      x.length > 1 && x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
  }

  const form = document.querySelector("form[data-files]");
  // For tests: what has to agree with the index.
  window.publishWords = { words: (t) => { const l = []; words(t, (w) => l.push(w)); return l; }, stem, near, stop };
  if (!form) return;

  // The index.
  const { files } = form.dataset;
  const [shards, byLetters, count, perFile] = ["shards", "letters", "count", "perFile"].map((k) => +form.dataset[k]);
  const loaded = new Map(), waiting = new Map();
  window.publishSearch = (data) => {
    waiting.get(document.currentScript)?.(data);
    waiting.delete(document.currentScript);
  };
  function load(url) {
    if (!loaded.has(url)) {
      loaded.set(url, new Promise((resolve, reject) => {
        const s = document.createElement("script");
        waiting.set(s, resolve);
        s.onload = s.onerror = () => {
          s.remove();
          if (!waiting.delete(s)) return; // it has given what it holds
          loaded.delete(url); // missing, or another answer in its place
          reject(new Error(url));
        };
        s.src = url;
        document.head.append(s);
      }));
    }
    return loaded.get(url);
  }
  function shardOf(word) {
    let n = word.includes(":") ? Infinity : byLetters, hash = 2166136261;
    for (const c of word) {
      if (--n < 0) break;
      hash = Math.imul(hash ^ c.codePointAt(0), 16777619);
    }
    return ((hash ^ hash >>> 13) & shards - 1) >>> 0;
  }
  async function shard(word) {
    const list = await load(files + "words-" + shardOf(word) + ".js");
    if (!list.byStem) {
      list.byStem = new Map();
      for (let i = 0; i < list.length; i += 3) {
        const s = list[i];
        list.byStem.set(s, { stem: s, numbers: list[i + 1],
          forms: list[i + 2] ? list[i + 2].split(",").map((f) => { const n = parseInt(f, 10); return s.slice(0, n) + f.slice(String(n).length); }) : [s] });
      }
    }
    return list.byStem;
  }
  function documents(entry) {
    if (!entry.list) {
      entry.list = [];
      let n = 0, doc = 0;
      for (let i = 0; i < entry.numbers.length; i++) {
        let d = entry.numbers.charCodeAt(i) - 35;
        if (d > 57) d--;
        if (d >= 60) { n = n * 30 + d - 60; continue; }
        n = n * 60 + d;
        doc += n >> 3;
        entry.list.push([doc++, n & 7]);
        n = 0;
      }
    }
    return entry.list;
  }

  // How much a word weighs by where it stands (text, summary, heading, title),
  // once or often.
  const weights = [1, 1.5, 2.2, 2.6, 3, 3.4, 6, 6.5];

  // What is known of one word of the query: the stems that it may mean, and the
  // documents with their weights.
  async function look(word, open) {
    const found = { stems: new Set(), documents: new Map(), exact: 0, idf: 0 };
    const take = (entry, quality) => {
      if (found.stems.has(entry.stem)) return;
      found.stems.add(entry.stem);
      for (const [doc, w] of documents(entry)) {
        found.documents.set(doc, Math.max(found.documents.get(doc) || 0, weights[w] * quality));
      }
    };
    const search = (map, quality, is) => { for (const e of map.values()) if (!e.stem.includes(":") && e.forms.some(is)) take(e, quality); };
    const map = await shard(word);
    for (const s of stems(word)) if (map.has(s)) take(map.get(s), 1);
    found.exact = found.documents.size;
    if (open && [...word].length >= byLetters) search(map, .6, (f) => f.startsWith(word));
    if (found.documents.size < 3 && word.length >= 4) {
      search(map, .35, (f) => near(f, word));
      if (!found.documents.size) {
        const others = new Map();
        for (let i = 0; i < 3; i++) {
          for (const w of [word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2), word.slice(0, i) + word.slice(i + 1)]) others.set(shardOf(w), w);
        }
        others.delete(shardOf(word));
        for (const m of await Promise.all([...others.values()].slice(0, 4).map(shard))) search(m, .35, (f) => near(f, word));
      }
    }
    found.idf = Math.log(1 + count / Math.max(1, found.documents.size));
    return found;
  }

  const kinds = new Map(Object.entries({ service: "service", services: "service", severity: "severity", gravite: "severity", year: "year", annee: "year" }));
  // Of what somebody pasted, as much as makes a question: each word may be a file to load.
  const mostText = 1000, mostWords = 24;
  function parse(text) {
    const query = { filters: [], phrases: [], words: [], open: "" };
    text = text.slice(0, mostText);
    const list = (t) => { const l = []; words(t, (w) => l.push(w)); return l; };
    text = text.replace(/(\p{L}+):\s?("[^"]*"?|\S+)/gu, (all, kind, value) => {
      kind = kinds.get(fold(kind));
      if (!kind) return all;
      value = fold(value).split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean).join("-");
      if (value) query.filters.push(kind + ":" + value);
      return " ";
    });
    text = text.replace(/"([^"]+)"|«([^»]+)»|“([^”]+)”/g, (...m) => {
      const said = list(m[1] || m[2] || m[3]);
      if (said.length > 1) query.phrases.push(said);
      query.words.push(...said);
      return " ";
    });
    const rest = list(text);
    if (rest.length && /[\p{L}\p{N}\p{M}]$/u.test(text)) query.open = rest.at(-1);
    query.words = [...new Set(query.words.concat(rest))].slice(0, mostWords);
    query.filters = [...new Set(query.filters)].slice(0, mostWords);
    return query;
  }

  // The documents that are translations of the one before them, or of that one's.
  async function translations() {
    if (!("translated" in form.dataset)) return new Set();
    return new Set(documents((await shard("is:translation")).get("is:translation") || { numbers: "" }).map((d) => d[0]));
  }

  // The documents that filters leave: a report has one year and one severity, so
  // that two of these widen the choice; services narrow it.
  async function narrowed(filters) {
    const sets = new Map();
    for (const f of filters) {
      const kind = f.startsWith("service:") ? f : f.split(":")[0], set = sets.get(kind) || new Set();
      for (const [doc] of documents((await shard(f)).get(f) || { numbers: "" })) set.add(doc);
      sets.set(kind, set);
    }
    return [...sets.values()];
  }

  // Every document that has something of the query, the best first.
  async function find(query) {
    const [found, filters] = await Promise.all([
      Promise.all(query.words.map((w) => look(w, w === query.open))),
      narrowed(query.filters),
    ]);
    let scores = new Map();
    if (!found.length && filters.length) for (const doc of filters[0]) scores.set(doc, 1);
    const all = found.reduce((sum, f) => sum + f.idf, 0);
    const met = new Map();
    for (const f of found) {
      for (const [doc, w] of f.documents) {
        scores.set(doc, (scores.get(doc) || 0) + w * f.idf);
        met.set(doc, (met.get(doc) || 0) + f.idf);
      }
    }
    const phrase = new Set(query.phrases.flat());
    const must = found.filter((_, i) => phrase.has(query.words[i]));
    const list = [];
    for (const [doc, score] of scores) {
      if (filters.some((f) => !f.has(doc)) || must.some((f) => !f.documents.has(doc))) continue;
      const share = found.length ? met.get(doc) / all : 1;
      list.push([score * share * share, doc, share]);
    }
    // A report and its translations are one answer: the one that fits best.
    const translated = await translations(), best = new Map();
    for (const l of list) {
      let of = l[1];
      while (translated.has(of)) of--;
      const other = best.get(of);
      if (!other || l[0] > other[0] || l[0] === other[0] && l[1] === of) best.set(of, l);
    }
    list.splice(0, list.length, ...best.values());
    list.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
    // Where some have all words, those that have hardly any are no answer.
    const least = list.length && Math.max(...list.map((l) => l[2])) > .99 ? .5 : 0;
    return { found, list: list.filter((l) => l[2] > least).map((l) => l[1]) };
  }

  const card = async (doc) => (await load(files + "cards-" + Math.floor(doc / perFile) + ".js"))[doc % perFile];
  const textOf = (url) => load(url.replace(/index\.html$/, "").replace(/\.html$/, ".").replace(/([^/.])$/, "$1.") + "text.js");

  // Where words of the query stand in a text: [which word, from, to].
  function places(text, lang, found) {
    const hits = [];
    words(text, (w, a, b) => {
      const s = stem((lang || "").toLowerCase().split("-")[0], w);
      const i = found.findIndex((f) => f.stems.has(s) || f.stems.has(w));
      if (i >= 0) hits.push([i, a, b]);
    });
    return hits;
  }
  function says(sections, lang, phrase) {
    const tag = (lang || "").toLowerCase().split("-")[0], want = phrase.map((w) => stem(tag, w)).join(" ");
    return sections.some(([, heading, text]) => [heading, text].some((t) => {
      const l = [];
      words(t, (w) => l.push(stem(tag, w)));
      return (" " + l.join(" ") + " ").includes(" " + want + " ");
    }));
  }

  // The part of a page that answers best, and the stretch of its text to show.
  function excerpt(sections, lang, found) {
    let best = null;
    for (const [id, heading, text] of sections) {
      const inText = places(text, lang, found), inHeading = new Set(places(heading, lang, found).map((h) => h[0]));
      let at = 0, most = new Set();
      for (let i = 0; i < inText.length; i++) {
        const near = new Set();
        for (let j = i; j < inText.length && inText[j][2] - inText[i][1] < 180; j++) near.add(inText[j][0]);
        if (near.size > most.size) [most, at] = [near, inText[i][1]];
      }
      let score = 0;
      found.forEach((f, i) => { score += f.idf * ((inHeading.has(i) ? 2 : 0) + (most.has(i) ? 1 : 0)); });
      if (!best || score > best.score) best = { score, id, heading, text, at };
    }
    if (!best) return null;
    let from = Math.max(0, best.at - 60), to = Math.min(best.text.length, from + 240);
    if (from > 0) from = (best.text.indexOf(" ", from) + 1) || from;
    if (to < best.text.length) to = best.text.lastIndexOf(" ", to) > best.at ? best.text.lastIndexOf(" ", to) : to;
    return { id: best.score ? best.id : "", heading: best.score ? best.heading : "",
      text: (from > 0 ? "… " : "") + best.text.slice(from, to).replace(/\s+/g, " ").trim() + (to < best.text.length ? " …" : "") };
  }

  // The page.
  const input = form.elements.q, status = document.getElementById("search-status");
  const results = document.getElementById("search-results"), more = document.getElementById("search-more");
  const say = (key, n) => { status.textContent = key ? form.dataset[key].replace("{0}", n) : ""; };
  const element = (name, className, text) => {
    const e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  };
  // Days are kept whole, as on the other pages (unbroken, in internal/render).
  function marked(e, text, lang, found) {
    const marks = places(text, lang, found).sort((x, y) => x[1] - y[1] || y[2] - x[2]);
    let last = 0;
    const fill = (e, end) => {
      for (let [, a, b] of marks) {
        a = Math.max(a, last);
        b = Math.min(b, end);
        if (a >= b) continue;
        e.append(text.slice(last, a), element("mark", "", text.slice(a, b)));
        last = b;
      }
      e.append(text.slice(last, end));
      last = end;
      return e;
    };
    for (const { 0: m, index } of text.matchAll(/[0-9a-z]+(-[0-9a-z]+)+/gi)) {
      if (m.length > 13 || !/\d-\d/.test(m)) continue;
      fill(e, index);
      e.append(fill(element("span", "whole"), index + m.length));
    }
    return fill(e, text.length);
  }
  function show([url, title, lang, day, date, kind, severity, rank, services, id], sections, found) {
    const part = sections && excerpt(sections, lang, found);
    const li = element("li", "entry"), a = element("a", "title"), about = element("p", "about");
    a.href = url + (part && part.id ? "#" + encodeURIComponent(part.id) : "");
    if (lang && lang !== document.documentElement.lang) {
      li.lang = a.hreflang = lang;
      a.dir = "auto";
    }
    marked(a, title, lang, found);
    if (date) {
      const t = element("time", "", date);
      t.dateTime = day;
      about.append(t);
    }
    if (severity) {
      const s = element("span", "severity", severity);
      s.dataset.severity = id;
      s.dataset.rank = rank;
      about.append(" ", s);
    }
    if (kind) about.append(" ", element("span", "kind", kind));
    if (services) about.append(" ", element("span", "service", services));
    about.lang = document.documentElement.lang;
    li.append(a, about);
    if (part) {
      const p = element("p", "excerpt");
      if (part.heading) p.append(marked(element("b"), part.heading, lang, found), " ");
      li.append(marked(p, part.text, lang, found));
    }
    return li;
  }

  const perPage = 8;
  let turn = 0;
  async function run() {
    const mine = turn + 1;
    await answer();
    if (mine === turn) results.removeAttribute("aria-busy");
  }
  async function answer() {
    results.setAttribute("aria-busy", "true");
    const mine = ++turn, text = input.value, query = parse(text);
    const address = new URL(location.href);
    if (text.trim()) address.searchParams.set("q", text.trim().slice(0, mostText)); else address.searchParams.delete("q");
    try { history.replaceState(null, "", address); } catch { /* a page opened from disk keeps its address */ }
    if (!query.words.length && !query.filters.length) {
      results.replaceChildren();
      more.hidden = true;
      return say([...text.trim()].length > 1 ? "none" : ""); // who has typed one letter goes on
    }
    try {
      const { found, list } = await find(query);
      if (mine !== turn) return;
      await page(mine, query, found, list, 0, []);
    } catch {
      if (mine === turn) fail();
    }
  }
  function fail() {
    results.replaceChildren();
    more.hidden = true;
    say("failed");
  }
  // Adds the next results. A phrase shows only in the texts, so these are read
  // in the order of the results, and as few as will do.
  async function page(mine, query, found, list, from, before) {
    const items = [];
    let i = from;
    while (i < list.length && items.length < perPage && i < from + 4 * perPage) {
      const some = list.slice(i, i + perPage - items.length);
      i += some.length;
      const cards = await Promise.all(some.map(card));
      const texts = await Promise.all(cards.map((c) => c && textOf(c[0]).catch(() => null)));
      if (mine !== turn) return;
      cards.forEach((c, j) => {
        if (!c || query.phrases.some((p) => !says([["", c[1], ""], ...(texts[j] || [])], c[2], p))) return;
        items.push(show(c, texts[j], found));
      });
    }
    const first = items[0];
    results.replaceChildren(...before, ...items);
    more.hidden = i >= list.length;
    more.onclick = async () => {
      more.hidden = true;
      try {
        await page(mine, query, found, list, i, [...results.children]);
      } catch {
        if (mine === turn) fail();
        return;
      }
      results.children[before.length + items.length]?.querySelector("a").focus();
    };
    if (!results.children.length) return say("none");
    if (first && !before.length) say("results", query.phrases.length ? items.length + (more.hidden ? "" : "+") : list.length);
  }

  let timer = 0;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 80); });
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    clearTimeout(timer);
    await run();
    results.querySelector("a")?.click();
  });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const links = [input, ...results.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    if (at < 0) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      const next = links[at + (e.key === "ArrowDown" ? 1 : -1)];
      if (next) { next.focus(); e.preventDefault(); }
    } else if (e.key === "Escape") {
      if (at === 0) { input.value = ""; run(); } else input.focus();
      e.preventDefault();
    }
  });
  const start = () => {
    input.value = new URL(location.href).searchParams.get("q") || "";
    run();
  };
  window.addEventListener("popstate", start);
  form.hidden = false;
  start();
  // Who comes by a link of the site wants to type. Anybody else finds the page as any other, with the links to skip to first.
  if (!location.hash && document.referrer.startsWith(location.origin)) input.focus();
})();
