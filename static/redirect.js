// A page that moved: goes on at once and takes along what the page's own
// <meta refresh> would lose, the query and the fragment of the old address.
(function () {
  var to = document.currentScript.getAttribute("data-to");
  if (to) location.replace(to + location.search + location.hash);
})();
