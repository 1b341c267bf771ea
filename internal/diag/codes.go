package diag

// Code names a kind of diagnostic. Codes are stable: people put them into
// `checks:` and scripts look for them.
type Code string

// The codes; the table below says what each is for.
const (
	FrontMatterUnclosed   Code = "front-matter-unclosed"
	FrontMatterSyntax     Code = "front-matter-syntax"
	FieldDuplicate        Code = "field-duplicate"
	FieldType             Code = "field-type"
	DateInvalid           Code = "date-invalid"
	DateMissing           Code = "date-missing"
	URLCollision          Code = "url-collision"
	URLInvalid            Code = "url-invalid"
	InternalMark          Code = "internal-mark"
	PrivacyKey            Code = "privacy-key"
	LeakSecret            Code = "leak-secret"
	LeakInternal          Code = "leak-internal"
	TemplateError         Code = "template-error"
	Encoding              Code = "encoding"
	MergeConflict         Code = "merge-conflict"
	Config                Code = "config"
	FieldUnknown          Code = "field-unknown"
	LinkBroken            Code = "link-broken"
	LinkGone              Code = "link-gone"
	AnchorMissing         Code = "anchor-missing"
	AssetMissing          Code = "asset-missing"
	AltMissing            Code = "alt-missing"
	ImageRemote           Code = "image-remote"
	TimelineOrder         Code = "timeline-order"
	TimeUnread            Code = "time-unread"
	TimeAmbiguous         Code = "time-ambiguous"
	TimeNonexistent       Code = "time-nonexistent"
	ZoneMismatch          Code = "zone-mismatch"
	WeekdayMismatch       Code = "weekday-mismatch"
	DurationMismatch      Code = "duration-mismatch"
	SumMismatch           Code = "sum-mismatch"
	ShareMismatch         Code = "share-mismatch"
	SeverityUnknown       Code = "severity-unknown"
	LeakPersonal          Code = "leak-personal"
	LeakHost              Code = "leak-host"
	LeakAllowance         Code = "leak-allowance"
	FileUnsearched        Code = "file-unsearched"
	HTMLDropped           Code = "html-dropped"
	TagUnknown            Code = "tag-unknown"
	CountermeasureOverdue Code = "countermeasure-overdue"
	CountermeasureNoOwner Code = "countermeasure-no-owner"
	SectionMissing        Code = "section-missing"
	FileSkipped           Code = "file-skipped"
	HeldBack              Code = "held-back"
	BaseURLGuessed        Code = "base-url-guessed"
	BaseURLMissing        Code = "base-url-missing"
	LanguageGuessed       Code = "language-guessed"
	DayRolled             Code = "day-rolled"
	TermMerged            Code = "term-merged"
	PageReplaced          Code = "page-replaced"
	TextDiffers           Code = "text-differs"
	HostMismatch          Code = "host-mismatch"
	Blame                 Code = "blame"
	ContrastLow           Code = "contrast-low"
	TemplateUnused        Code = "template-unused"
	TranslationClash      Code = "translation-clash"
	TranslationDiffers    Code = "translation-differs"
	TranslationAlone      Code = "translation-alone"
	LinkMoved             Code = "link-moved"
	LinkSilent            Code = "link-silent"
	LanguageIncomplete    Code = "language-incomplete"
	RedactionUnused       Code = "redaction-unused"
	Bug                   Code = "bug"
)

// codes is the one table of levels and meanings, in the order of DESIGN.md §7.
// `tag-unknown` (a template tag of another tool), `page-replaced` (a page of the
// site's own in the place of a generated one), `text-differs`,
// `host-mismatch`, `blame`, `leak-allowance`, `contrast-low` (of the site's own colours),
// `template-unused`, `merge-conflict`, `bug` and those of translations and languages are ours beyond its list.
var codes = []struct {
	Code  Code
	Level Level
	Means string
}{
	{FrontMatterUnclosed, Error, "the front matter has no closing fence"},
	{FrontMatterSyntax, Error, "the front matter is not valid YAML, TOML or JSON, or is not a mapping"},
	{FieldDuplicate, Error, "a field is given twice"},
	{FieldType, Error, "a field's value is of the wrong kind"},
	{DateInvalid, Error, "a day or a time that does not exist"},
	{DateMissing, Error, "a dated document without a date"},
	{URLCollision, Error, "two pages would have the same address"},
	{URLInvalid, Error, "an address that a file system or a host cannot hold"},
	{InternalMark, Error, "a mark of an internal passage is unclosed, misspelt, nested or stray"},
	{PrivacyKey, Error, "an unknown field nearly spells one that decides what is public"},
	{LeakSecret, Error, "something that looks like a secret would be published"},
	{LeakInternal, Error, "something meant for the inside would be published"},
	{TemplateError, Error, "a layout cannot be read or filled in"},
	{Encoding, Error, "a file is not valid UTF-8"},
	{MergeConflict, Error, "a file holds two versions of a passage, of which git asks to keep one"},
	{Config, Error, "the site's configuration has a mistake"},
	{TranslationClash, Error, "two files are one text in one language"},
	{Bug, Error, "publish made a mistake"},

	{FieldUnknown, Warning, "a field that means nothing here"},
	{LinkBroken, Warning, "a link leads nowhere, or may not be followed"},
	{LinkGone, Warning, "an address of another site is gone (check --external)"},
	{AnchorMissing, Warning, "a link names a place that its page does not have"},
	{AssetMissing, Warning, "an image or a file that is not there, or an image that is empty or none"},
	{AltMissing, Warning, "an image without alternative text"},
	{ImageRemote, Warning, "an image from another host"},
	{TimelineOrder, Warning, "an event stands before one that happened earlier"},
	{TimeUnread, Warning, "a time of an event, or a stated length of time, cannot be read"},
	{TimeAmbiguous, Warning, "a local time that exists twice, or can be read in two ways"},
	{TimeNonexistent, Warning, "a local time that the clocks skipped"},
	{ZoneMismatch, Warning, "a zone's name and its offset disagree"},
	{WeekdayMismatch, Warning, "a day of the week does not fit its date"},
	{DurationMismatch, Warning, "a stated length of time does not fit the times"},
	{SumMismatch, Warning, "stated parts do not add up to their total"},
	{ShareMismatch, Warning, "a stated share does not fit its numbers"},
	{SeverityUnknown, Warning, "a severity that is not on the site's scale"},
	{LeakPersonal, Warning, "something that looks like personal data would be published"},
	{LeakHost, Warning, "the name of an internal host would be published"},
	{LeakAllowance, Warning, "an allowance of a leak has no reason, or allows nothing"},
	{HTMLDropped, Warning, "HTML in a text was left out"},
	{TagUnknown, Warning, "a template tag of another tool stays as it is"},
	{CountermeasureOverdue, Warning, "a countermeasure is past its date and not done"},
	{CountermeasureNoOwner, Warning, "a countermeasure that nobody owns"},
	{ContrastLow, Warning, "a colour of the site's own is hard to read"},
	{TemplateUnused, Warning, "a layout of the site's own that no page uses"},
	{RedactionUnused, Warning, "a redaction hides nothing"},
	{TranslationDiffers, Warning, "a translation says something else than its original"},

	{FileSkipped, Note, "a file was passed over"},
	{FileUnsearched, Note, "a file is published without being looked into"},
	{HeldBack, Note, "a document is not public"},
	{BaseURLGuessed, Note, "the site's address was guessed"},
	{BaseURLMissing, Note, "without the site's address there are no feeds, sitemap and canonical links"},
	{LanguageGuessed, Note, "a document's language was guessed from its words"},
	{DayRolled, Note, "a clock that runs back was taken for the next day"},
	{TermMerged, Note, "two spellings of one name were merged"},
	{PageReplaced, Note, "a page of the site's own stands in for a generated one"},
	{TextDiffers, Note, "the front matter and the text disagree, and the front matter counts"},
	{HostMismatch, Note, "two names in a report look like one host, spelt in two ways"},
	{Blame, Note, "a report names or blames a person"},
	{SectionMissing, Note, "a section that readers look for is missing"},
	{TranslationAlone, Note, "a file is named like a translation, and there is nothing that it translates"},
	{LinkMoved, Note, "an address of another site has moved for good (check --external)"},
	{LinkSilent, Note, "an address of another site did not say whether it is there (check --external)"},
	{LanguageIncomplete, Note, "words of pages are in English, for want of words in their language"},
}

// Level is the code's level where the site does not say otherwise; Off for a
// code that does not exist.
func (c Code) Level() Level {
	for i := range codes {
		if codes[i].Code == c {
			return codes[i].Level
		}
	}
	return Off
}

// Means says in half a sentence what the code is for; nothing for one that does
// not exist.
func (c Code) Means() string {
	for i := range codes {
		if codes[i].Code == c {
			return codes[i].Means
		}
	}
	return ""
}

// Hides says that the line at the place of such a diagnostic is not shown: it
// holds what must not be read, and logs of builds are often public.
func (c Code) Hides() bool {
	return c == LeakSecret || c == LeakInternal || c == LeakPersonal || c == LeakHost || c == LeakAllowance
}

// Codes lists all codes of a level, in the order of the documentation.
func Codes(level Level) []Code {
	var list []Code
	for i := range codes {
		if codes[i].Level == level {
			list = append(list, codes[i].Code)
		}
	}
	return list
}
