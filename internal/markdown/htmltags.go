package markdown

// htmlTag says how an element of the author's raw HTML is treated.
type htmlTag struct {
	as       string // the element that is written; "" for the same
	class    string // instead of what the element meant
	phrasing bool   // is running text
	text     bool   // holds only running text
	clear    bool   // holds what the place around it may hold
	void     bool
	holds    content
	within   content  // must stand directly in such an element
	ends     []string // open elements that its start tag ends
	keeps    []string // attributes, besides those that all elements keep
}

// globalAttributes are kept on every element. Classes and styles are not: they
// belong to the style sheet of another site.
var globalAttributes = []string{"lang", "dir", "title"}

// htmlTags is the allow-list.
var htmlTags = map[string]htmlTag{
	"a":      {phrasing: true, clear: true},
	"abbr":   {phrasing: true, text: true},
	"b":      {phrasing: true, text: true},
	"cite":   {phrasing: true, text: true},
	"code":   {phrasing: true, text: true},
	"del":    {phrasing: true, clear: true, keeps: []string{"datetime"}},
	"dfn":    {phrasing: true, text: true},
	"em":     {phrasing: true, text: true},
	"i":      {phrasing: true, text: true},
	"ins":    {phrasing: true, clear: true, keeps: []string{"datetime"}},
	"kbd":    {phrasing: true, text: true},
	"mark":   {phrasing: true, text: true},
	"q":      {phrasing: true, text: true},
	"s":      {phrasing: true, text: true},
	"samp":   {phrasing: true, text: true},
	"small":  {phrasing: true, text: true},
	"span":   {phrasing: true, text: true},
	"strike": {as: "s", phrasing: true, text: true},
	"strong": {phrasing: true, text: true},
	"sub":    {phrasing: true, text: true},
	"sup":    {phrasing: true, text: true},
	"time":   {phrasing: true, text: true, keeps: []string{"datetime"}},
	"tt":     {as: "code", phrasing: true, text: true},
	"u":      {phrasing: true, text: true},
	"var":    {phrasing: true, text: true},
	"br":     {phrasing: true, void: true},
	"wbr":    {phrasing: true, void: true},
	"img":    {phrasing: true, void: true},

	"address":    {as: "div"},
	"article":    {as: "div"},
	"aside":      {as: "div"},
	"blockquote": {},
	"center":     {as: "div", class: "align-center"},
	"details":    {keeps: []string{"open"}},
	"div":        {},
	"figcaption": {},
	"figure":     {},
	"footer":     {as: "div"},
	"header":     {as: "div"},
	"main":       {as: "div"},
	"nav":        {as: "div"},
	"p":          {text: true},
	"pre":        {text: true},
	"section":    {},
	"summary":    {text: true},
	"hr":         {void: true},
	"h1":         {text: true},
	"h2":         {text: true},
	"h3":         {text: true},
	"h4":         {text: true},
	"h5":         {text: true},
	"h6":         {text: true},

	"ul": {holds: items},
	"ol": {holds: items, keeps: []string{"start", "reversed", "type"}},
	"li": {within: items, ends: []string{"li"}, keeps: []string{"value"}},
	"dl": {holds: terms},
	"dt": {within: terms, text: true, ends: []string{"dt", "dd"}},
	"dd": {within: terms, ends: []string{"dt", "dd"}},

	"table":   {holds: rows},
	"caption": {within: rows},
	"thead":   {within: rows, holds: rows, ends: []string{"caption", "td", "th", "tr", "thead", "tbody", "tfoot"}},
	"tbody":   {within: rows, holds: rows, ends: []string{"caption", "td", "th", "tr", "thead", "tbody", "tfoot"}},
	"tfoot":   {within: rows, holds: rows, ends: []string{"caption", "td", "th", "tr", "thead", "tbody", "tfoot"}},
	"tr":      {within: rows, holds: cells, ends: []string{"caption", "td", "th", "tr"}},
	"td":      {within: cells, ends: []string{"td", "th"}, keeps: []string{"colspan", "rowspan"}},
	"th":      {within: cells, ends: []string{"td", "th"}, keeps: []string{"colspan", "rowspan", "scope"}},
}

// removedTags go with all that they hold; the value says whether they hold
// anything.
var removedTags = map[string]bool{
	"applet": true, "audio": true, "button": true, "canvas": true, "dialog": true, "embed": false, "form": true,
	"frameset": true, "iframe": true, "input": false, "link": false, "math": true, "meta": false, "base": false,
	"noembed": true, "noframes": true, "noscript": true, "object": true, "plaintext": true, "script": true,
	"select": true, "style": true, "svg": true, "template": true, "textarea": true, "title": true, "video": true,
	"xmp": true,
}

// wrappers are left out without a word: what they hold says the same.
var wrappers = map[string]bool{
	"picture": true, "source": true, "html": true, "body": true, "head": true, "col": true, "colgroup": true,
}

// unsupported are elements of HTML that are left out, their text kept. A name
// that neither HTML nor this file knows is no tag but text: <filename>.
var unsupported = map[string]bool{
	"acronym": true, "area": true, "basefont": true, "bdi": true, "bdo": true, "big": true, "blink": true,
	"data": true, "datalist": true, "dir": true, "fieldset": true, "font": true, "frame": true, "hgroup": true,
	"label": true, "legend": true, "map": true, "marquee": true, "menu": true, "meter": true, "nobr": true,
	"optgroup": true, "option": true, "output": true, "param": true, "progress": true, "rb": true, "rp": true,
	"rt": true, "rtc": true, "ruby": true, "search": true, "slot": true, "track": true,
}
