package render

import "testing"

// TestNotFoundInAFolder: the page for unknown addresses is dressed, and leads into the
// site, in whatever folder of its host the site lies, and however deep the address is.
func TestNotFoundInAFolder(t *testing.T) {
	w := newFilterWorld(t)
	for _, address := range []string{"/no", "/no/such/page/"} {
		w.open(address)
		w.becomes("styles", `getComputedStyle(document.body).maxWidth`, "1072px")
		w.becomes("links", `[...document.querySelectorAll(".brand a, main a")].map(a => a.pathname).join(" ")`, "/repo/ /repo/ /repo/archive/")
		w.becomes("search", `new URL(document.querySelector("main form").action).pathname`, "/repo/search/")
	}
	w.click("main li a")
	w.becomes("the home page", `location.pathname + document.querySelectorAll(".entry").length`, "/repo/3")
}
