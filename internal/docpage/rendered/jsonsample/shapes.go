package jsonsample

// Shapes stores the objects that a page shows under each key, for fields of that name without a sample in their own section.
type Shapes map[string][]*Object

// Learn adds the objects in a value.
func (s Shapes) Learn(value any) {
	switch v := value.(type) {
	case *Object:
		for _, key := range v.Keys {
			inner := v.Values[key]
			if list, ok := inner.([]any); ok && len(list) > 0 {
				inner = list[0]
			}
			if o, ok := inner.(*Object); ok && len(o.Keys) > 0 {
				s[key] = append(s[key], o)
			}
			s.Learn(v.Values[key])
		}
	case []any:
		for _, inner := range v {
			s.Learn(inner)
		}
	}
}
