package postmortem

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"publish/internal/diag"
)

// read puts an entry on 2024-05-03, a Friday, in no zone.
func read(text string) string {
	e, problem := scanEntryTime(text, nil)
	if problem != NoProblem {
		return [...]string{"", "none", "impossible", "two days", "zone"}[problem]
	}
	var diags diag.List
	c := calendar{near: civil(2024, 5, 3), diags: &diags, first: Moment{Time: time.Date(2024, 5, 3, 8, 0, 0, 0, time.UTC), Precision: Minute}}
	c.last = c.first
	at, until := c.place(e, text[e.start:e.end], diag.Pos{})
	s := at.String()
	if at.Approximate {
		s = "~" + s
	}
	if until.Known() {
		s += " to " + until.String()
	}
	return fmt.Sprintf("%s|%s|%s", s, strings.TrimSpace(at.Written), text[e.size:])
}

func TestScanEntryTime(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Dates that only their time of day gives away.
		{"2026 02 24 @ 18:43 UTC, deployed", "2026-02-24T18:43:00Z|2026 02 24 @ 18:43 UTC|deployed"},
		{"2026 02 24 @ ~ 18:43", "~2026-02-24T18:43:00|2026 02 24 @ ~ 18:43|"},
		{"2026-02-2418:43 UTC up", "2026-02-24T18:43:00Z|2026-02-2418:43 UTC|up"},
		{"2026 02 24 requests failed", "none"},
		// Parts of a day.
		{"05-03 凌晨", "2024-05-03|05-03 凌晨|"},
		{"05-03 凌晨 重启", "none"},
		{"5/3 noche: reinicio", "2024-05-03|5/3 noche|reinicio"},
		{"2024-05-02 night shift began", "2024-05-02|2024-05-02|night shift began"},
		// Offsets that nobody measured.
		{"T+~1 hour: up", "~2024-05-03T09:00:00|T+~1 hour|up"},
		{"T+~1.5 hours: up", "~2024-05-03T09:30:00|T+~1.5 hours|up"},
		{"+1.5 cakes: up", "none"},
		{"T+N minutes: up", "|T+N minutes|up"},
		{"T+Minutes: up", "|T+Minutes|up"},
		{"T+Monitoring began", "none"},
		// Minutes of which only the tens are known, and bounds.
		{"07:5x scan", "~2024-05-03T07:50:00|07:5x|scan"},
		{"07:5xx errors", "none"},
		{"antes de las 10:40 — primer fallo", "~2024-05-03T10:40:00|antes de las 10:40|primer fallo"},
		{"before 10:40 - first failure", "~2024-05-03T10:40:00|before 10:40|first failure"},
		{"10:00 đến 11:00 chậm", "2024-05-03T10:00:00 to 2024-05-03T11:00:00|10:00 đến 11:00|chậm"},
		{"2026-05-19 a 2026-05-22 lento", "2026-05-19 to 2026-05-22|2026-05-19 a 2026-05-22|lento"},
		// Ranges of days.
		{"2026-06-10 → 06-12: slow", "2026-06-10 to 2026-06-12|2026-06-10 → 06-12|slow"},
		{"2026-05-04 〜 05-07", "2026-05-04 to 2026-05-07|2026-05-04 〜 05-07|"},
		{"2026-04-19 to 2026-04-20: slow", "2026-04-19 to 2026-04-20|2026-04-19 to 2026-04-20|slow"},
		{"Between 2023-07-10 to 2023-07-16", "2023-07-10 to 2023-07-16|Between 2023-07-10 to 2023-07-16|"},
		{"between 2023-07-10 and 2023-07-16 it was slow", "2023-07-10 to 2023-07-16|between 2023-07-10 and 2023-07-16|it was slow"},
		{"2026-05-04 and 05-07 were slow", "2026-05-04|2026-05-04|and 05-07 were slow"},
		{"Jul 29 - 31: slow", "2024-07-29 to 2024-07-31|Jul 29 - 31|slow"},
		{"Jul 29–31 slow", "2024-07-29 to 2024-07-31|Jul 29–31|slow"},
		{"Jul 29th - 31st slow", "2024-07-29 to 2024-07-31|Jul 29th - 31st|slow"},
		{"**07-29 -> 31** slow", "2024-07-29 to 2024-07-31|07-29 -> 31|slow"},
		{"2024-07-29 → 31: slow", "2024-07-29 to 2024-07-31|2024-07-29 → 31|slow"},
		{"07/29 - 07/31: slow", "2024-07-29 to 2024-07-31|07/29 - 07/31|slow"},
		{"Jul 29 – Aug 2: slow", "2024-07-29 to 2024-08-02|Jul 29 – Aug 2|slow"},
		{"29 Jul – 2 Aug 2022: slow", "2022-07-29 to 2022-08-02|29 Jul – 2 Aug 2022|slow"},
		{"Dec 30 - Jan 2, 2023: slow", "2022-12-30 to 2023-01-02|Dec 30 - Jan 2, 2023|slow"},
		{"29-31 Jul 2022: slow", "2022-07-29 to 2022-07-31|29-31 Jul 2022|slow"},
		{"July 29–31, 2022: slow", "2022-07-29 to 2022-07-31|July 29–31, 2022|slow"},
		{"Friday 2025-07-04: slow", "2025-07-04|Friday 2025-07-04|slow"},
		{"Friday 4-7-2025: slow", "|Friday 4-7-2025|slow"},
		{"5月3日〜5日 停止", "2024-05-03 to 2024-05-05|5月3日〜5日|停止"},
		{"between Jul 29 and 31 it was slow", "2024-07-29 to 2024-07-31|between Jul 29 and 31|it was slow"},
		// Numbers and days that belong to the words.
		{"Jul 29 - 31 servers fail", "2024-07-29|Jul 29|31 servers fail"},
		{"2024-07-29 - 3 nodes died", "2024-07-29|2024-07-29|3 nodes died"},
		{"Jul 29 - 30% of users", "2024-07-29|Jul 29|30% of users"},
		{"Jun 29 - 31: slow", "2024-06-29|Jun 29|31: slow"},
		{"Jul 29 – Aug 2 was a holiday", "2024-07-29|Jul 29|Aug 2 was a holiday"},
		{"07-29 -> 31 hosts lost", "none"},
		// Offsets that no zone has, and digits of other scripts.
		{"10:00 UTC+25 down", "impossible"},
		{"10:00 (GMT-31) down", "impossible"},
		{"10:00-11:00 UTC+25 down", "impossible"},
		{"10:00 UTC+2 down", "2024-05-03T10:00:00+02:00|10:00 UTC+2|down"},
		{"١٠:٣٠ توقف", "2024-05-03T10:30:00|١٠:٣٠|توقف"},
		{"۱۰:۳۰ قطع", "2024-05-03T10:30:00|۱۰:۳۰|قطع"},
		{"१०:३० UTC बंद", "2024-05-03T10:30:00Z|१०:३० UTC|बंद"},
		// Remarks that a time is approximate.
		{"14:05（推定）停止", "~2024-05-03T14:05:00|14:05（推定）|停止"},
		{"14:05 (推定) 停止", "~2024-05-03T14:05:00|14:05 (推定)|停止"},
		{"14h05 (estimé) : panne", "~2024-05-03T14:05:00|14h05 (estimé)|panne"},
		{"14:05 (approx.) - down", "~2024-05-03T14:05:00|14:05 (approx.)|down"},
		{"14:05 UTC (ca.): down", "~2024-05-03T14:05:00Z|14:05 UTC (ca.)|down"},
		{"14:05 (est.) UTC down", "~2024-05-03T14:05:00Z|14:05 (est.) UTC|down"},
		{"14:05 (EST) down", "2024-05-03T14:05:00-05:00|14:05 (EST)|down"},
		{"14:05 (estimated loss) down", "2024-05-03T14:05:00|14:05|(estimated loss) down"},
		// Plain clocks.
		{"09:15 the queue grows", "2024-05-03T09:15:00|09:15|the queue grows"},
		{"9:15:07 - a", "2024-05-03T09:15:07|9:15:07|a"},
		{"9 h 21 livraison", "2024-05-03T09:21:00|9 h 21|livraison"},
		{"9\u00a0h\u202f21 : livraison", "2024-05-03T09:21:00|9\u00a0h\u202f21|livraison"},
		{"17h15 — fin", "2024-05-03T17:15:00|17h15|fin"},
		{"18h, fin", "2024-05-03T18:00:00|18h|fin"},
		{"16:30 Uhr Neustart", "2024-05-03T16:30:00|16:30 Uhr|Neustart"},
		{"10 Uhr: Ausfall", "2024-05-03T10:00:00|10 Uhr|Ausfall"},
		{"9.15 Uhr: Ausfall", "2024-05-03T09:15:00|9.15 Uhr|Ausfall"},
		{"11.50 - disk full", "2024-05-03T11:50:00|11.50|disk full"},
		{"1625 - disk full", "2024-05-03T16:25:00|1625|disk full"},
		{"1100CET disk full", "2024-05-03T11:00:00+01:00|1100CET|disk full"},
		{"0915h disk full", "2024-05-03T09:15:00|0915h|disk full"},
		{"午後3時 停止", "2024-05-03T15:00:00|午後3時|停止"},
		{"10時47分に復旧", "2024-05-03T10:47:00|10時47分|に復旧"},
		{"下午3点20分 恢复", "2024-05-03T15:20:00|下午3点20分|恢复"},
		{"noon: lunch", "2024-05-03T12:00:00|noon|lunch"},
		// Halves of the day.
		{"9:15 PM: a", "2024-05-03T21:15:00|9:15 PM|a"},
		{"9:15 p.m. a", "2024-05-03T21:15:00|9:15 p.m.|a"},
		{"12:05 am a", "2024-05-04T00:05:00|12:05 am|a"},
		{"10:45a", "2024-05-03T10:45:00|10:45a|"},
		{"12:29p x", "2024-05-03T12:29:00|12:29p|x"},
		{"9pm — a", "2024-05-03T21:00:00|9pm|a"},
		{"13:55 PM a", "2024-05-03T13:55:00|13:55 PM|a"},
		{"10-11am: a", "2024-05-03T10:00:00 to 2024-05-03T11:00:00|10-11am|a"},
		{"9 – 10:30 PM a", "2024-05-03T21:00:00 to 2024-05-03T22:30:00|9 – 10:30 PM|a"},
		{"11-1pm a", "2024-05-03T11:00:00 to 2024-05-03T13:00:00|11-1pm|a"},
		{"10-11 amps were drawn", "none"},
		{"14:20-2:00 a", "2024-05-03T14:20:00 to 2024-05-04T02:00:00|14:20-2:00|a"},
		{"Feb-08-2021 06:17:19 PM +UTC a", "2021-02-08T18:17:19Z|Feb-08-2021 06:17:19 PM +UTC|a"},
		{"Day 1 - T+0:40 - a", "2024-05-03T08:40:00|T+0:40|a"},
		{"12:48 (6:48 PDT): a", "2024-05-03T12:48:00|12:48 (6:48 PDT)|a"},
		{"13:14 EDT (17:14 UTC): a", "2024-05-03T13:14:00-04:00|13:14 EDT (17:14 UTC)|a"},
		{"Day 2 of the work", "none"},
		// Marks around the time.
		{"[08:47] a", "2024-05-03T08:47:00|08:47|a"},
		{"(08:47) a", "2024-05-03T08:47:00|08:47|a"},
		{"{{ 06:10 }}", "2024-05-03T06:10:00|06:10|"},
		{"[12-05 16:21] a", "2023-12-05T16:21:00|12-05 16:21|a"},
		{"`07:35` a", "2024-05-03T07:35:00|07:35|a"},
		// Days.
		{"2024-02-01 10:00 a", "2024-02-01T10:00:00|2024-02-01 10:00|a"},
		{"2024-02-01/11:34 a", "2024-02-01T11:34:00|2024-02-01/11:34|a"},
		{"2024-02-01 1600 a", "2024-02-01T16:00:00|2024-02-01 1600|a"},
		{"2024-02-01 11.50", "2024-02-01T11:50:00|2024-02-01 11.50|"},
		{"2024-02-01: a", "2024-02-01|2024-02-01|a"},
		{"March 22, around 19:30", "~2024-03-22T19:30:00|March 22, around 19:30|"},
		{"Le 3 mai vers 9h15, a", "~2024-05-03T09:15:00|3 mai vers 9h15|a"},
		{"5/14 10:00 a", "2024-05-14T10:00:00|5/14 10:00|a"},
		{"5/3 10:00 a", "2024-05-03T10:00:00|5/3 10:00|a"},
		{"03.02. 10:00 a", "2024-02-03T10:00:00|03.02. 10:00|a"},
		{"Thursday 10:00 a", "2024-05-02T10:00:00|Thursday 10:00|a"},
		{"Jeudi 2, 9 h 20 : a", "2024-05-02T09:20:00|Jeudi 2, 9 h 20|a"},
		{"12:45 PM PST Saturday May 4th: a", "2024-05-04T12:45:00-08:00|12:45 PM PST Saturday May 4th|a"},
		{"22:30 UTC (May 2) - a", "2024-05-02T22:30:00Z|22:30 UTC (May 2)|a"},
		{"2025年2月3日（月）10:00 対応", "2025-02-03T10:00:00|2025年2月3日（月）10:00|対応"},
		// Ranges, and several times.
		{"10:00-11:00 a", "2024-05-03T10:00:00 to 2024-05-03T11:00:00|10:00-11:00|a"},
		{"00:25 - 00:29 AM", "2024-05-04T00:25:00 to 2024-05-04T00:29:00|00:25 - 00:29 AM|"},
		{"2:00 - 2:30 PM: a", "2024-05-03T14:00:00 to 2024-05-03T14:30:00|2:00 - 2:30 PM|a"},
		{"11:30 - 12:15 PM: a", "2024-05-03T11:30:00 to 2024-05-03T12:15:00|11:30 - 12:15 PM|a"},
		{"21:45 to 23:28 UTC a", "2024-05-03T21:45:00Z to 2024-05-03T23:28:00Z|21:45 to 23:28 UTC|a"},
		{"entre 14h45 et 15h50, a", "2024-05-03T14:45:00 to 2024-05-03T15:50:00|entre 14h45 et 15h50|a"},
		{"23:50 – 00:10 UTC a", "2024-05-03T23:50:00Z to 2024-05-04T00:10:00Z|23:50 – 00:10 UTC|a"},
		{"16:05:57-58", "2024-05-03T16:05:57 to 2024-05-03T16:05:58|16:05:57-58|"},
		{"12:26-12:?? a", "2024-05-03T12:26:00|12:26-12:??|a"},
		{"06:58 onward: a", "2024-05-03T06:58:00|06:58 onward|a"},
		{"13:49, 13:55, 14:27: a", "2024-05-03T13:49:00|13:49, 13:55, 14:27|a"},
		{"10:00 - 5 pods restarted", "2024-05-03T10:00:00|10:00|5 pods restarted"},
		{"10:00 - 2024 rows lost", "2024-05-03T10:00:00|10:00|2024 rows lost"},
		// Zones.
		{"2024-05-03T10:00-05:00 a", "2024-05-03T10:00:00-05:00|2024-05-03T10:00-05:00|a"},
		{"10:00 GMT+2 a", "2024-05-03T10:00:00+02:00|10:00 GMT+2|a"},
		{"10:00 PDT (UTC-7) a", "2024-05-03T10:00:00-07:00|10:00 PDT (UTC-7)|a"},
		{"10:00 IST - a", "2024-05-03T10:00:00|10:00 IST|a"},
		{"10:00 (heure de Paris) a", "2024-05-03T10:00:00+02:00|10:00 (heure de Paris)|a"},
		{"12:48 (6:48 PDT) - a", "2024-05-03T12:48:00|12:48 (6:48 PDT)|a"},
		// Approximate and unknown ones.
		{"~14:45 a", "~2024-05-03T14:45:00|~14:45|a"},
		{"10:45~ | a", "~2024-05-03T10:45:00|10:45~|a"},
		{"10:30頃 停止", "~2024-05-03T10:30:00|10:30頃|停止"},
		{"un peu avant 14h, a", "~2024-05-03T14:00:00|un peu avant 14h|a"},
		{"À partir de 13:17: a", "2024-05-03T13:17:00|13:17|a"},
		{"--:-- a", "|--:--|a"},
		{"HH:mm a", "|HH:mm|a"},
		{"??? a", "|???|a"},
		{"2024-02-?? ??:?? a", "|2024-02-?? ??:??|a"},
		{"2024-05-02 --:-- a", "2024-05-02|2024-05-02 --:--|a"},
		{"2024-05-02 14:?? a", "2024-05-02|2024-05-02 14:??|a"},
		{"2024-05-02 (Time TBC)", "2024-05-02|2024-05-02 (Time TBC)|"},
		// Offsets: from 08:00.
		{"T+12m a", "2024-05-03T08:12:00|T+12m|a"},
		{"T0: a", "2024-05-03T08:00:00|T0|a"},
		{"[+1 hrs] a", "2024-05-03T09:00:00|+1 hrs|a"},
		{"+10 minutes: a", "2024-05-03T08:10:00|+10 minutes|a"},
		{"+1h20 a", "2024-05-03T09:20:00|+1h20|a"},
		// What is no time.
		{"25:61 a", "impossible"},
		{"2024-02-30 10:00 a", "impossible"},
		{"12 hours later", "none"},
		{"3 h plus tard", "none"},
		{"1.27 released", "none"},
		{"3:1 in favour", "none"},
		{"2019 - we began", "none"},
		{"20 servers", "none"},
		{"8443 is closed", "none"},
		{"11/25 of the users", "none"},
		{"On call engineer", "none"},
		{"Unknown users arrive", "none"},
		{"May be broken", "none"},
		{"Sun servers", "none"},
		{"+2 Business Days Later", "none"},
		{"", "none"},
	} {
		if got := read(c.text); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
		}
	}
}

func TestZoneNotes(t *testing.T) {
	for text, want := range map[string]string{
		"All times in PST":                     "-08:00",
		"All times PDT (UTC-7).":               "-07:00",
		"(Heure française, UTC+1)":             "+01:00",
		"Les heures sont en heure de Paris":    "+02:00",
		"Alle Zeiten in CEST.":                 "+02:00",
		"It broke. All times are in UTC.":      "Z",
		"すべて日本時間":                              "+09:00",
		"All times are IST":                    "",
		"The time was 10:00 UTC when it broke": "",
		"We meet every day":                    "",
		"The PST team was on call":             "",
	} {
		zone := zoneNote(text, nil)
		got := ""
		if zone != nil {
			got = time.Date(2024, 5, 3, 12, 0, 0, 0, zone).Format("Z07:00")
		}
		if got != want {
			t.Errorf("%q names the zone %q, want %q", text, got, want)
		}
	}
}

func FuzzEntryTime(f *testing.F) {
	for _, seed := range []string{
		"09:15 a", "[12-05 16:21] a", "entre 14h45 et 15h50", "2024-05-03T10:00-05:00", "T+1h20", "?? ??:??", "午後3時", "10:30頃",
		"13:49, 13:55 and 14:27 UTC: a", "12:45 PM PST Saturday May 4th: a", "10:00 Europe/Paris (08:00 UTC)", "Jeudi 2, 9 h 20", "~",
		"2024-02-?? HH:mm", "10:00~", "(", "T", "+", "9:", "11.50-12.10", "1600-1630 CET", "24:00 a", "23:59:60", "Jul 29 - 31: a", "07-29 -> 31", "29 Jul – 2 Aug 2022", "Dec 30-Jan 2", "+9999w 9999w",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, problem := scanEntryTime(text, map[string]string{"IST": "Asia/Kolkata"})
		if problem != NoProblem {
			return
		}
		if e.start < 0 || e.start > e.end || e.end > e.size || e.size > len(text) {
			t.Fatalf("%q: bounds %d %d %d of %d", text, e.start, e.end, e.size, len(text))
		}
		var diags diag.List
		c := calendar{near: civil(2024, 3, 31), zone: time.FixedZone("", 3600), diags: &diags}
		c.place(entryTime{clock: clockTime{timeOfDay: timeOfDay{hour: 22, precision: Minute}, known: true}}, "22:00", diag.Pos{})
		at, until := c.place(e, text[e.start:e.end], diag.Pos{})
		for _, m := range []Moment{at, until} {
			written := m.String()
			if written == "" {
				continue
			}
			again, problem := ParseMoment(written)
			if problem != NoProblem || again.String() != written || again.Zoned != m.Zoned {
				t.Errorf("%q is written %q and read back %q (problem %d)", text, written, again, problem)
			}
		}
	})
}
