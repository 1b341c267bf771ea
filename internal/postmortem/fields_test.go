package postmortem

import (
	"slices"
	"strings"
	"testing"
)

// TestEachNameLeadsToOneField holds for every table: no two fields share a
// name, however it is spelled, and every name finds its field.
func TestEachNameLeadsToOneField(t *testing.T) {
	var walk func(path string, fields []FieldInfo)
	walk = func(path string, fields []FieldInfo) {
		owner := map[string]string{}
		for _, f := range fields {
			if f.Doc == "" || f.Type == "" || !strings.HasSuffix(f.Doc, ".") {
				t.Errorf("%s%s: wants a type and a sentence, has %q and %q", path, f.Name, f.Type, f.Doc)
			}
			for _, name := range append([]string{f.Name}, f.Aliases...) {
				if other, taken := owner[fold(name)]; taken {
					t.Errorf("%s%q leads to %q and to %q", path, name, other, f.Name)
				}
				owner[fold(name)] = f.Name
			}
			walk(path+f.Name+".", f.Fields)
		}
	}
	walk("", Fields())
	for _, f := range Fields() {
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			if silentKeys()[fold(name)] || hidingKeys()[fold(name)] {
				t.Errorf("%q is a name of %q and stands in a data file of unused keys", name, f.Name)
			}
		}
	}
}

// TestFieldsOfTheDesign wants every field that DESIGN.md §4 promises.
func TestFieldsOfTheDesign(t *testing.T) {
	promised := map[string]string{
		"identity": "id title date published updated slug permalink aliases lang authors summary tags categories stage draft audience embargo withdrawn kind layout license canonical_url",
		"incident": "severity status services regions timezone start detected acknowledged identified mitigated resolved communicated trigger detection workaround upstream related recurrence_of contact scheduled_for scheduled_until",
		"timeline": "timeline", "impacts": "impacts", "causes": "causes", "countermeasures": "countermeasures",
		"communications": "communications", "lessons": "lessons", "updates": "updates",
		"declared": "time_to_detect time_to_acknowledge time_to_mitigate time_to_resolve duration",
	}
	items := map[string]string{
		"timeline": "at until kind text actor link lane internal",
		"impacts":  "text who service count of share unit from until duration recovered data_loss personal_data internal",
		"causes":   "kind status text internal", "communications": "at channel audience text internal",
		"countermeasures": "text kind horizon owner due status done_on link internal",
		"lessons":         "well wrong lucky internal", "updates": "at status text internal",
	}
	for _, f := range Fields() {
		promised[f.Group] = strings.Join(slices.DeleteFunc(strings.Fields(promised[f.Group]), func(n string) bool { return n == f.Name }), " ")
		names := []string{}
		for _, inner := range f.Fields {
			names = append(names, inner.Name)
		}
		if want := items[f.Name]; want != "" && strings.Join(names, " ") != want {
			t.Errorf("items of %s: got %v, want %s", f.Name, names, want)
		}
	}
	for group, missing := range promised {
		if missing != "" {
			t.Errorf("group %s lacks %s", group, missing)
		}
	}
}

// TestAliases are the spellings of other tools and of French authors.
func TestAliases(t *testing.T) {
	for field, spellings := range map[string]string{
		"id":                  "reference ref incident incident_id uuid number numéro référence Référence",
		"title":               "titre Title TITLE name",
		"date":                "posted Date",
		"published":           "published_at publishDate publish-date source_published_at pubDate",
		"updated":             "lastmod last_modified_at last_update modifiedTime mise_à_jour date-modified",
		"permalink":           "url path",
		"aliases":             "redirect_from",
		"lang":                "language langue",
		"authors":             "author auteur postmortem_owner",
		"summary":             "excerpt description résumé tldr executive_summary issue_summary",
		"tags":                "keywords étiquettes",
		"categories":          "category catégories",
		"stage":               "report_status",
		"draft":               "brouillon",
		"audience":            "visibility diffusion private internal interne",
		"kind":                "type mode",
		"severity":            "sévérité severite gravity priority impact_level",
		"status":              "state incident_status état",
		"services":            "affected components systems composants products service",
		"regions":             "zones locations",
		"timezone":            "tz time_zone fuseau",
		"start":               "start_time started_at début fault_start startTime",
		"detected":            "detected_at detecttime reported_at",
		"acknowledged":        "acknowledged_at response_at",
		"mitigated":           "mitigated_at contained monitoring_at",
		"resolved":            "resolved_at fixed_at resolvedWhen fin end end_time",
		"communicated":        "first_notice status_posted statustime",
		"trigger":             "déclencheur",
		"detection":           "detected_by",
		"upstream":            "third_party fournisseur",
		"related":             "see_also previous",
		"timeline":            "chronologie",
		"impacts":             "impact conséquences",
		"causes":              "root_cause cause_racine cause_profonde cause_immédiate contributing_factors contributing_conditions",
		"countermeasures":     "actions contre_mesures contre-mesures mesures action_items follow_ups next_steps corrective_actions remediation",
		"lessons":             "what_went_well ce_qui_a_bien_marché where_we_got_lucky points_de_progression",
		"time_to_detect":      "ttd temps_de_détection MTTD",
		"time_to_acknowledge": "tta temps_de_prise_en_charge",
		"time_to_mitigate":    "ttm",
		"time_to_resolve":     "ttr temps_de_résolution MTTR",
		"duration":            "durée",
		"updates":             "mises_à_jour",
		"post_mortem":         "post-mortem postmortem PostMortem",
		"section":             "section",
	} {
		for spelling := range strings.FieldsSeq(spellings) {
			row, ok := frontMatter.names().row[fold(spelling)]
			if !ok || frontMatter.rows[row].name != field {
				t.Errorf("%q does not lead to %q", spelling, field)
			}
		}
	}
}

// TestValues wants every value of an enumeration to be understood, and every
// word of the data file to mean one that the field knows.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		heading string
		values  []string
		more    string // meanings beside the field's own
	}{
		{"stage", stageValues, ""}, {"audience", audienceValues, ""}, {"kind", kindValues, ""},
		{"status", statusValues, "stage draft,stage review,stage final,audience internal,plan scheduled,plan in_progress"},
		{"update", updateValues, ""}, {"event", eventValues, ""},
		{"cause kind", causeKinds, ""}, {"cause status", causeStatuses, ""},
		{"countermeasure kind", countermeasureKinds, ""}, {"countermeasure status", countermeasureStatuses, ""}, {"horizon", horizons, ""},
		{"data loss", extentValues, ""}, {"personal data", personalValues, ""}, {"switch", []string{"true", "false"}, ""},
	} {
		for _, v := range c.values {
			if got := values()[c.heading][fold(v)]; got != v {
				t.Errorf("[%s] %q means %q", c.heading, v, got)
			}
		}
		for word, meaning := range values()[c.heading] {
			if !slices.Contains(c.values, meaning) && !slices.Contains(strings.Split(c.more, ","), meaning) {
				t.Errorf("[%s] %q means %q, which the field does not know", c.heading, word, meaning)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"resolvedWhen": "resolvedwhen", "Résolu-à": "resolua", "mise à jour": "miseajour", "plan d’action": "pland'action", "ID": "id", "id": "id", "日付": "日付",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}
