package locale

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFor(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "fr": "fr", "fr-CA": "fr", "FR_be": "fr", "de": "en", "tlh": "en", "": "en",
	} {
		if got := For(tag).Tag(); got != want {
			t.Errorf("For(%q) is %q, want %q", tag, got, want)
		}
	}
}

func TestLanguagesHaveTheSameWords(t *testing.T) {
	if got := Languages(); !slices.Equal(got, []string{"en", "fr"}) {
		t.Fatalf("languages with words: %v", got)
	}
	english := For("en")
	for _, tag := range Languages() {
		c := For(tag)
		for key, text := range english.words {
			if got, ok := c.words[key]; !ok {
				t.Errorf("%s lacks the word %q", tag, key)
			} else if !slices.Equal(holes(got), holes(text)) {
				t.Errorf("%s: %q has other holes than English: %q, %q", tag, key, got, text)
			}
		}
		forms := formsOf(c)
		for key, english := range english.plurals {
			own, ok := c.plurals[key]
			if !ok {
				t.Errorf("%s lacks the plural %q", tag, key)
			}
			if got := slices.Sorted(maps.Keys(own)); ok && !slices.Equal(got, forms) {
				t.Errorf("%s: the plural %q has the forms %v, the language has %v", tag, key, got, forms)
			}
			for name, text := range own {
				if !slices.Equal(holes(text), holes(english["other"])) {
					t.Errorf("%s: %q (%s) has other holes than English: %q", tag, key, name, text)
				}
			}
		}
		if missing, _ := Missing(tag); len(missing) > 0 {
			t.Errorf("%s: Missing gives %v", tag, missing)
		}
		for key := range english.patterns {
			if c.patterns[key] == "" {
				t.Errorf("%s lacks the pattern %q", tag, key)
			}
		}
		if len(c.words) != len(english.words) || len(c.plurals) != len(english.plurals) {
			t.Errorf("%s has words that English lacks", tag)
		}
	}
}

// formsOf are the forms that counts of a page's size take.
func formsOf(c *Catalog) []string {
	forms := map[string]bool{}
	for n := range 1000 {
		forms[c.form(n)] = true
	}
	return slices.Sorted(maps.Keys(forms))
}

// TestPluralRules: the rules are CLDR's, also for languages that have no words yet.
func TestPluralRules(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "other one other other", "fr": "one one other other", "ru": "many one few many", "ja": "other other other other",
	} {
		var got []string
		for _, n := range []int{0, 1, 2, 5} {
			got = append(got, all()[tag].form(n))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: 0, 1, 2 and 5 take %v, want %s", tag, got, want)
		}
	}
}

// TestMissing: what a language has not is named, and English stands in for it.
func TestMissing(t *testing.T) {
	keys, all := Missing("de-AT")
	if len(keys) != all || all < 200 || !slices.Contains(keys, "timeline") || !slices.Contains(keys, "days") {
		t.Errorf("German lacks %d words of %d", len(keys), all)
	}
	if keys, _ := Missing("fr-CA"); len(keys) > 0 {
		t.Errorf("French lacks %v", keys)
	}
}

func holes(text string) []string {
	found := regexp.MustCompile(`\{\w+\}`).FindAllString(text, -1)
	slices.Sort(found)
	return found
}

func TestFrenchTypography(t *testing.T) {
	wrong := regexp.MustCompile(`[^\x{202F}][;!?]|[^\x{A0}]»|«[^\x{A0}]|[^\x{A0}][:%]( |$)|'`)
	c := For("fr")
	check := func(key, text string) {
		if wrong.MatchString(text) {
			t.Errorf("%s: %q needs a no-break space before its sign, or a curved apostrophe", key, text)
		}
	}
	for key, text := range c.words {
		check(key, text)
	}
	for key, forms := range c.plurals {
		for _, text := range forms {
			check(key, text)
		}
	}
}

func TestT(t *testing.T) {
	c := &Catalog{&language{tag: "xx", words: map[string]string{"own": "eigen {1} {0} {1}", "odd": "{ {0 {} {x} {0}}"}}}
	for want, got := range map[string]string{
		"eigen b 1 b":       c.T("own", 1, "b"),
		"eigen {1} {0} {1}": c.T("own"),
		"eigen {1} {1} {1}": c.T("own", "{1}"),
		"{ {0 {} {x} 7}":    c.T("odd", 7),
		"Note":              c.T("note"),
		"[no such key]":     c.T("no such key", 1),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestN(t *testing.T) {
	for _, test := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0\u00A0days"}, {"en", 1, "1\u00A0day"}, {"en", 2, "2\u00A0days"}, {"en", 1200, "1,200\u00A0days"},
		{"fr", 0, "0\u00A0jour"}, {"fr", 1, "1\u00A0jour"}, {"fr", 2, "2\u00A0jours"}, {"fr", 1200, "1\u202F200\u00A0jours"},
	} {
		if got := For(test.tag).N("days", test.n); got != test.want {
			t.Errorf("%s: got %q, want %q", test.tag, got, test.want)
		}
	}
	if got := For("fr").N("no such key", 2); got != "[no such key]" {
		t.Errorf("got %q", got)
	}
}

func TestDates(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	april := time.Date(2021, 4, 29, 9, 5, 0, 0, paris)
	october := time.Date(2021, 10, 1, 17, 0, 0, 0, time.UTC)
	en, fr := For("en"), For("fr")
	for _, test := range []struct{ got, want string }{
		{en.Date(april), "29 April 2021"},
		{fr.Date(april), "29 avril 2021"},
		{en.Date(october), "1 October 2021"},
		{fr.Date(october), "1er octobre 2021"},
		{en.ShortDate(april), "29 Apr"},
		{fr.ShortDate(april), "29 avr."},
		{fr.ShortDate(october), "1er oct."},
		{en.Month(april), "April 2021"},
		{fr.Month(april), "avril 2021"},
		{en.Clock(april), "09:05"},
		{fr.Clock(april), "9\u00A0h\u00A005"},
		{en.DateTime(april, false), "29 April 2021, 09:05"},
		{en.DateTime(april, true), "29 April 2021, 09:05 CEST"},
		{fr.DateTime(april, true), "29 avril 2021 à 9\u00A0h\u00A005 (CEST)"},
		{en.DateTime(october, true), "1 October 2021, 17:00 UTC"},
		{en.DateTime(april.In(time.FixedZone("", 5*3600+1800)), true), "29 April 2021, 12:35 UTC+5:30"},
		{en.DateTime(april.In(time.FixedZone("-03", -3*3600)), true), "29 April 2021, 04:05 UTC\u22123"},
		{en.DateTime(april.In(time.FixedZone("", 0)), true), "29 April 2021, 07:05 UTC"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		d          time.Duration
		en, french string
	}{
		{0, "0 min", "0 min"},
		{400 * time.Millisecond, "0 min", "0 min"},
		{45 * time.Second, "45 s", "45 s"},
		{12*time.Minute + 30*time.Second, "12 min 30 s", "12 min 30 s"},
		{59*time.Minute + 59*time.Second + 600*time.Millisecond, "1 h", "1 h"},
		{4*time.Hour + 50*time.Minute, "4 h 50 min", "4 h 50 min"},
		{4*time.Hour + 50*time.Minute + 29*time.Second, "4 h 50 min", "4 h 50 min"},
		{47*time.Hour + 59*time.Minute, "47 h 59 min", "47 h 59 min"},
		{48 * time.Hour, "2 days", "2 jours"},
		{100*time.Hour + 5*time.Minute, "4 days 4 h 5 min", "4 jours 4 h 5 min"},
		{-5 * time.Minute, "−5 min", "−5 min"},
	} {
		for tag, want := range map[string]string{"en": test.en, "fr": test.french} {
			if got := For(tag).Duration(test.d); got != strings.ReplaceAll(want, " ", "\u00A0") {
				t.Errorf("%s: %v: got %q, want %q", tag, test.d, got, want)
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for _, test := range []struct {
		v          float64
		en, french string
	}{
		{0, "0", "0"}, {7, "7", "7"}, {999, "999", "999"}, {8000, "8,000", "8\u202F000"},
		{1234567.25, "1,234,567.25", "1\u202F234\u202F567,25"}, {21.91, "21.91", "21,91"}, {0.9, "0.9", "0,9"},
		{0.12345, "0.123", "0,123"}, {-1500.5, "−1,500.5", "−1\u202F500,5"}, {-0.0001, "0", "0"}, {1e15, "1,000,000,000,000,000", "1\u202F000\u202F000\u202F000\u202F000\u202F000"},
	} {
		for tag, want := range map[string]string{"en": test.en, "fr": test.french} {
			if got := For(tag).Number(test.v); got != want {
				t.Errorf("%s: %v: got %q, want %q", tag, test.v, got, want)
			}
		}
	}
}

func TestMonthName(t *testing.T) {
	for tag, want := range map[string]string{"en": "February", "fr": "février"} {
		if got := For(tag).MonthName(time.February); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestMonthByName(t *testing.T) {
	for word, want := range map[string]time.Month{
		"April": time.April, "avr.": time.April, "DÉC": time.December, "decembre": time.December,
		"März": time.March, "октября": time.October, "août": time.August, "Sept": time.September,
		"enero": time.January, "12月": time.December, "set": 0, "ago": 0, "out": 0, "": 0,
	} {
		if got, ok := MonthByName(word); got != want || ok != (want != 0) {
			t.Errorf("MonthByName(%q) = %v, %v; want %v", word, got, ok, want)
		}
	}
}

func TestWeekdayByName(t *testing.T) {
	for word, want := range map[string]time.Weekday{
		"Mardi": time.Tuesday, "jeudi": time.Thursday, "Sun": time.Sunday, "Samstag": time.Saturday,
		"miércoles": time.Wednesday, "понедельник": time.Monday, "金曜日": time.Friday, "周六": time.Saturday,
		"so": -1, "do": -1, "": -1,
	} {
		if got, ok := WeekdayByName(word); ok != (want >= 0) || ok && got != want {
			t.Errorf("WeekdayByName(%q) = %v, %v; want %v", word, got, ok, want)
		}
	}
}

func TestEveryLanguageNamesAllMonthsAndDays(t *testing.T) {
	for _, tag := range tags() {
		l := all()[tag]
		if len(l.months) != 12 || len(l.weekdays) != 7 {
			t.Errorf("%s: %d months, %d weekdays", tag, len(l.months), len(l.weekdays))
		}
		for role := range l.headings {
			if role != noneRole && !slices.Contains(Roles, role) {
				t.Errorf("%s: there is no role %q", tag, role)
			}
		}
	}
	if len(tags()) < 8 {
		t.Errorf("only the languages %v were read", tags())
	}
}

func TestAppendSpaced(t *testing.T) {
	for _, tag := range Languages() {
		for _, text := range []string{"", "plain", "« Pourquoi ? »", "à 9 h : rien !", "20 % ; 3", "été"} {
			if got, want := string(For(tag).AppendSpaced([]byte("<p>"), []byte(text))), "<p>"+For(tag).Spaced(text); got != want {
				t.Errorf("%s: %q is appended as %q, want %q", tag, text, got, want)
			}
		}
	}
}
