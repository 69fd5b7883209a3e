package facts

import (
	"bytes"
	"encoding/json"

	"go.yaml.in/yaml/v3"
)

// EncodeYAML writes a document with two spaces of indentation.
func EncodeYAML(document *yaml.Node) ([]byte, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(document); err != nil {
		return nil, err
	}
	return out.Bytes(), encoder.Close()
}

// EncodeJSON writes a document as indented JSON, in the order of its keys.
func EncodeJSON(document *yaml.Node) ([]byte, error) {
	var compact, out bytes.Buffer
	writeJSON(&compact, document)
	err := json.Indent(&out, compact.Bytes(), "", "  ")
	out.WriteByte('\n')
	return out.Bytes(), err
}

func writeJSON(out *bytes.Buffer, node *yaml.Node) {
	switch node.Kind {
	case yaml.MappingNode:
		out.WriteByte('{')
		for i := 0; i+1 < len(node.Content); i += 2 {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(CompactJSON(node.Content[i].Value))
			out.WriteByte(':')
			writeJSON(out, node.Content[i+1])
		}
		out.WriteByte('}')
	case yaml.SequenceNode:
		out.WriteByte('[')
		for i, item := range node.Content {
			if i > 0 {
				out.WriteByte(',')
			}
			writeJSON(out, item)
		}
		out.WriteByte(']')
	default:
		if node.Tag == "!!str" {
			out.WriteString(CompactJSON(node.Value))
		} else {
			out.WriteString(node.Value)
		}
	}
}
