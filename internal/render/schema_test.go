package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"publish/internal/config"
)

// schemaNode is what these tests read of a schema.
type schemaNode struct {
	Ref         string `json:"$ref"`
	Type        string
	Description string
	Pattern     string
	Enum        []string
	Const       any
	Required    []string
	Properties  orderedNodes
	Items       *schemaNode
	Defs        orderedNodes `json:"$defs"`
}

// orderedNodes are named schemas in the order of the file.
type orderedNodes []struct {
	Name string
	schemaNode
}

func (o *orderedNodes) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if _, err := decoder.Token(); err != nil {
		return err
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return err
		}
		*o = append(*o, struct {
			Name string
			schemaNode
		}{Name: name.(string)})
		if err := decoder.Decode(&(*o)[len(*o)-1].schemaNode); err != nil {
			return err
		}
	}
	return nil
}

func (o orderedNodes) named(name string) *schemaNode {
	for i := range o {
		if o[i].Name == name {
			return &o[i].schemaNode
		}
	}
	return nil
}

func readSchema(t *testing.T) *schemaNode {
	t.Helper()
	var root schemaNode
	if err := json.Unmarshal(dataSchema, &root); err != nil {
		t.Fatal(err)
	}
	return &root
}

// compileSchema compiles the schema, or a part of it ("#/$defs/postmortem").
func compileSchema(t *testing.T, part string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(dataSchema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("postmortems.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("postmortems.json" + part)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSchemaIsTheTypes: every field of the data is in the schema and the other
// way round, and those that are always there are required.
func TestSchemaIsTheTypes(t *testing.T) {
	root := readSchema(t)
	for name, example := range map[string]any{
		"postmortem": dataPostmortem{}, "severity": dataSeverity{}, "incident": dataIncident{}, "moment": dataMoment{}, "event": dataEvent{},
		"impact": dataImpact{}, "cause": dataCause{}, "countermeasure": dataCountermeasure{}, "measures": dataMeasures{}, "measure": dataMeasure{},
		"update": dataUpdate{}, "heading": dataHeading{}, "translation": dataTranslation{},
	} {
		node := root.Defs.named(name)
		if node == nil {
			t.Errorf("the schema has no %s", name)
			continue
		}
		var fields, always, said []string
		for i := range reflect.TypeOf(example).NumField() {
			field, options, _ := strings.Cut(reflect.TypeOf(example).Field(i).Tag.Get("json"), ",")
			fields = append(fields, field)
			if options == "" {
				always = append(always, field)
			}
		}
		for _, p := range node.Properties {
			if p.Description == "" {
				t.Errorf("%s.%s has no description", name, p.Name)
			}
			if p.Name != "version" { // of index.json
				said = append(said, p.Name)
			}
		}
		if !slices.Equal(fields, said) {
			t.Errorf("%s: the data have\n\t%q\nthe schema says\n\t%q", name, fields, said)
		}
		if !slices.Equal(always, node.Required) {
			t.Errorf("%s: always there are\n\t%q\nthe schema says\n\t%q", name, always, node.Required)
		}
	}
}

// TestDataFollowTheSchema holds the data of several sites against the schema
// that is published beside them, with a library of others.
func TestDataFollowTheSchema(t *testing.T) {
	whole, one := compileSchema(t, ""), compileSchema(t, "#/$defs/postmortem")
	full := dataSite(t, func(c *config.Config) { c.DataExtra, c.Show = []string{"team"}, []string{"owner", "due", "late"} })
	for name, routes := range map[string]map[string][]byte{
		"everything": dataOf(t, machineRoutes(full)),
		"a folder":   dataOf(t, routesOf(t, "testdata/pages", "https://example.org/postmortems/", "")),
		"no address": dataOf(t, routesOf(t, "testdata/pages", "", "fr")),
		"a status":   dataOf(t, statusTestRoutes(t, withData(statusFilesOfTest))),
	} {
		if !bytes.Equal(routes["/schema/postmortems.json"], dataSchema) || len(routes) < 4 {
			t.Errorf("%s: the schema is not there, or no data are: %d", name, len(routes))
		}
		for path, raw := range routes {
			schema := one
			switch path {
			case "/postmortems.json":
				schema = whole
			case "/schema/postmortems.json":
				continue
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
			if err != nil {
				t.Fatalf("%s, %s: %v", name, path, err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s, %s: %v", name, path, err)
			}
		}
	}
}

func withData(files map[string]string) map[string]string {
	more := map[string]string{}
	for name, text := range files {
		more[name] = strings.Replace(text, "[html, statuspage]", "[html, data]", 1)
	}
	return more
}

// TestSchemaSeesSlips: the schema is no form that anything passes.
func TestSchemaSeesSlips(t *testing.T) {
	schema := compileSchema(t, "")
	good := string(renderRoute(t, machineRoutes(dataSite(t, nil)), "/postmortems.json"))
	for _, slip := range [][2]string{
		{`"version":1`, `"version":2`}, {`"services":["API"]`, `"services":null`}, {`"causes":[`, `"reasons":[`}, {`"rank":1`, `"rank":"1"`},
		{`"kind":"started"`, `"kind":"begun"`}, {`T09:21:00+02:00"`, `T09:21"`}, {`"2021-04-30"`, `"30 April"`}, {`"seconds":540`, `"seconds":null`},
	} {
		bad, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(good, slip[0], slip[1], 1)))
		if err != nil || !strings.Contains(good, slip[0]) || schema.Validate(bad) == nil {
			t.Errorf("%s for %s passes (%v)", slip[1], slip[0], err)
		}
	}
}

// shape says of a schema in a word or two what stands there.
func (n *schemaNode) shape() string {
	name := strings.TrimPrefix(n.Ref, "#/$defs/")
	switch {
	case name == "names":
		return "list of texts"
	case name == "address":
		return "address"
	case name != "":
		return name
	case n.Items != nil:
		return "list of " + n.Items.shape()
	case n.Enum != nil:
		return "`" + strings.Join(n.Enum, "` `") + "`"
	case n.Const != nil:
		return fmt.Sprintf("`%v`", n.Const)
	case n.Type == "string":
		return "text"
	}
	return n.Type
}
