package rest

import (
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestCallListLengthCountsWhatWasReceived(t *testing.T) {
	leak.Check(t)
	type object struct {
		ID string `json:"id"`
	}
	type list struct {
		Items  []object            `json:"items"`
		Other  []object            `json:"other"`
		Within map[string][]object `json:"within"`
		Name   string              `json:"name"`
	}
	for body, want := range map[string]int{
		`{"name":"n"}`:                                      0,
		`{"name":"n","items":[]}`:                           0,
		`{"name":"n","items":null}`:                         0,
		`{"name":"n","items":{}}`:                           -1,
		`{"items":[{"id":"1"},"no",null,{"id":"2"}]}`:       4,
		`{"name":"n","items":["no","no"]}`:                  2,
		`{"items":[{"id":[]}],"other":[1,2]}`:               1,
		`{"items":[{"id":"1"}],"within":{"items":[1,2,3]}}`: 1,
		`{"items":["no"],"items":[{"id":"1"},{"id":"2"}]}`:  2,
	} {
		c := (&scripted{replies: []reply{{status: 200, body: body}}}).client(t)
		n, again := 7, 7
		var first, second Response
		op := &Operation{Name: "list", Method: "GET", Path: "/list"}
		_, err := Do[list](t.Context(), c, NewRequest(op), CallListLength("items", &n), CallListLength("items", &again), CallResponse(&first), CallResponse(&second))
		if err != nil || n != want || again != want {
			t.Errorf("%s: %d and %d, want %d; %v", body, n, again, want, err)
		}
		if first.Status != 200 || second.Status != 200 || len(first.Mismatches) != len(second.Mismatches) {
			t.Errorf("%s: responses %+v and %+v", body, first, second)
		}
	}
	c := (&scripted{replies: []reply{{status: 200, body: `{}`}}}).client(t)
	if _, err := Do[list](t.Context(), c, NewRequest(&Operation{Method: "GET", Path: "/"}), CallListLength("items", nil)); err == nil {
		t.Error("a length of nil was accepted")
	}
}
