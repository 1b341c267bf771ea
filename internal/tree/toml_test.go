package tree

import "testing"

var tomlCases = []treeCase{
	{name: "empty", text: "# only\n", want: "{}@2:1"},
	{
		name: "scalars keep their text", text: "a = 0x1F\nb = 2021-04-29 10:00:00Z\nc = \"x\\u00e9\"\nd = true\ne = 1.50\nf = 2021-02-31\n",
		want: `{a@2:1:0x1F@2:5 b@3:1:2021-04-29 10:00:00Z@3:5 c@4:1:"xé"@4:5 d@5:1:true@5:5 e@6:1:1.50@6:5 f@7:1:2021-02-31@7:5}@2:1`,
	},
	{
		name: "tables", text: "t = 1\n[a.b]\nc = [1, {d = 2}]\n[[x]]\ny = 1\n[[x]]\ny = 2\n[x.z]\nw = 3\n",
		want: `{t@2:1:1@2:5 a@3:2:{b@3:4:{c@4:1:[1@4:6 {d@4:10:2@4:14}@4:9]@4:1}@3:4}@3:2 x@5:3:[{y@6:1:1@6:5}@5:3 {y@8:1:2@8:5 z@9:4:{w@10:1:3@10:5}@9:4}@7:3]@5:3}@2:1`,
	},
	{name: "dotted keys", text: "a.b = 1\na.c = 2\n", want: `{a@2:1:{b@2:3:1@2:7 c@3:3:2@3:7}@2:1}@2:1`},
	{
		name: "duplicates", text: "a = 1\na = 2\n[b]\n[b]\n[a]\n",
		want: `{a@2:1:1@2:5 b@4:2:{}@4:2}@2:1`,
		told: "f:3:1 field-duplicate: \"a\" is written twice, on lines 2 and 3 (keep one of lines 2 and 3)\n" +
			"f:5:2 field-duplicate: \"b\" is written twice, on lines 4 and 5 (keep one of lines 4 and 5)\n" +
			"f:6:2 field-duplicate: \"a\" is written twice, on lines 2 and 6 (keep one of lines 2 and 6)",
	},
	{
		name: "array of a scalar", text: "a = 1\n[[a]]\n", want: `{a@2:1:1@2:5}@2:1`,
		told: `f:3:3 field-duplicate: "a" is written twice, on lines 2 and 3 (keep one of lines 2 and 3)`,
	},
	{
		name: "no value", text: "a = 1\nb = \n", want: `{a@2:1:1@2:5}@2:1`,
		told: `f:3:5 front-matter-syntax: a value is missing, or is not in quotes (write name = "value")`,
	},
	{
		name: "YAML in TOML", text: "title: x\n", want: `{}@2:1`,
		told: `f:2:6 front-matter-syntax: there is no "=" after the field's name (write name = "value")`,
	},
	{
		name: "quote never closed", text: "a = \"x\nb = 1\n", want: `{}@2:1`,
		told: `f:2:7 front-matter-syntax: the quotation mark is never closed (put another at the end of the value, or use """ for a text of several lines)`,
	},
	{
		name: "list never closed", text: "a = [1,\n", want: `{}@2:1`,
		told: `f:2:8 front-matter-syntax: the list is not closed (close it with ])`,
	},
}

func TestParseTOML(t *testing.T) { run(t, ParseTOML, tomlCases) }

func FuzzParseTOML(f *testing.F) { fuzz(f, ParseTOML, tomlCases) }
