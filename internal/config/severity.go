package config

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

//go:embed severities.yaml
var severitiesYAML []byte

// severityWords is severities.yaml: the default scale and how people call the
// steps of a scale. All words are folded.
type severityWords struct {
	scale  []Severity
	ranks  map[string]int // word → step, 0 the worst
	worst  map[string]int // word before a number → number of the worst step
	labels []string
}

// knownSeverities reads the embedded file once; a test holds that it is good.
var knownSeverities = sync.OnceValue(func() *severityWords {
	root, _ := tree.ParseYAML("severities.yaml", 1, severitiesYAML, diag.Config)
	w := &severityWords{ranks: map[string]int{}, worst: map[string]int{"": 1}}
	var mistakes diag.List
	w.scale = readScale(&decoder{diags: &mistakes}, root.Get("scale"))
	for rank, words := range root.Get("spellings").Items {
		for _, word := range words.Items {
			w.ranks[fold(word.Value)] = rank
		}
	}
	for _, e := range root.Get("numbered").Entries {
		w.worst[fold(e.Key.Value)], _ = strconv.Atoi(e.Value.Value)
	}
	for _, n := range root.Get("labels").Items {
		w.labels = append(w.labels, fold(n.Value))
	}
	return w
})

var severityKeys = []key[*scaleStep]{
	{"id", text("id", func(s *scaleStep) *string { return &s.ID })},
	{"label", text("label", func(s *scaleStep) *string { return &s.Label })},
	{"rank", value[*scaleStep]{func(d *decoder, n *tree.Node, s *scaleStep) { s.Rank, s.ranked = d.number(n, "rank", 0) }, numberFrom(0)}},
	{"definition", text("definition", func(s *scaleStep) *string { return &s.Definition })},
	{"statuspage", choice("statuspage", func(s *scaleStep) *string { return &s.Statuspage }, "none", "minor", "major", "critical")},
}

// scaleStep is a step while it is read.
type scaleStep struct {
	Severity
	ranked bool
}

func readSeverities(d *decoder, n *tree.Node, c *Config) {
	if scale := readScale(d, n); len(scale) > 0 {
		c.Severities, c.OwnScale = scale, true
	}
}

// In is the same configuration for a site whose language was found in its
// texts.
func (c *Config) In(language string) *Config {
	copied := *c
	copied.Language = language
	copied.nameScale()
	return &copied
}

// nameScale gives the built-in scale the words of the site's language.
func (c *Config) nameScale() {
	if c.OwnScale || c.Language == "" {
		return
	}
	words := locale.For(c.Language)
	c.Severities = slices.Clone(c.Severities)
	for i := range c.Severities {
		s := &c.Severities[i]
		s.Label, s.Definition = ScaleLabel(words, s.ID), words.T("means_"+strings.ToLower(s.ID))
	}
}

// ScaleLabel is what a step of the built-in scale is called.
func ScaleLabel(words *locale.Catalog, id string) string {
	return words.T("scale_" + strings.ToLower(id))
}

// readScale reads a list of steps. A step without a rank has the rank of its
// place; one without Statuspage's word has the one of the default scale.
func readScale(d *decoder, n *tree.Node) []Severity {
	var scale []Severity
	for i, step := range mappings(d, n, "severities", severityKeys, func(item *tree.Node) scaleStep {
		return scaleStep{Severity: Severity{ID: strings.TrimSpace(item.Value)}}
	}) {
		s := step.Severity
		if s.ID == "" {
			d.wrong(n.Items[i], "", "`severities[%d]` needs an `id`", i)
			continue
		}
		if slices.ContainsFunc(scale, func(o Severity) bool { return fold(o.ID) == fold(s.ID) }) {
			d.wrong(n.Items[i], "", "the severity %q stands twice", s.ID)
			continue
		}
		if !step.ranked {
			s.Rank = i
		}
		s.Label = cmp.Or(s.Label, s.ID)
		if s.Statuspage == "" {
			s.Statuspage = [...]string{"critical", "major", "minor", "none"}[min(s.Rank, 3)]
		}
		scale = append(scale, s)
	}
	slices.SortStableFunc(scale, func(a, b Severity) int { return cmp.Compare(a.Rank, b.Rank) })
	return scale
}

// Severity finds the step of the site's scale that an author means: by its
// id or label, else by what the word or number means on other scales ("P1",
// "Sévérité 2", "disrupted"). An explanation behind the value does not count
// ("SEV-2 – degraded"). A choice left open ("P0 / P1") is no severity.
func (c *Config) Severity(written string) (*Severity, bool) {
	readings := severityReadings(written)
	for _, r := range readings {
		for i := range c.Severities {
			if s := &c.Severities[i]; fold(s.ID) == r || fold(s.Label) == r {
				return s, true
			}
		}
	}
	for _, r := range readings {
		if s := c.bySpelling(r); s != nil {
			return s, true
		}
	}
	return nil, false
}

// farthest is how many steps below the worst a number may stand and still be
// believed: "SEV 9" is a slip, not the mildest of all.
const farthest = 4

func (c *Config) bySpelling(folded string) *Severity {
	known := knownSeverities()
	rank, ok := known.ranks[folded]
	if !ok {
		worst, n, numbered := splitNumber(folded)
		if !numbered || n-worst > farthest {
			return nil
		}
		for i := range c.Severities {
			if w, m, ok := splitNumber(fold(c.Severities[i].ID)); ok && m == n && w == worst {
				return &c.Severities[i]
			}
		}
		rank = n - worst
	}
	for i := range c.Severities {
		if c.Severities[i].Rank >= rank {
			return &c.Severities[i]
		}
	}
	if len(c.Severities) == 0 {
		return nil
	}
	return &c.Severities[len(c.Severities)-1] // milder than the scale goes
}

// splitNumber takes "sev2" apart: the number of the worst step on that kind of
// scale, and the number.
func splitNumber(folded string) (worst, n int, ok bool) {
	if folded == "" || folded[len(folded)-1] < '0' || folded[len(folded)-1] > '9' {
		return 0, 0, false
	}
	worst, ok = knownSeverities().worst[folded[:len(folded)-1]]
	return worst, int(folded[len(folded)-1] - '0'), ok
}

// severityReadings gives the folded texts that may be the value, most literal
// first: the whole, what stands before an explanation, what follows a label.
func severityReadings(written string) []string {
	readings := []string{fold(written)}
	if strings.ContainsAny(written, "/|") {
		return readings
	}
	head, tail := written, ""
	for _, mark := range []string{"(", "（", " – ", " — ", " - ", ":", "：", ",", ";", ". "} {
		if before, after, found := strings.Cut(head, mark); found && before != "" {
			head, tail = before, after
		}
	}
	if h := fold(head); h != readings[0] {
		if slices.Contains(knownSeverities().labels, h) {
			return append(readings, severityReadings(tail)...)
		}
		readings = append(readings, h)
	}
	return readings
}

// fold keeps letters and digits, in lower case and without accents.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return norm.NFC.String(b.String())
}
