package rest

import (
	"encoding/json"
	"maps"
)

// JoinObjects encodes several objects as one JSON object. If two of them have the same name, the later value is used.
// Generated code uses it for unions that have properties beside their choices.
func JoinObjects(objects ...any) (json.RawMessage, error) {
	all := map[string]json.RawMessage{}
	for _, object := range objects {
		data, err := json.Marshal(object)
		if err != nil {
			return nil, err
		}
		var one map[string]json.RawMessage
		if err := json.Unmarshal(data, &one); err != nil {
			return nil, err
		}
		maps.Copy(all, one)
	}
	return json.Marshal(all)
}
