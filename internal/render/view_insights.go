package render

// Insights is what insights.html sees.
type Insights struct {
	Frame
	Count string // how many incidents, in words
	// TooFew says that one incident is no statistics.
	TooFew  bool
	Figures []InsightFigure // one for each question
	// Reading says how to read a spread, where there is one.
	Reading string
}

// InsightFigure answers one question: with a chart, or with a list of lengths
// where there are too few for one. The table says the same in figures.
type InsightFigure struct {
	ID       string       // its anchor
	Question string       // what it answers
	Title    string       // with the n
	Note     string       // how to read it; may be empty
	Wide     bool         // it takes the whole width
	Years    []YearChart  // a chart a year, or none
	Bars     *BarChart    // or nil
	Spread   *SpreadChart // or nil
	Few      []InsightRow // lengths, where there are too few for a chart
	Columns  []string     // heads of the table
	Rows     []InsightRow // rows of the table
	// Drawn says that the chart has every figure of the table: paper needs one of them.
	Drawn bool
}

// InsightRow is a row of a table: what, and the figures.
type InsightRow struct {
	Head  Link     // its first cell
	Cells []string // the others
}

// YearChart is a year by month. All numbers are pixels of the drawing.
type YearChart struct {
	Label         string        // for who does not see it
	Name          string        // the year
	Width, Height int           // in pixels
	Base          int           // height of the baseline
	Columns       []ChartColumn // months with incidents
	Ticks         []DrawnText   // names of months
}

// ChartColumn is one month that has incidents.
type ChartColumn struct {
	X, Y, Width, Height int       // its place and size
	Value               DrawnText // the figure above
}

// BarChart is bars from left to right, each with its name and value above.
type BarChart struct {
	Label         string     // for who does not see it
	Width, Height int        // in pixels
	Bars          []ChartBar // from the top
}

// ChartBar is one bar; Rank is that of a severity ("" for anything else), with
// its mark in the place of MarkY.
type ChartBar struct {
	Name, Value DrawnText // texts above the bar
	Y, Width    int       // its place and length
	Rank        string    // of a severity
	MarkY       int       // place of its mark
}

// SpreadChart is lengths of time on a scale, with their middle half and median.
type SpreadChart struct {
	Label         string      // for who does not see it
	Width, Height int         // in pixels
	First, Third  int         // ends of the middle half
	Median        int         // place of the median
	MedianText    DrawnText   // the median in words
	Dots          []int       // places of the incidents
	Ticks         []DrawnText // the scale
}

// Providers is what providers.html sees.
type Providers struct {
	Frame
	Groups []ProviderGroup // by name
}

// ProviderGroup is a provider with the incidents that came from it.
type ProviderGroup struct {
	ID, Name, Count string             // anchor, name, how many in words
	Incidents       []ProviderIncident // newest first
}

// ProviderIncident is an incident of ours with the provider's own.
type ProviderIncident struct {
	Entry
	Own []FactItem // the names and reports of the provider
}
