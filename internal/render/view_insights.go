package render

// Insights is what insights.html sees.
type Insights struct {
	Frame
	Count string
	// TooFew says that one incident is no statistics.
	TooFew  bool
	Figures []InsightFigure
	// Reading says how to read a spread, where there is one.
	Reading string
}

// InsightFigure answers one question: with a chart, or with a list of lengths
// where there are too few for one. The table says the same in figures.
type InsightFigure struct {
	ID       string
	Question string
	Title    string // with the n
	Note     string
	Wide     bool
	Years    []YearChart
	Bars     *BarChart
	Spread   *SpreadChart
	Few      []InsightRow
	Columns  []string
	Rows     []InsightRow
}

// InsightRow is a row of a table: what, and the figures.
type InsightRow struct {
	Head  Link
	Cells []string
}

// YearChart is a year by month. All numbers are pixels of the drawing.
type YearChart struct {
	Label         string // for who does not see it
	Name          string
	Width, Height int
	Base          int
	Columns       []ChartColumn
	Ticks         []DrawnText
}

// ChartColumn is one month that has incidents.
type ChartColumn struct {
	X, Y, Width, Height int
	Value               DrawnText
}

// BarChart is bars from left to right, each with its name and value above.
type BarChart struct {
	Label         string
	Width, Height int
	Bars          []ChartBar
}

// ChartBar is one bar; Rank is that of a severity ("" for anything else), with
// its mark in the place of MarkY.
type ChartBar struct {
	Name, Value DrawnText
	Y, Width    int
	Rank        string
	MarkY       int
}

// SpreadChart is lengths of time on a scale, with their middle half and median.
type SpreadChart struct {
	Label         string
	Width, Height int
	First, Third  int
	Median        int
	MedianText    DrawnText
	Dots          []int
	Ticks         []DrawnText
}

// Providers is what providers.html sees.
type Providers struct {
	Frame
	Groups []ProviderGroup
}

// ProviderGroup is a provider with the incidents that came from it.
type ProviderGroup struct {
	ID, Name, Count string
	Incidents       []ProviderIncident
}

// ProviderIncident is an incident of ours with the provider's own.
type ProviderIncident struct {
	Entry
	Own []FactItem
}
