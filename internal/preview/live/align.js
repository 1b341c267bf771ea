// Which of the nodes that the server sent before are the ones that it sends
// now? Order is kept: what moved counts as removed and added.

const isBlank = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() === "";

// keyOf names a node by its id, or else by all that it is.
const keyOf = (node) => (node.id ? `${node.nodeName} ${node.id}` : node.outerHTML ?? `${node.nodeType} ${node.data}`);

// kindOf names what may become one another in place.
const kindOf = (node) => `${node.nodeName} ${node.rel ?? ""} ${node.name ?? ""} ${node.type ?? ""}`;

// align gives, for each node of `after`, the index of its like in `before`, or
// -1. The indices increase. `differ` are the indices in `after` of those that
// have a like and are not equal to it.
function align(before, after) {
  const like = new Array(after.length).fill(-1);
  let start = 0, endBefore = before.length, endAfter = after.length;
  while (start < endBefore && start < endAfter && before[start].isEqualNode(after[start])) like[start] = start++;
  while (endBefore > start && endAfter > start && before[endBefore - 1].isEqualNode(after[endAfter - 1])) {
    like[--endAfter] = --endBefore;
  }
  const places = new Map();
  for (let i = start; i < endBefore; i++) {
    if (isBlank(before[i])) continue; // the space between blocks is everywhere the same
    const key = keyOf(before[i]);
    places.set(key, [...(places.get(key) ?? []), i]);
  }
  const pairs = [];
  for (let j = start; j < endAfter; j++) {
    const i = isBlank(after[j]) ? undefined : places.get(keyOf(after[j]))?.shift();
    if (i !== undefined) pairs.push([i, j]);
  }
  for (const [i, j] of longestIncreasing(pairs)) like[j] = i;
  pairRest(before, after, like, start, endBefore, endAfter);
  const differ = [];
  for (let j = start; j < endAfter; j++) {
    if (like[j] >= 0 && !before[like[j]].isEqualNode(after[j])) differ.push(j);
  }
  return { like, differ };
}

// longestIncreasing keeps as many pairs as can stand in order.
function longestIncreasing(pairs) {
  const ends = [], previous = []; // ends[n]: the pair with the least index that ends a row of n+1
  pairs.forEach(([i], at) => {
    let low = 0, high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]][0] < i) low = middle + 1;
      else high = middle;
    }
    previous[at] = ends[low - 1];
    ends[low] = at;
  });
  const kept = [];
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) kept.unshift(pairs[at]);
  return kept;
}

// pairRest pairs, between what is paired, the nodes that are most alike, in
// their order: what was edited is then changed in place.
function pairRest(before, after, like, start, endBefore, endAfter) {
  let i = start, from = start;
  for (let j = start; j <= endAfter; j++) {
    if (j < endAfter && like[j] < 0) continue;
    const limit = j < endAfter ? like[j] : endBefore;
    for (const [a, b] of mostAlike(before.slice(i, limit), after.slice(from, j))) like[from + b] = i + a;
    i = limit + 1;
    from = j + 1;
  }
}

// mostAlike gives the pairs, in order, that have the most in common together.
function mostAlike(before, after) {
  if (before.length === 0 || after.length === 0) return [];
  if (before.length * after.length > 10000) return inOrder(before, after);
  const words = (node) => new Set((node.outerHTML ?? node.data ?? "").match(/[\p{L}\p{N}]+/gu));
  const oldWords = before.map(words), newWords = after.map(words);
  const alike = (a, b) => {
    if (kindOf(before[a]) !== kindOf(after[b])) return 0;
    const common = [...newWords[b]].filter((word) => oldWords[a].has(word)).length;
    return 0.1 + (2 * common) / (oldWords[a].size + newWords[b].size || 1);
  };
  // best[a][b] is the most that the nodes from a and b on can have in common.
  const best = Array.from({ length: before.length + 1 }, () => new Array(after.length + 1).fill(0));
  const own = best.map((row) => row.slice());
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      own[a][b] = alike(a, b);
      const paired = own[a][b] && own[a][b] + best[a + 1][b + 1];
      best[a][b] = Math.max(paired, best[a + 1][b], best[a][b + 1]);
    }
  }
  const pairs = [];
  for (let a = 0, b = 0; a < before.length && b < after.length; ) {
    if (own[a][b] && best[a][b] === own[a][b] + best[a + 1][b + 1]) pairs.push([a++, b++]);
    else if (best[a][b] === best[a + 1][b]) a++;
    else b++;
  }
  return pairs;
}

// inOrder pairs each node with the next of its kind.
function inOrder(before, after) {
  const pairs = [];
  let a = 0;
  after.forEach((node, b) => {
    let next = a;
    while (next < before.length && kindOf(before[next]) !== kindOf(node)) next++;
    if (next === before.length) return;
    pairs.push([next, b]);
    a = next + 1;
  });
  return pairs;
}
