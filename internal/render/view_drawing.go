package render

// The drawings of a postmortem's page. All numbers are pixels of the drawing,
// ready to be written into SVG; a layout does no arithmetic.

// Phases is the bar of an incident's phases, to scale.
type Phases struct {
	Phases    []Phase // in order
	Recovered When    // where the last phase ends
}

// Phase is one part of the bar; Name is "undetected", "diagnosing",
// "repairing", or where a turning point is not known "unexplained"
// (undetected and diagnosing) or "responding" (diagnosing and repairing).
type Phase struct {
	Name, Label string // which one, and its name in words
	Duration    string // in words
	X, Width    int    // of 1000
}

// Drawing is the timeline to scale: time from left to right, a lane for every
// strand.
type Drawing struct {
	Label         string      // for who does not see it
	Width, Height int         // in pixels
	Left, Right   int         // the ends of the axis
	Top, Axis     int         // of the lanes; the axis is their lower edge
	BreakFoot     int         // how far a break reaches down
	Said          int         // where the text of a mark stands
	Undetected    *DrawnSpan  // from the start to the detection; nil if unknown
	Lanes         []DrawnLane // from top to bottom
	Days          []DrawnDay  // where days begin
	Ticks         []DrawnText // times below the axis
	Breaks        []DrawnSpan // where the axis leaves time out
	Marks         []Mark      // the events
	// More counts the events without a mark where too many stand at one time.
	More   []DrawnText
	Legend []LegendItem // what the marks mean
	// LeftOut says how many events are only in the list; empty where none is.
	LeftOut string
}

// DrawnText is a text at a place.
type DrawnText struct {
	X, Y int    // its place
	Text string // what it says
}

// DrawnSpan is a stretch of the axis. Label is nil where it has no room.
type DrawnSpan struct {
	From, To int        // its ends
	Label    *DrawnText // nil where it has no room
}

// DrawnLane is a strand of the story, with Y its lower edge. Label is nil where
// there is one lane only, or where it has no name.
type DrawnLane struct {
	Y     int        // its lower edge
	Label *DrawnText // its name, or nil
}

// DrawnDay is a day's beginning. Line is false at the beginning of a piece of
// the axis, which lies within the day.
type DrawnDay struct {
	X     int        // its place
	Line  bool       // a line is drawn
	Label *DrawnText // the date, or nil
}

// Mark is an event. Shape is the data of an SVG path around 0,0.
type Mark struct {
	ID, Kind, Shape string // of the event; its kind; the path
	X, Y            int    // its place
	// Until is the length of an event that took a while, else 0.
	Until int
	// Soft marks are at about their place.
	Soft bool
	// Text is what the event says, in one line.
	Text string
}

// LegendItem explains a mark: a shape, or Kind "undetected" or "soft".
type LegendItem struct {
	Kind, Shape, Label string // what it is, its path, its name
}
