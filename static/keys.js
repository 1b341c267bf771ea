// The key "/" leads to the search, from everywhere but where one writes.
addEventListener("keydown", (e) => {
  const to = e.target;
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || to.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(to.tagName)) return;
  const input = document.querySelector("form[data-files] input"), link = document.querySelector("a.to-search");
  if (input) input.select();
  else if (link) link.click();
  else return;
  e.preventDefault();
});
