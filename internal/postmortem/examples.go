package postmortem

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed data/examples.txt
	examplesFile string
	examples     = sync.OnceValue(func() map[string]map[string]string { return readExamples(examplesFile) })
)

// readExamples reads a line of YAML for every field, by the name of the list
// that it belongs to, which is empty for those of the front matter itself.
func readExamples(text string) map[string]map[string]string {
	fields := map[string]string{}
	all := map[string]map[string]string{"": fields}
	for line := range dataLines(text) {
		if list, ok := strings.CutPrefix(line, "["); ok {
			fields = map[string]string{}
			all[strings.TrimSuffix(list, "]")] = fields
			continue
		}
		name, _, _ := strings.Cut(line, ":")
		fields[name] = line
	}
	return all
}
