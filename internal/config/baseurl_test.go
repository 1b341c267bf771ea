package config

import "testing"

// TestHostOfLetters: addresses of a site name its host as machines have it.
func TestHostOfLetters(t *testing.T) {
	for given, want := range map[string]string{
		"https://Status.Example/a":                       "https://status.example/a/",
		"https://Bücher.example:8443/Über/":              "https://xn--bcher-kva.example:8443/%C3%9Cber/",
		"https://例え.テスト":                                 "https://xn--r8jz45g.xn--zckzah/",
		"http://[::1]:8080/":                             "http://[::1]:8080/",
		"https://my_site.example/":                       "https://my_site.example/",
		"https://" + string(rune(0x202e)) + "ü.example/": "",
	} {
		u, problem := parseBaseURL(given)
		switch {
		case want == "" && problem == "":
			t.Errorf("%s is taken for %s", given, u)
		case want != "" && (problem != "" || u.String() != want):
			t.Errorf("%s: %v, %q; want %s", given, u, problem, want)
		}
	}
}
