package postmortem

import "testing"

func TestDeclaredIn(t *testing.T) {
	cases := map[string]string{
		"12 minutes":                          "12m0s",
		"5h 09m (during support hours 10-17)": "5h9m0s",
		"1d 5h 47m":                           "29h47m0s",
		"20 hours 20 minutes.":                "20h20m0s",
		"21:45 to 23:28 UTC (103 minutes)":    "1h43m0s",
		"5 hours 26 minutes of active impact": "5h26m0s",
		"3時間20分":                              "3h20m0s",
		"约 53 分钟":                             "53m0s",
		"2 часа 5 минут":                      "2h5m0s",
		"0 minutes":                           "0s",
		"after the guard, until it failed (10:44) for all": "",
		"?":                        "",
		"N/A":                      "",
		"Xh Xm":                    "",
		"4+ hours from the change": "",
		"2-3 hours":                "",
		"30 minutes to 2 hours":    "",
		"21:45 UTC":                "",
		"all day":                  "",
		"90":                       "",
	}
	for text, want := range cases {
		got := ""
		if d, ok := declaredIn(text); ok {
			got = d.Value.String()
		}
		equal(t, text, got, want)
	}
}

func TestReadTextMeasures(t *testing.T) {
	cases := []struct {
		what, text              string
		detect, resolve, length string
	}{
		{"a list of figures", "# T\n\n## Stats\n\n- Time to detection: 4 minutes\n- Time to recovery: 399 minutes\n", "4m0s", "6h39m0s", "0s"},
		{"french", "# T\n\n## Quelques métriques\n\n- Temps de détection : 15min\n- Temps de résolution : 4h50min\n", "15m0s", "4h50m0s", "0s"},
		{"repair beside resolve", "# T\n\n- Time to repair: 4h 12m\n- Time to resolve: 35h 36m\n", "0s", "35h36m0s", "0s"},
		{"repair alone", "# T\n\n- Time to repair: 4h 12m\n", "0s", "4h12m0s", "0s"},
		{"a heading", "# T\n\n## Duration\n\n2 hours\n", "0s", "0s", "2h0m0s"},
		{"one for each incident", "# T\n\nDuration: 2 hours\n\nDuration: 3 hours\n", "0s", "0s", "0s"},
		{"said twice", "# T\n\nDuration: 2 hours\n\nDuration: 120 minutes\n", "0s", "0s", "2h0m0s"},
		{"one row under a head", "# T\n\n| Customers | Incident duration | Date |\n|---|---|---|\n| 3 | 3h 45m | 2024-05-03 |\n", "0s", "0s", "3h45m0s"},
		{"rows under a head", "# T\n\n| Customers | Duration |\n|---|---|\n| 3 | 3h |\n| 4 | 2h |\n", "0s", "0s", "0s"},
		{"in a sentence", "# T\n\nThe duration was 2 hours.\n", "0s", "0s", "0s"},
		{"in the lessons", "# T\n\n## Lessons learned\n\n- Detection delay: 4 hours are too many\n", "0s", "0s", "0s"},
	}
	for _, c := range cases {
		r, _ := readText(plainBlocks(c.text), Context{})
		d := r.Facts.Declared
		equal(t, c.what+": detect", d.TimeToDetect.Value.String(), c.detect)
		equal(t, c.what+": resolve", d.TimeToResolve.Value.String(), c.resolve)
		equal(t, c.what+": duration", d.Duration.Value.String(), c.length)
	}
}
