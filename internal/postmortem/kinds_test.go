package postmortem

import (
	"slices"
	"testing"
)

func TestKindOf(t *testing.T) {
	tests := []struct {
		language, text string
		want           EventKind
	}{
		{"en", "Outage begins", "started"},
		{"en", "The API stopped responding to every third request.", "started"},
		{"en", "The queue workers went down. Alerts fired two minutes later.", "started"},
		{"en", "Deployed version 4.2 to all regions", "change"},
		{"en", "PR #12 was merged, which caused an alert", "change"},
		{"en", "Alert for high latency triggered", "detected"},
		{"en", "Discovery: nobody can log in", "detected"},
		{"en", "Customers report blank pages since the deployment of the new cache", "detected"},
		{"en", "Incident declared", "acknowledged"},
		{"en", "The on-call engineer acknowledged the page", "acknowledged"},
		{"en", "Root cause was finally identified", "identified"},
		{"en", "Traffic was rerouted to the second region", "mitigated"},
		{"en", "Latency rose as traffic shifted to the old path", ""},
		{"en", "Rolled back the release; service restored", "rollback"},
		{"en", "Status page updated", "communicated"},
		{"en", "The incident is now considered resolved", ""}, // "considered" is an opinion
		{"en", "Incident resolved", "resolved"},
		{"en", "Everything is back to normal", "resolved"},
		{"en", "latency is normal again", "resolved"},
		{"en", "latency is not normal again", ""},
		{"en", "Service fully restored", "resolved"},

		{"en", "The incident was not resolved by this", ""},
		{"en", "Service is not back online", ""},
		{"en", "We tried to roll back", ""},
		{"en", "We decided to revert, but waited", ""},
		{"en", "Waiting until the service is restored", ""},
		{"en", "Incident resolved only for some users", ""},
		{"en", "Users reporting back that the fix works", ""},
		{"en", "Alert rules were added", ""},
		{"en", "Back up the database", ""},
		{"en", "Fix deployed to staging", ""},
		{"en", "Three of us look at graphs", ""},
		{"en", "Ana explains: \"the outage began on Monday\"", ""},
		{"en", "Alert \"too many errors since noon\" fired", "detected"},
		{"en", "Possible cure for the bug identified", ""},
		{"en", "The incident declared mitigated, work goes on tomorrow", "mitigated"},
		{"en", "INCIDENT END: pages load", "resolved"},
		{"en", "", ""},

		{"fr", "mise en production de la nouvelle recherche", "change"},
		{"fr", "Alertes de l’outil de surveillance : le site ne répond plus", "detected"},
		{"fr", "on nous signale que les pages sont lentes", "detected"},
		{"fr", "retour en arrière sur la nouvelle recherche", "rollback"},
		{"fr", "Le service est rétabli pour tout le monde", "resolved"},
		{"fr", "le service n’est pas rétabli", ""},
		{"fr", "tentative de retour en arrière", ""},
		{"fr", "le cache ne répond plus", "started"},
		{"fr", "Fin de l’incident", "resolved"},
		{"fr", "envoi d’un message aux agents", "communicated"},
		{"fr", "L’origine du problème est identifiée", "identified"},
		{"de", "Störung behoben", "resolved"},
		{"de", "Störung noch nicht behoben", ""},
		{"de", "Alarm im Bereitschaftsdienst", "detected"},
		{"de", "Server nicht mehr erreichbar", "started"},
		{"es", "El servicio fue restablecido", "resolved"},
		{"es", "El servicio no fue restablecido", ""},
		{"es", "Se detecta un aumento de errores", "detected"},
		{"pt", "Serviço restaurado", "resolved"},
		{"pt", "Alerta disparado no monitoramento", "detected"},
		{"ru", "Сервис полностью восстановлен", "resolved"},
		{"ru", "Сервис не восстановлен", ""},
		{"ru", "Откат релиза", "rollback"},
		{"zh", "值班同学收到告警", "detected"},
		{"zh", "服务恢复正常", "resolved"},
		{"zh", "尝试回滚", ""},
		{"ja", "監視で異常を検知", "detected"},
		{"ja", "全サービスの復旧を確認", "resolved"},
		{"ja", "ロールバックできない", ""},
		{"", "Störung behoben", "resolved"},
		{"fr-CA", "Incident résolu", "resolved"},
	}
	for _, test := range tests {
		events := []Event{{Text: test.text}}
		InferKinds(events, test.language)
		if got := events[0]; got.Kind != test.want || got.KindInferred != (test.want != "") {
			t.Errorf("%s: %q is %q (inferred: %v), want %q", test.language, test.text, got.Kind, got.KindInferred, test.want)
		}
	}
}

func TestInferKindsGivesMilestonesOnce(t *testing.T) {
	event := func(at, text string) Event { return Event{At: mustMoment(t, at), Text: text} }
	tests := map[string]kindsCase{
		"the first detection, the last resolution": {
			[]Event{
				event("2022-03-02 10:00", "Outage starts"), event("2022-03-02 10:02", "Alert triggered"), event("2022-03-02 10:05", "Alert received by phone"),
				event("2022-03-02 10:30", "Issue resolved"), event("2022-03-02 10:40", "Outage starts again"), event("2022-03-02 11:00", "Incident resolved"),
			},
			[]EventKind{"started", "detected", "", "", "", "resolved"},
		},
		"what is stated stays": {
			[]Event{
				{Kind: "detected", At: mustMoment(t, "2022-03-02 10:00"), Text: "Incident resolved"},
				event("2022-03-02 10:02", "Alert triggered"), event("2022-03-02 11:00", "Incident resolved"),
			},
			[]EventKind{"detected", "", "resolved"},
		},
		"a beginning after the detection is none": {
			[]Event{event("2022-03-02 10:00", "Alert triggered"), event("2022-03-02 10:20", "The second cluster went down"), event("2022-03-02 11:00", "Incident resolved")},
			[]EventKind{"detected", "", "resolved"},
		},
		"an end before the detection is none": {
			[]Event{event("2022-03-02 10:00", "Alert triggered"), event("2022-03-02 09:00", "Incident resolved")},
			[]EventKind{"detected", ""},
		},
	}
	checkKinds(t, tests)
}

func TestKindsOfOutagesDaysApart(t *testing.T) {
	event := func(at, text string) Event { return Event{At: mustMoment(t, at), Text: text} }
	checkKinds(t, map[string]kindsCase{
		"the milestones are those of the first outage, the end is the last": {
			[]Event{
				event("2022-03-02 10:00", "Outage starts"), event("2022-03-02 10:02", "Alert triggered"), event("2022-03-02 10:30", "Incident resolved"),
				event("2022-03-05 18:00", "Deployed version 7"), event("2022-03-05 18:10", "Customers report errors"),
				event("2022-03-05 18:45", "Engineering begins investigation"), event("2022-03-05 19:00", "Mitigation applied"), event("2022-03-05 19:10", "Service fully restored"),
			},
			[]EventKind{"started", "detected", "", "change", "", "", "", "resolved"},
		},
		"what is told after the end belongs to the first outage, until half a day is quiet": {
			[]Event{
				event("2022-03-02 10:02", "Alert triggered"), event("2022-03-02 20:30", "Incident resolved"), event("2022-03-02 21:00", "Root cause identified"),
				event("2022-03-03 09:00", "Alert triggered"), event("2022-03-03 09:20", "Incident declared"), event("2022-03-03 11:00", "Incident resolved"),
			},
			[]EventKind{"detected", "", "identified", "", "", "resolved"},
		},
		"an outage that comes back within half a day is the same": {
			[]Event{
				event("2022-03-02 20:00", "Alert triggered"), event("2022-03-02 23:30", "Incident resolved"), event("2022-03-03 06:40", "Alert triggered"),
				event("2022-03-03 07:00", "Incident declared"), event("2022-03-04 09:20", "Incident resolved"),
			},
			[]EventKind{"detected", "", "", "acknowledged", "resolved"},
		},
		"a night's rest before the end is none between two": {
			[]Event{event("2022-03-02 18:00", "Alert triggered"), event("2022-03-03 09:00", "Incident declared"), event("2022-03-03 11:00", "Incident resolved")},
			[]EventKind{"detected", "acknowledged", "resolved"},
		},
		"work after the end begins nothing": {
			[]Event{
				event("2022-03-02 10:02", "Alert triggered"), event("2022-03-02 18:00", "Service restored"),
				event("2022-03-03 09:00", "Root cause identified"), event("2022-03-03 11:00", "Incident closed"),
			},
			[]EventKind{"detected", "", "identified", "resolved"},
		},
		"what is stated stays": {
			[]Event{
				event("2022-03-02 10:00", "Alert triggered"), {Kind: "resolved", At: mustMoment(t, "2022-03-02 10:30"), Text: "Repaired"},
				event("2022-03-05 18:10", "Alert triggered"), {Kind: "acknowledged", At: mustMoment(t, "2022-03-05 18:45"), Text: "Ana is there"},
				event("2022-03-05 19:00", "Mitigation applied"),
			},
			[]EventKind{"detected", "resolved", "", "acknowledged", ""},
		},
	})
}

// kindsCase is a timeline, and the kinds that its events get.
type kindsCase struct {
	events []Event
	want   []EventKind
}

func checkKinds(t *testing.T, tests map[string]kindsCase) {
	t.Helper()
	for name, test := range tests {
		InferKinds(test.events, "en")
		for i, e := range test.events {
			if e.Kind != test.want[i] {
				t.Errorf("%s: %q is %q, want %q", name, e.Text, e.Kind, test.want[i])
			}
		}
	}
}

func FuzzInferKinds(f *testing.F) {
	for _, seed := range []string{"", "Alert triggered", "l’incident est clos", "服务恢复", "a ~ ^ * b'", "\xff'x", "Recovery: …"} {
		f.Add(seed, "fr")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		events := []Event{{Text: text}}
		InferKinds(events, language)
		if events[0].KindInferred != (events[0].Kind != "") || events[0].Text != text {
			t.Errorf("%q became %+v", text, events[0])
		}
	})
}

func TestKindsOfSeveralIncidents(t *testing.T) {
	text := "# Two outages\n\n## Disk\n\n### Timeline\n\n- 10:00 outage begins\n- 11:00 service fully restored\n\n## Net\n\n### Timeline\n\n- 14:00 alert fired\n- 15:00 root cause identified\n- 16:00 service fully restored"
	blocks, c := blocksOf(text), Context{Title: "Two outages"}
	r, _ := ReadText(blocks, FindSections(blocks, c), c)
	InferKinds(r.Facts.Timeline, "en")
	var got []EventKind
	for _, e := range r.Facts.Timeline {
		got = append(got, e.Kind)
	}
	if want := []EventKind{"started", "resolved", "", "", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
