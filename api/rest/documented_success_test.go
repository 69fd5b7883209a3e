package rest

import (
	"errors"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

func TestASuccessWithoutWhatItIsForIsAnError(t *testing.T) {
	leak.Check(t)
	op := &Operation{ID: "create-link", Name: "CreateLink", Method: "POST", Path: "/links", RequiredInSuccess: []string{"url"}}
	type link struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	}
	for body, wrong := range map[string]bool{
		`{"id":"i","url":"u"}`: false, `{"url":"u"}`: false,
		`{"id":"i"}`: true, `{}`: true, `{"id":"i","url":""}`: true, `{"id":"i","url":null}`: true, `{"id":"i","url":{}}`: true,
	} {
		s := &scripted{replies: []reply{{status: 201, body: body}}}
		v, err := Do[link](t.Context(), s.client(t), NewRequest(op))
		switch {
		case !wrong && (err != nil || v.URL != "u"):
			t.Errorf("%s: %v", body, err)
		case wrong && (!errors.Is(err, ErrUndecodable) || v != nil || !strings.Contains(err.Error(), "did process")):
			t.Errorf("%s: %v, error %v", body, v, err)
		case wrong && EffectOf(err) != EffectDone:
			t.Errorf("%s: the call is %v", body, EffectOf(err))
		}
	}
}

func TestADocumented204IsASuccess(t *testing.T) {
	leak.Check(t)
	empty := []reply{{status: 204}}
	op := &Operation{ID: "push", Name: "Push", Method: "POST", Path: "/push", Statuses: []int{200, 204}}
	if _, v, err := callScript(t, op, empty); err != nil || v == nil {
		t.Errorf("documented: %v, error %v", v, err)
	}
	if _, v, err := callScript(t, opPost, empty); !errors.Is(err, ErrUndecodable) || v != nil {
		t.Errorf("not documented: %v, error %v", v, err)
	}
}

func TestANumberThatDoesNotFitIsAMismatch(t *testing.T) {
	leak.Check(t)
	type small struct {
		A int8   `json:"a"`
		B uint8  `json:"b"`
		C int32  `json:"c"`
		D string `json:"d"`
	}
	var response Response
	s := &scripted{replies: []reply{{status: 200, body: `{"a":300,"b":256,"c":2147483648,"d":"kept"}`}}}
	v, err := Do[small](t.Context(), s.client(t), NewRequest(opGet), CallResponse(&response))
	if err != nil || *v != (small{D: "kept"}) || len(response.Mismatches) != 3 {
		t.Errorf("%+v, error %v, mismatches %v", v, err, response.Mismatches)
	}
}
