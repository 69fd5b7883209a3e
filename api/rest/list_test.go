package rest

import (
	"encoding/json"
	"testing"
)

func TestListsAreWrittenAsTheyAre(t *testing.T) {
	for _, c := range []struct {
		list any
		want string
	}{
		{CommaList{" a", "b "}, `" a,b "`},
		{Strings{Values: []string{"a", "b,c"}}, `["a","b,c"]`},
		{Strings{Values: []string{}}, `[]`},
		{Strings{}, `null`},
		{Strings{Raw: `{"a":1}`}, `{"a":1}`},
		{Strings{Raw: "as it came"}, `"as it came"`},
	} {
		got, err := json.Marshal(c.list)
		if err != nil || string(got) != c.want {
			t.Errorf("%#v is written as %s, want %s (%v)", c.list, got, c.want, err)
		}
	}
}
