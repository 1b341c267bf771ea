package locale

import (
	"go.yaml.in/yaml/v4"

	"publish/internal/diag"
	"publish/internal/tree"
)

// parseYAML stands in for tree.ParseYAML until that is written.
func parseYAML(file string, line int, src []byte, _ diag.Code) (*tree.Node, diag.List) {
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		panic(err)
	}
	return convert(doc.Content[0]), nil
}

func convert(n *yaml.Node) *tree.Node {
	out := &tree.Node{Value: n.Value, Kind: tree.Scalar}
	switch n.Kind {
	case yaml.SequenceNode:
		out.Kind = tree.Sequence
		for _, c := range n.Content {
			out.Items = append(out.Items, convert(c))
		}
	case yaml.MappingNode:
		out.Kind = tree.Mapping
		for i := 0; i < len(n.Content); i += 2 {
			out.Entries = append(out.Entries, tree.Entry{Key: convert(n.Content[i]), Value: convert(n.Content[i+1])})
		}
	}
	return out
}
