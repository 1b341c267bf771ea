package postmortem

import (
	"strings"

	"publish/internal/diag"
	"publish/internal/tree"
)

// The tables of the items in lists, each followed by how a plain text in the
// place of an item is read.

// name is an item of a list of names.
type name struct {
	name string
	pos  diag.Pos
}

var nameItems = newItems(func(n *name, pos diag.Pos) { n.pos = pos }, "group impact from to status description url", []field[name]{
	{name: "name", kind: kindText, aliases: "text title label nom titre", doc: "The name.", read: text(func(n *name) *string { return &n.name })},
})

func plainName(_ *decoder, e tree.Entry) (name, bool) {
	return name{strings.TrimSpace(e.Value.Value), e.Value.Pos}, true
}

var authorItems = newItems(nil, "role title team image image_url avatar avatar_url bio twitter github gh x mastodon socials page uri orcid affiliation affiliations degrees corresponding", []field[Author]{
	{name: "name", kind: kindText, several: best, aliases: "nom key login", doc: "Name of a person or team.", read: text(func(a *Author) *string { return &a.Name })},
	{name: "url", kind: kindText, several: best, aliases: "website site link homepage web lien", doc: "Page about the author.", read: text(func(a *Author) *string { return &a.URL })},
	{name: "email", kind: kindText, aliases: "mail courriel", doc: "Address of the author.", read: text(func(a *Author) *string { return &a.Email })},
})

func plainAuthor(_ *decoder, e tree.Entry) (Author, bool) { return authorOf(e.Value.Value), true }

var upstreamItems = newItems(nil, "", []field[Upstream]{
	{name: "provider", kind: kindText, aliases: "name fournisseur nom", doc: "Name of the provider.", read: text(func(u *Upstream) *string { return &u.Provider })},
	{name: "url", kind: kindText, aliases: "link lien", doc: "Its own report.", read: text(func(u *Upstream) *string { return &u.URL })},
	{name: "id", kind: kindText, aliases: "incident reference", doc: "Its name for the incident.", read: text(func(u *Upstream) *string { return &u.ID })},
})

func plainUpstream(_ *decoder, e tree.Entry) (Upstream, bool) {
	s := strings.TrimSpace(e.Value.Value)
	if strings.Contains(s, "://") {
		return Upstream{URL: s}, true
	}
	return Upstream{Provider: s}, true
}

// eventValues are EventKinds as words.
var eventValues = func() (words []string) {
	for _, kind := range EventKinds {
		words = append(words, string(kind))
	}
	return words
}()

var eventItems = newItems(func(v *Event, pos diag.Pos) { v.Pos = pos }, "", []field[Event]{
	{name: "at", kind: kindDate, aliases: "time when date timestamp start from heure quand debut", doc: "When it happened; a time alone is on the day of the event before.", read: readEventTime},
	{name: "until", kind: kindDate, aliases: "end to fin jusqu'a", doc: "When it ended, if it lasted.", read: moment(func(v *Event) *Moment { return &v.Until })},
	{name: "kind", kind: kindChoice, values: eventValues, aliases: "type nature", doc: "What it did to the incident.", read: oneOf("event", eventValues, func(v *Event) *EventKind { return &v.Kind })},
	{name: "text", kind: kindText, aliases: "description event what message title summary body evenement texte quoi", doc: "What happened, in Markdown.", read: text(func(v *Event) *string { return &v.Text })},
	{name: "actor", kind: kindText, aliases: "who by author qui acteur", doc: "Who or what did it.", read: text(func(v *Event) *string { return &v.Actor })},
	{name: "link", kind: kindText, aliases: "url source evidence lien", doc: "Where to read more.", read: text(func(v *Event) *string { return &v.Link })},
	{name: "lane", kind: kindText, aliases: "component track couloir", doc: "Strand of the story, if there are several.", read: text(func(v *Event) *string { return &v.Lane })},
})

var (
	extentValues   = []string{"none", "partial", "total", "unknown"}
	personalValues = []string{"none", "affected", "unknown"}
)

var impactItems = newItems(func(i *Impact, pos diag.Pos) { i.Pos = pos }, "", []field[Impact]{
	{name: "text", kind: kindText, aliases: "description what note impact texte quoi", doc: "The impact in words.", read: text(func(i *Impact) *string { return &i.Text })},
	{name: "who", kind: kindText, aliases: "users customers qui", doc: "Who was hurt.", read: text(func(i *Impact) *string { return &i.Who })},
	{name: "service", kind: kindText, aliases: "component system composant", doc: "What was hurt.", read: text(func(i *Impact) *string { return &i.Service })},
	{name: "count", kind: kindNumber, aliases: "number nombre", doc: "How many.", read: quantity(func(i *Impact) *Number { return &i.Count })},
	{name: "of", kind: kindNumber, aliases: "total sur base", doc: "Out of how many.", read: quantity(func(i *Impact) *Number { return &i.Of })},
	{name: "share", kind: kindShare, aliases: "percent percentage part pourcentage", doc: "Which part.", read: quantity(func(i *Impact) *Number { return &i.Share })},
	{name: "unit", kind: kindText, aliases: "unite", doc: "Of what: sessions, orders.", read: text(func(i *Impact) *string { return &i.Unit })},
	{name: "from", kind: kindDate, aliases: "start debut de", doc: "When it began.", read: moment(func(i *Impact) *Moment { return &i.From })},
	{name: "until", kind: kindDate, aliases: "to end fin jusqu'a", doc: "When it ended.", read: moment(func(i *Impact) *Moment { return &i.Until })},
	{name: "duration", kind: kindLength, aliases: "duree", doc: "How long it lasted.", read: length(func(i *Impact) *Duration { return &i.Duration })},
	{name: "recovered", kind: kindText, aliases: "recupere", doc: "What could be recovered.", read: text(func(i *Impact) *string { return &i.Recovered })},
	{name: "data_loss", kind: kindChoice, values: extentValues, aliases: "perte_de_donnees", doc: "Whether data were lost.", read: oneOf("data loss", extentValues, func(i *Impact) *Extent { return &i.DataLoss })},
	{name: "personal_data", kind: kindChoice, values: personalValues, aliases: "privacy_breach donnees_personnelles", doc: "Whether personal data were seen or lost.", read: oneOf("personal data", personalValues, func(i *Impact) *Extent { return &i.PersonalData })},
})

func plainImpact(_ *decoder, e tree.Entry) (Impact, bool) {
	return Impact{Text: strings.TrimSpace(e.Value.Value), Pos: e.Value.Pos}, true
}

var (
	causeKinds    = []string{"trigger", "immediate", "root", "contributing"}
	causeStatuses = []string{"suspected", "confirmed", "ruled_out"}
)

var causeItems = newItems(func(c *Cause, pos diag.Pos) { c.Pos = pos }, "", []field[Cause]{
	{name: "kind", kind: kindChoice, values: causeKinds, aliases: "type nature", doc: "Which part it played.", read: oneOf("cause kind", causeKinds, func(c *Cause) *string { return &c.Kind })},
	{name: "status", kind: kindChoice, values: causeStatuses, aliases: "state etat", doc: "How sure it is.", read: oneOf("cause status", causeStatuses, func(c *Cause) *string { return &c.Status })},
	{name: "text", kind: kindText, aliases: "description cause what texte", doc: "The cause in words.", read: text(func(c *Cause) *string { return &c.Text })},
})

func plainCause(_ *decoder, e tree.Entry) (Cause, bool) {
	return Cause{Text: strings.TrimSpace(e.Value.Value), Pos: e.Value.Pos}, true
}

var (
	countermeasureKinds    = []string{"prevent", "detect", "mitigate", "process"}
	horizons               = []string{"immediate", "short", "long"}
	countermeasureStatuses = []string{"proposed", "open", "in_progress", "done", "dropped", "unknown"}
)

var countermeasureItems = newItems(func(c *Countermeasure, pos diag.Pos) { c.Pos = pos }, "", []field[Countermeasure]{
	{name: "text", kind: kindText, aliases: "description action what title summary mesure texte", doc: "What is to be done.", read: text(func(c *Countermeasure) *string { return &c.Text })},
	{name: "kind", kind: kindChoice, values: countermeasureKinds, aliases: "type nature", doc: "What it is for.", read: oneOf("countermeasure kind", countermeasureKinds, func(c *Countermeasure) *string { return &c.Kind })},
	{name: "horizon", kind: kindChoice, values: horizons, aliases: "term echeance_type", doc: "How soon.", read: oneOf("horizon", horizons, func(c *Countermeasure) *string { return &c.Horizon })},
	{name: "owner", kind: kindText, aliases: "who assignee team responsable equipe porteur", doc: "Who does it.", read: text(func(c *Countermeasure) *string { return &c.Owner })},
	{name: "due", kind: kindDate, aliases: "due_date due_on deadline echeance date_limite pour_le", doc: "By when.", read: moment(func(c *Countermeasure) *Moment { return &c.Due })},
	{name: "status", kind: kindChoice, values: countermeasureStatuses, aliases: "state etat statut", doc: "Where it stands.", read: oneOf("countermeasure status", countermeasureStatuses, func(c *Countermeasure) *string { return &c.Status })},
	{name: "done_on", kind: kindDate, aliases: "completed_at completed_on closed_at done_at fait_le", doc: "When it was done.", read: moment(func(c *Countermeasure) *Moment { return &c.DoneOn })},
	{name: "link", kind: kindText, aliases: "url tracker ticket issue evidence lien", doc: "Where it is followed.", read: text(func(c *Countermeasure) *string { return &c.Link })},
})

// plainCountermeasure reads a text, with the box of a task list if it has one.
func plainCountermeasure(_ *decoder, e tree.Entry) (Countermeasure, bool) {
	c := Countermeasure{Text: strings.TrimSpace(e.Value.Value), Pos: e.Value.Pos}
	for _, box := range [][2]string{{"[ ]", "open"}, {"[x]", "done"}, {"[X]", "done"}} {
		if rest, ok := strings.CutPrefix(c.Text, box[0]); ok {
			c.Text, c.Status = strings.TrimSpace(rest), box[1]
			break
		}
	}
	return c, true
}

var communicationItems = newItems(func(c *Communication, pos diag.Pos) { c.Pos = pos }, "", []field[Communication]{
	{name: "at", kind: kindDate, aliases: "time when date heure quand", doc: "When it was sent.", read: moment(func(c *Communication) *Moment { return &c.At })},
	{name: "channel", kind: kindText, aliases: "via canal", doc: "Where: mail, status page.", read: text(func(c *Communication) *string { return &c.Channel })},
	{name: "audience", kind: kindText, aliases: "to who a_qui destinataires", doc: "To whom.", read: text(func(c *Communication) *string { return &c.Audience })},
	{name: "text", kind: kindText, aliases: "message body description texte", doc: "What it said.", read: text(func(c *Communication) *string { return &c.Text })},
})

func plainCommunication(d *decoder, e tree.Entry) (Communication, bool) {
	at, rest := d.timed(e.Value)
	return Communication{At: at, Text: rest, Pos: e.Value.Pos}, true
}

var updateValues = []string{"investigating", "identified", "monitoring", "resolved", "postmortem", "scheduled", "in_progress", "correction", "follow_up"}

var updateItems = newItems(func(u *Update, pos diag.Pos) { u.Pos = pos }, "", []field[Update]{
	{name: "at", kind: kindDate, aliases: "time when date posted created_at display_at heure", doc: "When it was posted.", read: moment(func(u *Update) *Moment { return &u.At })},
	{name: "status", kind: kindChoice, values: updateValues, aliases: "state etat statut", doc: "Where the incident stood; scheduled and in_progress are of a maintenance, correction and follow_up about the report.", read: oneOf("update", updateValues, func(u *Update) *Status { return &u.Status })},
	{name: "text", kind: kindText, aliases: "body message description texte", doc: "What it said, in Markdown.", read: text(func(u *Update) *string { return &u.Text })},
})

func plainUpdate(d *decoder, e tree.Entry) (Update, bool) {
	at, rest := d.timed(e.Value)
	return Update{At: at, Text: rest, Pos: e.Value.Pos}, true
}

var lessonItems = newItems(nil, "", []field[Lessons]{
	{name: "well", kind: kindNames, several: all, aliases: wellAliases, doc: "What went well.", read: lessons(func(l *Lessons) *[]string { return &l.Well })},
	{name: "wrong", kind: kindNames, several: all, aliases: wrongAliases, doc: "What went wrong.", read: lessons(func(l *Lessons) *[]string { return &l.Wrong })},
	{name: "lucky", kind: kindNames, several: all, aliases: luckyAliases, doc: "Where the team was lucky.", read: lessons(func(l *Lessons) *[]string { return &l.Lucky })},
})

// lessons makes the reader of a list of sentences, which are never split.
func lessons(to func(*Lessons) *[]string) reader[Lessons] {
	return func(d *decoder, e tree.Entry, into *Lessons) bool {
		for _, item := range itemsOf(d, e, nameItems, plainName) {
			*to(into) = append(*to(into), item.name)
		}
		return true
	}
}

var declaredItems = newItems(nil, "", []field[Declared]{
	{name: "time_to_detect", kind: kindLength, aliases: detectAliases, doc: "From the beginning to the detection.", read: length(func(m *Declared) *Duration { return &m.TimeToDetect })},
	{name: "time_to_acknowledge", kind: kindLength, aliases: acknowledgeAliases, doc: "From the detection to the beginning of the work.", read: length(func(m *Declared) *Duration { return &m.TimeToAcknowledge })},
	{name: "time_to_mitigate", kind: kindLength, aliases: mitigateAliases, doc: "From the beginning until users no longer felt it.", read: length(func(m *Declared) *Duration { return &m.TimeToMitigate })},
	{name: "time_to_resolve", kind: kindLength, aliases: resolveAliases, doc: "From the beginning to the end.", read: length(func(m *Declared) *Duration { return &m.TimeToResolve })},
	{name: "duration", kind: kindLength, aliases: durationAliases, doc: "How long it lasted.", read: length(func(m *Declared) *Duration { return &m.Duration })},
})
