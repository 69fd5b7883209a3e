package rest

import (
	"encoding/json"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestNullableIsLeftOutOrNullOrAValue(t *testing.T) {
	leak.Check(t)
	type list struct {
		Next Nullable[list]     `json:"next,omitzero"`
		Name Nullable[string]   `json:"name,omitzero"`
		Tags Nullable[[]string] `json:"tags,omitzero"`
	}
	for text, v := range map[string]list{
		`{}`:                                    {},
		`{"next":null,"name":null,"tags":null}`: {Next: Null[list](), Name: Null[string](), Tags: Null[[]string]()},
		`{"next":{"name":""},"tags":[]}`:        {Next: Value(list{Name: Value("")}), Tags: Value([]string{})},
	} {
		if data, err := json.Marshal(v); string(data) != text || err != nil {
			t.Errorf("%s, %v, want %s", data, err, text)
		}
		var read list
		if err := Unmarshal([]byte(text), &read); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if again, err := json.Marshal(read); string(again) != text || err != nil {
			t.Errorf("%s was read as %s, %v", text, again, err)
		}
	}
}

func TestMismatchInsideANullableIsReported(t *testing.T) {
	leak.Check(t)
	var v struct {
		Inner Nullable[struct {
			N int    `json:"n"`
			S string `json:"s"`
		}] `json:"inner"`
	}
	err := Unmarshal([]byte(`{"inner":{"n":"x","s":"kept"}}`), &v)
	if bad, ok := err.(*MismatchError); !ok || len(bad.Mismatches) != 1 || v.Inner.Get().S != "kept" {
		t.Errorf("%v, %+v", err, v.Inner.Get())
	}
}

func TestNullableTextMustBeUTF8(t *testing.T) {
	leak.Check(t)
	r := NewRequest(&Operation{Method: "POST", Path: "/a"})
	r.SetJSON(struct {
		Name Nullable[string] `json:"name"`
	}{Value("\xff")})
	if bad, ok := r.err.(*RequestError); !ok || bad.Problems[0].Name != "name" {
		t.Errorf("%v", r.err)
	}
}
