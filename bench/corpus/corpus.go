// Package corpus makes folders of reports of any size, for the benchmarks:
// always the same ones for a number of reports.
package corpus

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// first is the day of the first report; one follows every nine hours, so that
// 10 000 of them fill ten years.
var first = time.Date(2016, 1, 4, 3, 0, 0, 0, time.UTC)

const apart = 9 * time.Hour

var (
	services   = strings.Fields("checkout login search api billing mail storage queue cache dns proxy reports imports webhooks uploads sessions")
	severities = strings.Fields("SEV1 SEV2 SEV2 SEV3 SEV3 SEV3 SEV4")
	tags       = strings.Fields("database deploy capacity certificate network configuration dependency disk memory timeout retry failover")
	subjects   = []string{"a new release", "an expired certificate", "a full disk", "a slow query", "a lost route", "a wrong setting", "an empty cache", "a retry storm", "a provider's outage", "a clock that ran ahead"}
	effects    = []string{"slowed down", "stopped", "answered with errors", "lost requests", "served old pages", "refused logins"}
	sentences  = []string{
		"The dashboard showed the error rate rise within a minute, but the threshold of the alarm was set for a busier hour.",
		"Connections to the primary were held by workers that waited for a lock, and the pool had none left for readers.",
		"The roll-out had been tried in the staging environment, where there is one node and therefore no race.",
		"Nobody on call had seen this failure before, and the runbook named a host that was retired in spring.",
		"Traffic was sent to the second region step by step, a tenth at a time, while the queues were watched.",
		"After the restart the caches were cold, and for twenty minutes each page cost the database four times as much.",
		"Support answered 140 messages with the text that had been prepared for the status page.",
		"The change was one line in a file that three services read, and only one of them has a test for it.",
	}
)

// Write makes a site of n reports in dir: content/ and a publish.yaml. The mean
// report has about 6 500 bytes.
func Write(dir string, n int) error {
	content := filepath.Join(dir, "content")
	if err := os.MkdirAll(content, 0o755); err != nil {
		return err
	}
	settings := "title: Benchmark\nbase_url: https://example.org/bench/\n"
	if err := os.WriteFile(filepath.Join(dir, "publish.yaml"), []byte(settings), 0o644); err != nil {
		return err
	}
	for i := range n {
		if err := os.WriteFile(filepath.Join(content, Name(i)), []byte(Text(i)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func day(i int) time.Time { return first.Add(time.Duration(i) * apart) }

// Name is the file's name of a report below content/.
func Name(i int) string { return fmt.Sprintf("%s-report-%06d.md", day(i).Format(time.DateOnly), i) }

// Text is the whole text of a report.
func Text(i int) string {
	r := rand.New(rand.NewPCG(1, uint64(i)))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	at := day(i)
	service, subject := pick(services), pick(subjects)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s %s after %s\ndate: %s\nseverity: %s\n", capital(service), pick(effects), subject, at.Format(time.RFC3339), pick(severities))
	fmt.Fprintf(&b, "services: [%s, %s]\ntags: [%s, %s]\ntimezone: UTC\nstatus: resolved\n", service, pick(services), pick(tags), pick(tags))
	fmt.Fprintf(&b, "countermeasures:\n  - {text: Alarm on what %s holds back, owner: platform, status: done}\n  - {text: Practise the fail-over of %s, owner: %s, due: %s, status: open}\n---\n\n",
		service, service, service, at.AddDate(0, 2, 0).Format(time.DateOnly))
	fmt.Fprintf(&b, "On %s %s was the cause of an outage of **%s** that %d customers saw. %s\n\n<!-- more -->\n\n", at.Format("2 January 2006"), subject, service, 10+r.IntN(9000), pick(sentences))
	if i > 0 {
		fmt.Fprintf(&b, "It resembles [an earlier one](%s).\n\n", Name(r.IntN(i)))
	}
	b.WriteString("## Timeline\n\n")
	clock := at
	for _, what := range []string{"the release began", "first errors", "the alarm rang", "the cause was found", "rolled back", "all was well again"} {
		fmt.Fprintf(&b, "- %s %s (%s)\n", clock.Format("15:04"), what, service)
		clock = clock.Add(time.Duration(2+r.IntN(20)) * time.Minute)
	}
	for _, heading := range []string{"Impact", "Root cause", "Response", "Lessons learned"} {
		fmt.Fprintf(&b, "\n## %s\n\n", heading)
		for range 3 + r.IntN(3) {
			for range 2 + r.IntN(3) {
				b.WriteString(pick(sentences) + " ")
			}
			b.WriteString("\n\n")
		}
		switch heading {
		case "Impact":
			b.WriteString("| Who | Requests | Share |\n|---|---:|---:|\n")
			for _, who := range []string{"web", "mobile", "partners"} {
				fmt.Fprintf(&b, "| %s | %d | %d.%d %% |\n", who, r.IntN(90000), r.IntN(40), r.IntN(10))
			}
		case "Root cause":
			fmt.Fprintf(&b, "```sql\nSELECT id, state FROM %s_jobs WHERE state = 'open' AND tries > %d ORDER BY id;\n```\n", service, r.IntN(9))
		case "Response":
			fmt.Fprintf(&b, "```\n%s level=error service=%s msg=\"upstream timed out\" after=%dms\n```\n", clock.Format(time.RFC3339), service, r.IntN(30000))
		}
	}
	return b.String()
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
