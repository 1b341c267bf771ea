package postmortem

import "testing"

func TestTimeSumDoubts(t *testing.T) {
	const list = "\n- Monday (40 minutes): the cache\n- Tuesday (1 h 10 min): the pool\n- Friday (35 min): the limit"
	testDoubts(t, []doubtTest{
		{"", "We had three separate incidents totaling over 4 hours." + list,
			`1 sum-mismatch the total "4 hours": 40 minutes + 1 h 10 min + 35 min make 2 h 25 min`},
		{"", list + "\n\n- Total impact: 90 minutes across three outages",
			`5 sum-mismatch the total "90 minutes": 40 minutes + 1 h 10 min + 35 min make 2 h 25 min`},
		{"", "Nous avons eu 3 pannes, soit au total 5 h." + list,
			`1 sum-mismatch the total "5 h": 40 minutes + 1 h 10 min + 35 min make 2 h 25 min`},
		{"", "|Day|Length|\n|Monday|30 min|\n|Tuesday|45 min|\n|Total|2 h|", `4 sum-mismatch the total "2 h": 30 min + 45 min make 1 h 15 min`},
		{"", "- Monday: 30 min\n- Tuesday: 45 min\n- Total: 95 min", `3 sum-mismatch the total "95 min": 30 min + 45 min make 1 h 15 min`},
		// They add up, as exactly as they are written.
		{"", "We had three separate incidents totaling over 2 hours." + list, ""},
		{"", "We had three incidents totaling about 2.5 hours." + list, ""},
		{"", "Three outages, less than 3 hours in total. Three outages, in total under 3 hours." + list, ""},
		{"", "|Day|Length|\n|Monday|30 min|\n|Tuesday|45 min|\n|Total|1 h 15|", ""},
		// Nothing says that the total is theirs.
		{"", "The total downtime was 5 hours." + list, ""},
		{"", "Four incidents totaling 5 hours." + list, ""},
		{"", "Three incidents totaling 5 hours." + list + "\n\n- one (3 h)\n- two (1 h)\n- three (1 h)", ""},
		{"", "Three incidents totaling 5 hours." + list + "\n- Sunday: nothing", ""},
		{"", "Over a total of 10 days, three incidents." + "\n- a (40 minutes)\n- b (1 h)\n- c: long", ""},
	})
}
