package docpage

// shapes remembers the objects that a page shows under each key, for the fields of that name that no sample of their own
// section explains.
type shapes map[string][]*object

func (s shapes) learn(value any) {
	switch v := value.(type) {
	case *object:
		for _, key := range v.keys {
			inner := v.values[key]
			if list, ok := inner.([]any); ok && len(list) > 0 {
				inner = list[0]
			}
			if o, ok := inner.(*object); ok && len(o.keys) > 0 {
				s[key] = append(s[key], o)
			}
			s.learn(v.values[key])
		}
	case []any:
		for _, inner := range v {
			s.learn(inner)
		}
	}
}
