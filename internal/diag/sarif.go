package diag

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
)

// The parts of SARIF 2.1.0 that we fill in (OASIS standard, §3.13 to §3.58).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               Code       `json:"id"`
		ShortDescription sarifText  `json:"shortDescription"`
		Configuration    sarifLevel `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    Code            `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI    string `json:"uri"`
		BaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
)

func (p *Printer) printSARIF(w io.Writer, l List) {
	driver := sarifDriver{Name: "publish", Version: p.Version}
	var known []Code
	for _, c := range codes {
		known = append(known, c.Code)
		driver.Rules = append(driver.Rules, sarifRule{c.Code, sarifText{c.Means}, sarifLevel{c.Level.String()}})
	}
	results := []sarifResult{}
	for _, d := range l {
		results = append(results, sarifResult{
			RuleID:    d.Code,
			RuleIndex: slices.Index(known, d.Code),
			Level:     d.Level.String(),
			Message:   sarifText{withHint(d)},
			Locations: p.sarifLocations(d.Pos),
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		// Our columns count characters, not the UTF-16 units that are usual.
		Runs: []sarifRun{{sarifTool{driver}, "unicodeCodePoints", results}},
	})
}

// sarifLocations is empty for what concerns the site as a whole.
func (p *Printer) sarifLocations(pos Pos) []sarifLocation {
	if pos.File == "" {
		return nil
	}
	location := sarifPhysical{Artifact: sarifArtifact{
		URI:    (&url.URL{Path: p.fromRoot(pos.File)}).String(),
		BaseID: "%SRCROOT%",
	}}
	if pos.Line > 0 {
		location.Region = &sarifRegion{pos.Line, pos.Column}
	}
	return []sarifLocation{{location}}
}
