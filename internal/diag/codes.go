package diag

import "slices"

// Code names a kind of diagnostic. Codes are stable: people put them into
// `checks:` and scripts look for them.
type Code string

// The codes, as DESIGN.md §7 lists them; docs/diagnostics.md says more.
const (
	FrontMatterUnclosed   Code = "front-matter-unclosed"
	FrontMatterSyntax     Code = "front-matter-syntax"
	FieldDuplicate        Code = "field-duplicate"
	FieldType             Code = "field-type"
	DateInvalid           Code = "date-invalid"
	DateMissing           Code = "date-missing"
	URLCollision          Code = "url-collision"
	InternalMark          Code = "internal-mark"
	PrivacyKey            Code = "privacy-key"
	LeakSecret            Code = "leak-secret"
	LeakInternal          Code = "leak-internal"
	TemplateError         Code = "template-error"
	Encoding              Code = "encoding"
	Config                Code = "config"
	FieldUnknown          Code = "field-unknown"
	LinkBroken            Code = "link-broken"
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
)

// byLevel is the one table of levels. `tag-unknown` (a template tag of another
// tool) and `page-replaced` (a page of the site's own in the place of a
// generated one) are ours beyond DESIGN.md's list.
var byLevel = map[Level][]Code{
	Error: {
		FrontMatterUnclosed, FrontMatterSyntax, FieldDuplicate, FieldType, DateInvalid, DateMissing,
		URLCollision, InternalMark, PrivacyKey, LeakSecret, LeakInternal, TemplateError, Encoding, Config,
	},
	Warning: {
		FieldUnknown, LinkBroken, AnchorMissing, AssetMissing, AltMissing, ImageRemote, TimelineOrder,
		TimeUnread, TimeAmbiguous, TimeNonexistent, ZoneMismatch, WeekdayMismatch, DurationMismatch,
		SumMismatch, ShareMismatch, SeverityUnknown, LeakPersonal, LeakHost, HTMLDropped, TagUnknown,
		CountermeasureOverdue, CountermeasureNoOwner, SectionMissing,
	},
	Note: {
		FileSkipped, HeldBack, BaseURLGuessed, BaseURLMissing, LanguageGuessed, DayRolled, TermMerged,
		PageReplaced,
	},
}

// Level is the code's level where the site does not say otherwise; Off for a
// code that does not exist.
func (c Code) Level() Level {
	for _, level := range []Level{Error, Warning, Note} {
		if slices.Contains(byLevel[level], c) {
			return level
		}
	}
	return Off
}

// Codes lists all codes of a level, in the order of the documentation.
func Codes(level Level) []Code { return slices.Clone(byLevel[level]) }
