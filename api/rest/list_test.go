package rest

import (
	"encoding/json"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestListsAreWrittenAsTheyAre(t *testing.T) {
	leak.Check(t)
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
