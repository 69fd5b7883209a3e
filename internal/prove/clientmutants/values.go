package clientmutants

// values are the operators on the types of fields.
func values() []Operator {
	return []Operator{
		{Name: "problems swallowed", Breaks: "found faults are not told", In: "Err", Rule: `len(p.list) == 0 -> len(p.list) < 99`},
		{Name: "first problem only", Breaks: "only one fault is told", Rule: `&RequestError{Problems: p.list} -> &RequestError{Problems: p.list[:1]}`},
		{Name: "problem's words", Breaks: "a problem does not say where", Rule: `p.Field + " (" + w + ") " + p.Text -> p.Text`},

		{Name: "list joined with space", Breaks: "a list travels in another form", In: "String", Rule: `strings.Join(l, ",") -> strings.Join(l, ", ")`},
		{Name: "empty items sent", Breaks: "a list with an empty item is sent", In: "Validate", Rule: `strings.TrimSpace(i) == "" -> false`},
		{Name: "comma inside an item", Breaks: "an item becomes two", In: "Validate", Rule: `strings.Contains(i, ",") -> strings.Contains(i, ",,")`},
		{Name: "items trimmed", Breaks: "items lose their space", In: "MarshalText", Rule: `l.String() -> strings.ReplaceAll(l.String(), " ", "")`},

		{Name: "moment in local time", Breaks: "a moment is sent without its zone", Rule: `t.UTC().Format(time.RFC3339Nano) -> t.Format("2006-01-02T15:04:05")`},
		{Name: "fraction lost", Breaks: "a moment is sent rounded", Rule: `t.UTC().Format(time.RFC3339Nano) -> t.UTC().Format(time.RFC3339)`},
		{Name: "narrow space unknown", Breaks: "a date with U+202F is not read", Rule: `"\u202f" -> "\u202e"`},
		{Name: "local form unknown", Breaks: "the documented date is not read", Rule: `"1/2/2006, 3:04:05 PM" -> "1/2/2006, 3:04:05 at PM"`},
		{Name: "day and month mixed up", Breaks: "a date is read with day and month exchanged", Rule: `"1/2/2006, 3:04:05 PM" -> "2/1/2006, 3:04:05 PM"`},
		{Name: "raw value lost", Breaks: "what was received is not kept", Rule: `v.Raw = string(d) -> v.Raw = string(d[:0])`},
		{Name: "raw value written otherwise", Breaks: "a value is not written as it came", Rule: `json.Marshal(v.Raw) -> json.Marshal(strings.ToUpper(v.Raw) + " ")`},
		{Name: "numbers unknown", Breaks: "a number is not read as a moment", Rule: `return fromEpoch(n) -> return time.Time{}, n != n`},
		{Name: "seconds for milliseconds", Breaks: "a number is read as another moment", Rule: `math.Round(n * 1e3) -> math.Round(n)`},
		{Name: "dates lose their zone", Breaks: "a date with a zone is read as UTC", In: "ParseTime",
			Rule: `sensible(t) -> sensible(time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC))`},
		{Name: "dates lose their fraction", Breaks: "a date is read to the second", In: "ParseTime", Rule: `sensible(t) -> sensible(t.Truncate(time.Second))`},

		{Name: "one text unknown", Breaks: "one text is not read as a list", Rule: `s.Values = splitList(t) -> _ = splitList`},
		{Name: "list in a text unknown", Breaks: "a list written as text stays one item", In: "splitList", Rule: `t[0] != '[' -> t != ""`},
		{Name: "empty list lost", Breaks: "an empty list and no list are the same", Rule: `s.Values = []string{} -> s.Values = nil`},
		{Name: "order of a list", Breaks: "a list is turned round", Rule: `s.Values, v = append(s.Values, t), v && o -> s.Values, v = append([]string{t}, s.Values...), v && o`},
		{Name: "list loses its texts", Breaks: "a list is read without its items", Rule: `s.Values, v = append(s.Values, t), v && o -> s.Values, v = s.Values[:len(append(s.Values, t))-1], v && o`},
		{Name: "list written as text", Breaks: "a list is not written as a list", Rule: `json.Marshal(s.Values) -> json.Marshal(strings.Join(s.Values, ","))`},
	}
}
