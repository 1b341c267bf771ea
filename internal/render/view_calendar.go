package render

// Calendar is the incidents of twelve months, a mark a day: drawn in columns of
// weeks, and as a table that says the same.
type Calendar struct {
	Title  string          // with the number of incidents and the months
	Halves []CalendarHalf  // as drawn
	Months []CalendarMonth // as a table
}

// CalendarHalf is the drawing of six months; a phone shows one under the other.
type CalendarHalf struct {
	Width, Height int // of the drawing, in pixels
	// Weeks is the path of the columns: a dash is a day.
	Weeks string
	// Names are the names of the months, each over its first week.
	Names []DrawnText
	Days  []CalendarDay // days with incidents
}

// CalendarMonth is a month of the table.
type CalendarMonth struct {
	Name, Count string        // the month, and how many incidents
	Days        []CalendarDay // days with incidents
}

// CalendarDay is a day with incidents. It leads to the report, or to the year
// where there are several.
type CalendarDay struct {
	X, Y int // the middle of the mark, where it is drawn
	// Shape is the path of the mark of the worst severity, about the middle.
	Shape string
	// Severity is the worst one; it may be nil.
	Severity *Severity
	Text     string // the day of the month
	Count    string // "2 incidents" where they are several
	About    string // the day with the title, or with the count
	Title    *Link  // of the report, where it is one
	URL      string // of the report, or of the year
}
