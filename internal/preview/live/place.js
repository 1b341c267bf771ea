// Where the reader is: what is before the eyes stays there.

const blocks = ":is(h1, h2, h3, h4, h5, h6, p, li, pre, tr, figure, dt, dd, blockquote, summary)";

// inView lists the first blocks of the text that can be seen.
function inView(most) {
  const found = [];
  if (scrollY === 0) return found; // at the top one wants to stay there
  for (const element of document.querySelectorAll(`main ${blocks}, body > ${blocks}, article ${blocks}`)) {
    const box = element.getBoundingClientRect();
    if (box.bottom > 0 && box.height > 0) found.push([element, box.top]);
    if (found.length === most) break;
  }
  return found;
}

// keepingPlace changes the page and then scrolls so that the first visible block
// that is left stands where it stood; the focus goes back to its element.
function keepingPlace(change) {
  const anchors = inView(20), focused = document.activeElement;
  const root = document.documentElement;
  root.style.overflowAnchor = "none"; // browsers do the same, but not all, and not twice
  change();
  const anchor = anchors.find(([element]) => element.isConnected && element.getClientRects().length > 0);
  const moved = anchor ? anchor[0].getBoundingClientRect().top - anchor[1] : 0;
  if (moved !== 0) scrollBy({ top: moved, behavior: "instant" }); // which would end a scrolling that goes on
  refocus(focused);
  requestAnimationFrame(() => {
    root.style.overflowAnchor = "";
    if (root.getAttribute("style") === "") root.removeAttribute("style");
  });
}

function refocus(focused) {
  if (!focused || focused === document.body || focused.isConnected) return;
  const again =
    (focused.id && document.getElementById(focused.id)) ||
    [...document.querySelectorAll(focused.localName)].find(
      (e) => e.getAttribute("href") === focused.getAttribute("href") && e.textContent === focused.textContent,
    );
  again?.focus({ preventScroll: true });
}

// A page that is loaded anew finds its place by the heading above it: what is
// before that may have another height now.
const placeKey = "publish-place";

function savePlace() {
  const first = inView(1)[0];
  if (!first) return;
  const ids = [...document.querySelectorAll("main [id]")].filter((e) => !(first[0].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING));
  const near = first[0].id ? first[0] : ids.at(-1);
  const top = near?.getBoundingClientRect().top;
  sessionStorage.setItem(placeKey, JSON.stringify({ at: location.pathname, y: scrollY, id: near?.id, top }));
}

function restorePlace() {
  const text = sessionStorage.getItem(placeKey);
  sessionStorage.removeItem(placeKey);
  const place = text && JSON.parse(text);
  if (!place || place.at !== location.pathname) return;
  const go = () => {
    const near = place.id && document.getElementById(place.id);
    const top = near ? scrollY + near.getBoundingClientRect().top - place.top : place.y;
    scrollTo({ top, behavior: "instant" });
  };
  history.scrollRestoration = "manual"; // for this one time
  go();
  addEventListener("load", () => {
    go();
    history.scrollRestoration = "auto";
  }, { once: true });
}
