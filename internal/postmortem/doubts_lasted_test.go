package postmortem

import "testing"

func TestLastedDoubts(t *testing.T) {
	const four = `duration-mismatch "4 hours": all times of the report lie between 09:00 and 11:40, 2 h 40 min apart, 1 h 20 min less`
	testDoubts(t, []doubtTest{
		{"2022-03-03", shortTimeline + "\nThe outage lasted 4 hours in total.", "6 " + four},
		{"2022-03-03", shortTimeline + "\nIt was bad. In the end the whole incident, as seen by customers, lasted 4 hours. Then it was over.", "6 " + four},
		{"2022-03-03", shortTimeline + "\nCheckout was down for 4 hours.", "6 " + four},
		{"2022-03-03", shortTimeline + "\nAn outage of 4 hours.", "6 " + four},
		{"2022-03-03", shortTimeline + "\nLogins were unavailable for more than 5 h.",
			`6 duration-mismatch "5 h": all times of the report lie between 09:00 and 11:40, 2 h 40 min apart, 2 h 20 min less`},
		{"2022-03-03", shortTimeline + "\nLa panne a duré 3 h 30.", `6 duration-mismatch "3 h 30": all times of the report lie between 09:00 and 11:40, 2 h 40 min apart, 50 min less`},
		{"2022-03-03", shortTimeline + "\nDer Ausfall dauerte 4 Stunden.", `6 duration-mismatch "4 Stunden": all times of the report lie between 09:00 and 11:40, 2 h 40 min apart, 1 h 20 min less`},
		// It fits, or may.
		{"2022-03-03", shortTimeline + "\nThe outage lasted 2 hours and 40 minutes.", ""},
		{"2022-03-03", shortTimeline + "\nThe outage lasted about 2.8 hours.", ""},
		{"2022-03-03", shortTimeline + "\nThe outage lasted 3 hours.", ""},
		{"2022-03-03", shortTimeline + "\nCheckout was down for 20 minutes.", ""},
		{"2022-03-03", shortTimeline + "\nThe outage lasted 3 hours: it began at 08:41.", ""},
		{"2022-03-03", shortTimeline + "\nIt began shortly after 08:30. The outage lasted 3 hours.", ""},
		// It is about something else.
		{"2022-03-03", shortTimeline + "\nNo outage lasted 4 hours.", ""},
		{"2022-03-03", shortTimeline + "\nThe longest outage lasted 4 hours.", ""},
		{"2022-03-03", shortTimeline + "\nThe incident review lasted 4 hours.", ""},
		{"2022-03-03", shortTimeline + "\nWithout the backup the outage would have lasted 5 hours.", ""},
		{"2022-03-03", shortTimeline + "\nA similar outage lasted 5 hours.", ""},
		{"2022-03-03", shortTimeline + "\nThe outage of 2019 lasted 5 hours.", ""},
		{"2022-03-03", shortTimeline + "\nThe outage was found after 5 hours of work.", ""},
		{"2022-03-03", shortTimeline + "\nThe issue of slow exports lasted 3 weeks.", ""},
		{"2022-03-03", "- 09:00 Outage begins\n\nThe outage lasted 5 hours.", ""},
	})
}
