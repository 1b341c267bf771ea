package importer

import (
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"

	"publish/internal/pattern"
)

var (
	htmlTag  = pattern.New(`(?i)</?(?:a|abbr|b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|time|tr|u|ul|var)(?:\s[^<>]*)?/?>`)
	blockTag = pattern.New(`(?i)<(?:p|br|div|ul|ol|table|h[1-6]|blockquote|pre|hr)(?:\s[^<>]*)?/?>`)
	itemLine = pattern.New(`^\s*(?:[-*+•]|\d+[.)])\s`)
)

// keptTags are elements that Markdown has no sign for: they stay HTML, which
// Markdown may hold, rather than lose what they say.
var keptTags = map[string]bool{
	"u": false, "mark": false, "sup": false, "sub": false, "kbd": false, "abbr": false, "ins": false, "time": false,
	"details": true, "iframe": true, "video": true, "audio": true, "dl": true,
}

// markdownOf makes Markdown of the text of an update, which is plain text with
// some HTML in it: what it shows as lines are lines.
func markdownOf(text string) string {
	text = strings.TrimSpace(string(normal([]byte(text))))
	switch {
	case !htmlTag.MatchString(text):
		return hardBreaks(text)
	case !blockTag.MatchString(text):
		text = "<p>" + strings.ReplaceAll(paragraphBreak.ReplaceAllString(text, "</p><p>"), "\n", "<br>") + "</p>"
	}
	return htmlToMarkdown(text)
}

var paragraphBreak = pattern.New(`\n[ \t]*\n\s*`)

// hardBreaks keeps the lines of plain text apart, which Markdown would join.
func hardBreaks(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	var out []string
	for i, line := range lines {
		out = append(out, line)
		if line == "" || i+1 == len(lines) || lines[i+1] == "" {
			continue
		}
		switch item, next := itemLine.MatchString(line), itemLine.MatchString(lines[i+1]); {
		case item && next:
		case item != next: // a list begins, or ends
			out = append(out, "")
		default:
			out[len(out)-1] += "  "
		}
	}
	return strings.Join(out, "\n")
}

// htmlToMarkdown converts HTML. Where that cannot be done the HTML itself is
// kept; what of it may stand in a page is for the publisher to say.
func htmlToMarkdown(text string) string {
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithBulletListMarker("-"), commonmark.WithHorizontalRule("---")),
		table.NewTablePlugin(table.WithSpanCellBehavior(table.SpanBehaviorMirror)),
		strikethrough.NewStrikethroughPlugin(),
	))
	for tag, isBlock := range keptTags {
		kind := converter.TagTypeInline
		if isBlock {
			kind = converter.TagTypeBlock
		}
		c.Register.RendererFor(tag, kind, base.RenderAsHTML, converter.PriorityEarly)
	}
	c.Register.RendererFor("var", converter.TagTypeInline, base.RenderAsPlaintextWrapper, converter.PriorityEarly)
	markdown, err := c.ConvertString(text)
	if err != nil {
		return text
	}
	return strings.TrimSpace(blankLine.ReplaceAllString(markdown, ""))
}

// blankLine is a line of spaces, which no block of YAML can hold readably.
var blankLine = pattern.New(`(?m)^[ \t]+$`)
