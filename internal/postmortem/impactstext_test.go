package postmortem

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadTextImpacts(t *testing.T) {
	const want = `~8000 of 0 0% dossiers 48h0m0s 
0 of 410 17.7% sessions 0s 
~8000 of 0 0% requests 0s 
0 of 0 0%  0s 
0 of 0 0%  0s 
0 of 0 0%  0s none
`
	var b strings.Builder
	for _, i := range reading(t, "impacts.md", Context{}).Facts.Impacts {
		about := ""
		if i.Count.Approximate {
			about = "~"
		}
		fmt.Fprintf(&b, "%s%v of %v %v%% %s %s %s\n", about, i.Count.Value, i.Of.Value, i.Share.Value, i.Unit, i.Duration.Value, i.DataLoss)
	}
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

func TestReadQuantities(t *testing.T) {
	cases := []struct {
		text     string
		count    float64
		share    float64
		duration string
	}{
		{"415 jobs failed", 415, 0, "0s"},
		{"about 1.2 million requests failed", 1.2e6, 0, "0s"},
		{"2 out of 3 nodes were down", 0, 0, "0s"},
		{"if all 6 pods crash", 0, 0, "0s"},
		{"from 305 teams to 90 teams", 0, 0, "0s"},
		{"version 1.27 pods", 0, 0, "0s"},
		{"about 25 % of the traffic", 0, 25, "0s"},
		{"34% to 97% of requests", 0, 0, "0s"},
		{"more than 10% of requests", 0, 0, "0s"},
		{"It was down for 1h 28m.", 0, 0, "1h28m0s"},
		{"3 hours of downtime", 0, 0, "3h0m0s"},
		{"tickets were answered within 15 minutes", 0, 0, "0s"},
		{"for 2 hours in Europe and for 3 hours in Asia", 0, 0, "0s"},
	}
	for _, c := range cases {
		var i Impact
		i.readQuantities(c.text)
		equal(t, c.text+": count", i.Count.Value, c.count)
		equal(t, c.text+": share", i.Share.Value, c.share)
		equal(t, c.text+": duration", i.Duration.Value.String(), c.duration)
	}
}

func TestDataLossIn(t *testing.T) {
	cases := map[string]Extent{
		"No data was lost.":                               ExtentNone,
		"There was no loss of data":                       ExtentNone,
		"Il n'y a eu aucune perte de données":             ExtentNone,
		"Es gab keinen Datenverlust":                      ExtentNone,
		"No se perdieron datos":                           ExtentNone,
		"Não houve perda de dados":                        ExtentNone,
		"没有数据丢失":                                          ExtentNone,
		"データ損失なし":                                         ExtentNone,
		"Потери данных не было":                           ExtentNone,
		"Some data was lost":                              ExtentPartial,
		"Des données ont été perdues":                     ExtentPartial,
		"Data may have been lost":                         ExtentUnknown,
		"All data was lost":                               ExtentTotal,
		"There was a risk of data loss":                   ExtentUnset,
		"We check if any data was lost":                   ExtentUnset,
		"No data was lost, but some data was lost before": ExtentUnset,
		"The site was slow":                               ExtentUnset,
	}
	for text, want := range cases {
		equal(t, text, dataLossOf(phrases()["data loss"].in(text)), want)
	}
}

func FuzzImpactQuantities(f *testing.F) {
	f.Add("environ 8 000 dossiers, 21,91 % of 177")
	f.Add("~8k users for 48 h")
	f.Add("3 millions de comptes")
	f.Fuzz(func(t *testing.T, text string) {
		var i Impact
		i.readQuantities(text)
		for _, n := range []Number{i.Count, i.Of, i.Share} {
			if n.Known && n.Value < 0 || !n.Known && n.Value != 0 {
				t.Errorf("%q gives %+v", text, i)
			}
		}
		if i.Share.Value > 100 || i.Duration.Value < 0 {
			t.Errorf("%q gives %+v", text, i)
		}
	})
}
