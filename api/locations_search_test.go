package api

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/locations"
)

func TestSearchYieldsEachSubAccountOnceWhereOthersCannotBeRead(t *testing.T) {
	leak.Check(t)
	for list, want := range map[string]string{ // an x cannot be read
		"1xx2345": "12345", "x123": "123", "12x3": "123", "123x4": "1234", "1x2x3x4x": "1234",
		"12xx34": "12, then an error", "xx12": ", then an error", "12xx": "12, then an error", // nothing of a response can be read
	} {
		s := &service{answer: func(r *http.Request, _ int) (int, string) {
			skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
			items := []string{}
			for _, id := range list[min(skip, len(list)):min(skip+2, len(list))] {
				items = append(items, strings.Replace(`{"id":"`+string(id)+`"}`, `{"id":"x"}`, `"no"`, 1))
			}
			return 200, `{"locations":[` + strings.Join(items, ",") + `]}`
		}}
		got := ""
		for location, err := range s.client(t).Locations().Search(t.Context(), locations.SearchRequest{Limit: 2}) {
			if err != nil {
				got += ", then an error"
				continue
			}
			got += location.ID
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", list, got, want)
		}
	}
}
