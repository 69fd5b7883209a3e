package main

import "fmt"

type hostile struct {
	Name     string
	Outcomes []string
}

// answerHostile tells what each client makes of answers that are not as documented.
func answerHostile(s *service, clients []client) []hostile {
	var all []hostile
	for _, h := range []struct {
		name, body, kind string
		orders           int // that the answer has
		first            shown
	}{
		{"an object for a text of the first of two orders", `{"orders":[{"id":"1","status":"paid","name":{"x":1}},{"id":"2","status":"paid"}]}`, "", 2, shown{"1", "paid"}},
		{"a number for a text that is required", `{"orders":[{"id":1,"status":"paid"},{"id":"2","status":"paid"}]}`, "", 2, shown{"1", "paid"}},
		{"an unknown value of an enum", `{"orders":[{"id":"1","status":"refunded"}]}`, "", 1, shown{"1", "refunded"}},
		{"null for a list", `{"orders":null,"total":0}`, "", 0, shown{}},
		{"a second name that differs in case", `{"orders":[{"id":"1","ID":"other","status":"paid"}]}`, "", 1, shown{"1", "paid"}},
		{"cut off", `{"orders":[{"id":"1","status":"pa`, "", 0, shown{}},
		{"HTML", "<html><body>down</body></html>", "text/html", 0, shown{}},
		{"an error", `{"statusCode":401,"message":"Invalid token"}`, "", 0, shown{}},
	} {
		s.hostile, s.kind = h.body, h.kind
		if s.kind == "" {
			s.kind = "application/json"
		}
		found := hostile{Name: h.name}
		for _, c := range clients {
			a, err := c.list(10)
			found.Outcomes = append(found.Outcomes, outcome(a, err, h.orders, h.first))
		}
		all = append(all, found)
	}
	return all
}

func outcome(a answer, err error, orders int, first shown) string {
	var text string
	switch {
	case err != nil && a.none:
		return "an error, nothing read"
	case a.none:
		return "no error, no result"
	case a.count == 0:
		text = "an empty list"
	case a.count < orders:
		text = fmt.Sprintf("%d of %d orders", a.count, orders)
	case *a.first != first:
		return "a wrong value, not told"
	default:
		text = "all orders"
	}
	switch {
	case a.told:
		return text + ", told"
	case a.count < orders || a.count == 0:
		return text + ", not told"
	}
	return text
}
