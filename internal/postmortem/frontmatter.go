package postmortem

import (
	"publish/internal/diag"
	"publish/internal/tree"
)

// The types in words.
const (
	kindText   = "text"
	kindDate   = "date or time"
	kindFlag   = "true or false"
	kindNames  = "list of names, or one text"
	kindChoice = "one of a few words"
	kindLength = "length of time"
	kindNumber = "number"
	kindShare  = "number, in percent"

	kindDateOrFlag    = kindDate + ", or true or false"
	kindDateOrMapping = kindDate + ", or a mapping with a `date`"
)

// The values of the enumerations, in the order of the reference page.
var (
	stageValues    = []string{"draft", "review", "final"}
	audienceValues = []string{"public", "internal"}
	statusValues   = []string{"investigating", "identified", "monitoring", "resolved", "postmortem"}
	kindValues     = []string{"postmortem", "post", "maintenance", "page"}
)

// frontMatter is the field table: every field that front matter may have, in
// the order of the reference page. A new field is a row here, a field of
// Postmortem and a place in a layout.
var frontMatter = newTable([]field[Postmortem]{
	{name: "id", group: "identity", kind: kindText, several: best, aliases: "reference ref incident incident_id uuid number numero",
		doc: "Name of the document that never changes, as DISN20220125.", read: named(func(p *Postmortem) *string { return &p.ID })},
	{name: "feed_id", group: "identity", kind: kindText,
		doc: "The id that its entry has in feeds, where it had one before publish made them: the feeds' readers then know it again.", read: readFeedID},
	{name: "title", group: "identity", kind: kindText, several: best, aliases: "titre name",
		doc: "Title; without one, the first heading.", read: text(func(p *Postmortem) *string { return &p.Title })},
	{name: "date", group: "identity", kind: kindDate, several: best, aliases: "posted date_created created created_at",
		doc: "Date that decides address and order.", read: moment(func(p *Postmortem) *Moment { return &p.Date })},
	{name: "published", group: "identity", kind: kindDateOrFlag, several: all,
		aliases: "published_at publish publish_date published_date published_on pubdate publication_date source_published_at publie publie_le publiee",
		doc:     "When the document was, or will be, made public; false keeps it back, as in Jekyll.", read: readPublished},
	{name: "updated", group: "identity", kind: kindDateOrMapping, several: best,
		aliases: "lastmod last_modified_at last_modified modified modified_time date_modified last_update last_updated updated_at updated_on date_updated mise_a_jour maj",
		doc:     "When the text last changed, as far as readers should know.", read: readUpdated},
	{name: "slug", group: "identity", kind: kindText,
		doc: "Last part of the address, in place of the file's name.", read: text(func(p *Postmortem) *string { return &p.Slug })},
	{name: "permalink", group: "identity", kind: kindText, several: all, aliases: "url path",
		doc: "Whole address from the root of the site; a full URL of another site is the original's (canonical_url).", read: readPermalink},
	{name: "aliases", group: "identity", kind: kindNames, several: all, aliases: "alias redirect_from redirects old_urls",
		doc: "Old addresses that lead here.", read: readAliases},
	{name: "lang", group: "identity", kind: kindText, aliases: "language langue locale",
		doc: "Language of the text, as fr or en-GB.", read: readLang},
	{name: "authors", group: "identity", kind: "list of names or of mappings, or one text", several: all,
		aliases: "author auteur auteurs autrice byline written_by postmortem_owner", items: authorItems.info,
		doc: "Who wrote it: people or teams.", read: readAuthors},
	{name: "summary", group: "identity", kind: kindText, several: best,
		aliases: "excerpt description tldr resume executive_summary issue_summary chapo abstract",
		doc:     "Summary in a few sentences, for lists and feeds.", read: text(func(p *Postmortem) *string { return &p.Summary })},
	{name: "tags", group: "identity", kind: kindNames, several: all, aliases: "tag keywords keyword labels etiquettes mots_cles",
		doc: "Free words; one text is split at commas or blanks.", read: names(func(p *Postmortem) *[]string { return &p.Tags }, "tag")},
	{name: "categories", group: "identity", kind: kindNames, several: all, aliases: "category categorie",
		doc: "Categories, as in Jekyll; one text is split at commas or blanks.", read: names(func(p *Postmortem) *[]string { return &p.Categories }, "category")},
	{name: "stage", group: "identity", kind: kindChoice, values: stageValues, aliases: "report_status report_state etape avancement",
		doc: "How far the writing is; only final ones are published.", read: readStage},
	{name: "draft", group: "identity", kind: kindFlag, several: all, aliases: draftAliases,
		doc: "True keeps the document back.", read: readDraft},
	{name: "audience", group: "identity", kind: kindChoice, values: audienceValues, several: all,
		aliases: audienceAliases,
		doc:     "Who may read it; internal ones are only in the internal build.", read: readAudience},
	{name: "embargo", group: "identity", kind: kindDate, aliases: embargoAliases,
		doc: "Day or time before which nothing of it is published.", read: readEmbargo},
	{name: "withdrawn", group: "identity", kind: kindText, aliases: "retracted retire",
		doc: "Reason why the text was taken back; its address stays, without the text.", read: readWithdrawn},
	{name: "kind", group: "identity", kind: kindChoice, values: kindValues, aliases: "type mode",
		doc: "What the document is, where the guess would be wrong.", read: readKind},
	{name: "layout", group: "identity", kind: kindText,
		doc: "Layout that writes the page.", read: text(func(p *Postmortem) *string { return &p.Layout })},
	{name: "license", group: "identity", kind: kindText, aliases: "licence",
		doc: "Licence of the text.", read: text(func(p *Postmortem) *string { return &p.License })},
	{name: "canonical_url", group: "identity", kind: kindText, aliases: "canonical",
		doc: "Address of the original, if it was first published elsewhere.", read: named(func(p *Postmortem) *string { return &p.CanonicalURL })},
	{name: "post_mortem", group: "identity", kind: kindFlag, evidence: true, aliases: "is_postmortem is_incident",
		doc: "True says that a Jekyll post is a postmortem.", read: func(d *decoder, e tree.Entry, _ *Postmortem) bool { return d.flag(e) }},
	{name: "section", group: "identity", kind: kindText, evidence: true,
		doc: "The value issue says that it is an incident, as in cState; others are ignored.", read: readSection},

	{name: "severity", group: "incident", kind: kindText, evidence: true, several: best,
		aliases: "severite sev gravity gravite impact_level criticality criticite niveau incident_severity priority",
		doc:     "Severity, in the site's own scale.", read: readSeverity},
	{name: "status", group: "incident", kind: kindChoice, values: statusValues, evidence: true, several: best,
		aliases: "state incident_status incident_state etat statut",
		doc:     "Where the incident stands; a maintenance may be scheduled or in_progress too. A word for the stage of the report (draft, final) is taken as `stage`.", read: readStatus},
	{name: "services", group: "incident", kind: kindNames, evidence: true, several: all,
		aliases: "service affected affected_services affected_components components component systems system products product composants composant services_affectes",
		doc:     "What was hurt; one text is split at commas.", read: names(func(p *Postmortem) *[]string { return &p.Services }, "")},
	{name: "regions", group: "incident", kind: kindNames, several: all, aliases: "region locations location zones",
		doc: "Where it was hurt; one text is split at commas.", read: names(func(p *Postmortem) *[]string { return &p.Regions }, "")},
	{name: "timezone", group: "incident", kind: kindText, aliases: "tz fuseau fuseau_horaire",
		doc: "Zone of all times that name none: Europe/Paris, +02:00 or CET.", read: readTimezone},
	{name: "start", group: "incident", kind: kindDate, evidence: true, several: doubt,
		aliases: "start_time started_at started start_at starts_at started_on begin beginning incident_start fault_start debut heure_de_debut",
		doc:     "When the trouble began.", read: moment(func(p *Postmortem) *Moment { return &p.Start })},
	{name: "detected", group: "incident", kind: kindDate, evidence: true, several: doubt, aliases: "detected_at detect_time detection_time reported reported_at detecte detecte_a",
		doc: "When somebody or something noticed.", read: moment(func(p *Postmortem) *Moment { return &p.Detected })},
	{name: "acknowledged", group: "incident", kind: kindDate, evidence: true, aliases: "acknowledged_at acked ack_at response_at respond_time pris_en_charge",
		doc: "When somebody began to work on it.", read: moment(func(p *Postmortem) *Moment { return &p.Acknowledged })},
	{name: "identified", group: "incident", kind: kindDate, evidence: true, aliases: "identified_at identifie",
		doc: "When the cause was known.", read: moment(func(p *Postmortem) *Moment { return &p.Identified })},
	{name: "mitigated", group: "incident", kind: kindDate, evidence: true, several: doubt, aliases: "mitigated_at mitigation_time contained contained_at monitoring_at attenue",
		doc: "When users no longer felt it.", read: moment(func(p *Postmortem) *Moment { return &p.Mitigated })},
	{name: "resolved", group: "incident", kind: kindDateOrFlag, evidence: true, several: all,
		aliases: "resolved_at resolved_when resolve_time fixed fixed_at end end_time ended_at ends_at fin heure_de_fin resolu resolu_a",
		doc:     "When it was over; or, as in cState, only whether it is.", read: readResolved},
	{name: "communicated", group: "incident", kind: kindDate, evidence: true, aliases: "communicated_at first_notice status_posted status_time communique_a",
		doc: "When users were first told.", read: moment(func(p *Postmortem) *Moment { return &p.Communicated })},
	{name: "trigger", group: "incident", kind: kindText, evidence: true, aliases: "triggered_by declencheur",
		doc: "What set it off: a deploy, a configuration, load.", read: text(func(p *Postmortem) *string { return &p.Trigger })},
	{name: "detection", group: "incident", kind: kindText, evidence: true, aliases: "detected_by how_detected detecte_par",
		doc: "How it was noticed: monitoring, a customer, chance.", read: text(func(p *Postmortem) *string { return &p.Detection })},
	{name: "workaround", group: "incident", kind: kindText, evidence: true, aliases: "contournement solution_de_contournement",
		doc: "What users could do meanwhile.", read: text(func(p *Postmortem) *string { return &p.Workaround })},
	{name: "upstream", group: "incident", kind: "list of mappings or names, or one of them", evidence: true, several: all,
		aliases: "third_party third_parties fournisseur", items: upstreamItems.info,
		doc: "Provider whose fault it was, with its own report.", read: func(d *decoder, e tree.Entry, p *Postmortem) bool {
			p.Upstream = appendItems(p.Upstream, d, e, upstreamItems, plainUpstream)
			return true
		}},
	{name: "related", group: "incident", kind: kindNames, several: all,
		aliases: "see_also previous voir_aussi duplicate_of supersedes follow_up_of incidents_lies",
		doc:     "Ids of documents that belong together.", read: names(func(p *Postmortem) *[]string { return &p.Related }, "")},
	{name: "recurrence_of", group: "incident", kind: kindText, evidence: true, aliases: "recurrence recidive_de",
		doc: "Id of the incident that this one repeats.", read: text(func(p *Postmortem) *string { return &p.RecurrenceOf })},
	{name: "contact", group: "incident", kind: kindText, aliases: "support",
		doc: "Where readers may ask.", read: text(func(p *Postmortem) *string { return &p.Contact })},
	{name: "scheduled_for", group: "incident", kind: kindDate, aliases: "scheduled_start planned_start prevu_le",
		doc: "When a maintenance begins.", read: moment(func(p *Postmortem) *Moment { return &p.ScheduledFor })},
	{name: "scheduled_until", group: "incident", kind: kindDate, aliases: "scheduled_end planned_end prevu_jusqu_a",
		doc: "When a maintenance ends.", read: moment(func(p *Postmortem) *Moment { return &p.ScheduledUntil })},

	{name: "timeline", group: "timeline", kind: "list of events, or one text with an event on each line", evidence: true, several: all,
		aliases: "chronologie chronology events evenements deroulement frise", items: eventItems.info,
		doc: "What happened when.", read: readTimeline},
	{name: "impacts", group: "impacts", kind: "list of mappings or texts", evidence: true, several: all,
		aliases: "impact consequences", items: impactItems.info,
		doc: "Who or what was hurt, and how much.", read: func(d *decoder, e tree.Entry, p *Postmortem) bool {
			p.Impacts = appendItems(p.Impacts, d, e, impactItems, plainImpact)
			return true
		}},
	{name: "causes", group: "causes", kind: "list of mappings or texts", evidence: true, several: all,
		aliases: "cause root_cause root_causes cause_racine causes_racines cause_profonde immediate_cause cause_immediate contributing_factors contributing_conditions facteurs_contributifs",
		items:   causeItems.info,
		doc:     "Why it happened; the name of an alias tells the kind.", read: readCauses},
	{name: "countermeasures", group: "countermeasures", kind: "list of mappings or texts", evidence: true, several: all,
		aliases: "countermeasure contre_mesures mesures actions action_items follow_ups next_steps corrective_actions preventive_actions remediation actions_correctives plan_d'action",
		items:   countermeasureItems.info,
		doc:     "What is done so that it does not happen again.", read: func(d *decoder, e tree.Entry, p *Postmortem) bool {
			p.Countermeasures = appendItems(p.Countermeasures, d, e, countermeasureItems, plainCountermeasure)
			return true
		}},
	{name: "communications", group: "communications", kind: "list of mappings or texts", evidence: true, several: all,
		aliases: "communication comms communication_log", items: communicationItems.info,
		doc: "Messages that were sent while it ran.", read: func(d *decoder, e tree.Entry, p *Postmortem) bool {
			p.Communications = appendItems(p.Communications, d, e, communicationItems, plainCommunication)
			return true
		}},
	{name: "lessons", group: "lessons", kind: "mapping of lists", evidence: true, several: all,
		aliases: "lessons_learned lessons_learnt lecons enseignements " + wellAliases + " " + wrongAliases + " " + luckyAliases,
		items:   lessonItems.info,
		doc:     "What the team learned: what went well, what went wrong, where it was lucky.", read: readLessons},
	{name: "declared", group: "declared", kind: "mapping of lengths of time", evidence: true, several: all,
		aliases: "metrics metriques stats", items: declaredItems.info,
		doc: "Measures as the author states them, all in one mapping.", read: func(d *decoder, e tree.Entry, p *Postmortem) bool {
			return readMapping(d, e, declaredItems, &p.Declared)
		}},
	{name: "time_to_detect", group: "declared", kind: kindLength, evidence: true, aliases: detectAliases,
		doc: "From the beginning to the detection.", read: length(func(p *Postmortem) *Duration { return &p.Declared.TimeToDetect })},
	{name: "time_to_acknowledge", group: "declared", kind: kindLength, evidence: true, aliases: acknowledgeAliases,
		doc: "From the detection to the beginning of the work.", read: length(func(p *Postmortem) *Duration { return &p.Declared.TimeToAcknowledge })},
	{name: "time_to_mitigate", group: "declared", kind: kindLength, evidence: true, aliases: mitigateAliases,
		doc: "From the beginning until users no longer felt it.", read: length(func(p *Postmortem) *Duration { return &p.Declared.TimeToMitigate })},
	{name: "time_to_resolve", group: "declared", kind: kindLength, evidence: true, aliases: resolveAliases,
		doc: "From the beginning to the end.", read: length(func(p *Postmortem) *Duration { return &p.Declared.TimeToResolve })},
	{name: "duration", group: "declared", kind: kindLength, evidence: true, aliases: durationAliases,
		doc: "How long it lasted.", read: length(func(p *Postmortem) *Duration { return &p.Declared.Duration })},
	{name: "updates", group: "updates", kind: "list of mappings or texts", evidence: true, several: all,
		aliases: "status_updates incident_updates mises_a_jour", items: updateItems.info,
		doc: "Messages about the incident or the report, as they were posted.", read: func(d *decoder, e tree.Entry, p *Postmortem) bool {
			p.Updates = appendItems(p.Updates, d, e, updateItems, plainUpdate)
			return true
		}},
})

// Names that several tables share.
const (
	draftAliases       = "brouillon is_draft unpublished"
	audienceAliases    = "visibility diffusion internal interne is_internal internal_only private prive is_private confidential confidentiel public"
	embargoAliases     = "embargo_until embargoed_until embargo_date sous_embargo"
	wellAliases        = "went_well what_went_well ce_qui_a_bien_marche ce_qui_a_bien_fonctionne"
	wrongAliases       = "went_wrong what_went_wrong went_badly what_went_badly what_went_poorly ce_qui_a_mal_marche points_de_progression"
	luckyAliases       = "got_lucky where_we_got_lucky luck ou_nous_avons_eu_de_la_chance"
	detectAliases      = "ttd mttd temps_de_detection delai_de_detection"
	acknowledgeAliases = "tta mtta temps_de_prise_en_charge"
	mitigateAliases    = "ttm mttm"
	resolveAliases     = "ttr mttr time_to_recovery time_to_recover time_to_repair temps_de_resolution delai_de_resolution"
	durationAliases    = "duree downtime"
)

// text makes the reader of a text field.
func text[T any](to func(*T) *string) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		*to(into) = d.text(e)
		return true
	}
}

// named makes the reader of a text that must be plain.
func named[T any](to func(*T) *string) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		*to(into) = d.name(e)
		return true
	}
}

// moment makes the reader of a date or time.
func moment[T any](to func(*T) *Moment) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		*to(into) = d.moment(e)
		return true
	}
}

// length makes the reader of a length of time.
func length[T any](to func(*T) *Duration) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		stated := ParseDuration(d.text(e))
		if written := stated.Written; !stated.Known && written != "" && !isUnread(written) && times().tables["open end"].of(written) == "" {
			d.report(diag.TimeUnread, e.Value.Pos, "write it as 4h50min, with its units", "%q cannot be read as a length of time: %s",
				e.Key.Value, e.Value.Describe())
		}
		*to(into) = stated
		return true
	}
}

// quantity makes the reader of a number.
func quantity[T any](to func(*T) *Number) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		*to(into) = ParseNumber(d.text(e))
		return true
	}
}

// oneOf makes the reader of an enumeration; heading is its own in
// data/values.txt.
func oneOf[T any, S ~string](heading string, options []string, to func(*T) *S) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		*to(into) = S(d.choice(e, heading, options))
		return true
	}
}

// names makes the reader of a list of names. Whole is the alias under which
// one text is one name, blanks and all (Jekyll's `category`); a field without
// such an alias splits at commas only.
func names[T any](to func(*T) *[]string, whole string) reader[T] {
	return func(d *decoder, e tree.Entry, into *T) bool {
		blanks := whole != "" && fold(e.Key.Value) != whole
		*to(into) = append(*to(into), d.list(e, blanks)...)
		return true
	}
}
