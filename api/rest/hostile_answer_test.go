package rest

import (
	"crypto/tls"
	"net/http"
	"net/http/httptrace"
	"runtime"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/api/internal/leak"
)

type hostileItem struct {
	ID   string  `json:"id"`
	When Time    `json:"when"`
	List Strings `json:"list"`
}

type hostilePage struct {
	Data    []hostileItem                  `json:"data"`
	Total   int                            `json:"total"`
	Any     any                            `json:"any"`
	Deep    map[string][]map[string]string `json:"deep"`
	Message string                         `json:"message"`
}

// readHostile returns the result of a call for a response with status 200, and the paths of the mismatches.
func readHostile[T any](t *testing.T, body string) (v *T, paths string, err error) {
	t.Helper()
	s := &scripted{replies: []reply{{status: 200, body: body}}}
	var r Response
	v, err = Do[T](t.Context(), s.client(t), NewRequest(opGet), CallResponse(&r))
	var all []string
	for _, m := range r.Mismatches {
		all = append(all, m.Path)
	}
	return v, strings.Join(all, " "), err
}

func TestAnObjectOrABoolNeverBecomesATextOfAListOrADate(t *testing.T) {
	leak.Check(t)
	for body, want := range map[string]struct{ items, raw, paths string }{
		`{"list":[{"a":1},false,2,"b",["c"],null]}`: {"2, b", `[{"a":1},false,2,"b",["c"],null]`, "/data/0/list"},
		`{"list":{"a":1}}`:                          {`{"a":1}`, `{"a":1}`, "/data/0/list"},
		`{"list":[1,2]}`:                            {"1, 2", "[1,2]", ""},
		`{"list":["a` + "\xff" + `"]}`:              {"a\ufffd", "", "/data/0/list"},
		`{"list":["a\ud800"]}`:                      {"a\ufffd", "", "/data/0/list"},
		`{"list":["\ud83d\ude00"]}`:                 {"\U0001f600", "", ""},
		`{"list":["a"],"when":{}}`:                  {"a", "", "/data/0/when"},
		`{"list":["a"],"when":true}`:                {"a", "", "/data/0/when"},
		`{"list":["a"],"when":"soon"}`:              {"a", "", ""},
		`{"list":["a"],"when":null}`:                {"a", "", ""},
	} {
		v, paths, err := readHostile[hostilePage](t, `{"data":[`+body+`]}`)
		if err != nil || v.Data[0].List.String() != want.items || v.Data[0].List.Raw != want.raw || paths != want.paths {
			t.Errorf("%s: %+v, mismatches at %q, %v", body, v, paths, err)
		}
	}
	if _, paths, err := readHostile[hostilePage](t, `{"data":[],"any":["`+"\xff"+`"]}`); err != nil || paths != "/any" {
		t.Errorf("mismatches at %q, %v", paths, err)
	}
}

func TestAnEmptyListIsNoErrorForWhatStandsBesideIt(t *testing.T) {
	leak.Check(t)
	for _, body := range []string{
		`{"data":[],"errors":[ ],"error":{ }}`, `{"data":[],"error":0}`, `{"data":[],"errors":[null]}`, `{"data":[],"total":"0"}`,
	} {
		if v, _, err := readHostile[hostilePage](t, body); err != nil {
			t.Errorf("%s: %+v, %v", body, v, err)
		}
	}
	for _, body := range []string{
		`{"data":[7],"total":0}`, `{"total":"x"}`, `{"data":[],"statusCode":403.0}`, `{"data":[],"errors":[{}]}`, `{"data":{},"total":0}`,
	} {
		if v, _, err := readHostile[hostilePage](t, body); err == nil {
			t.Errorf("%s passes for %+v", body, v)
		}
	}
}

// Whether the type of a response is a list, any value, or nothing: an error in it is an error.
func TestAnErrorIsFoundInAnswersOfEveryForm(t *testing.T) {
	leak.Check(t)
	type free struct {
		AdditionalProperties map[string]any `json:"-"`
	}
	for _, body := range []string{`{"statusCode":401,"message":"no"}`, `{"error":"denied"}`, `{"success":false,"message":"no"}`} {
		_, _, asMap := readHostile[map[string]any](t, body)
		_, _, asFree := readHostile[free](t, body)
		_, _, asList := readHostile[[]hostileItem](t, body)
		s := &scripted{replies: []reply{{status: 200, body: body}}}
		asNothing := Send(t.Context(), s.client(t), NewRequest(opGet))
		for i, err := range []error{asMap, asFree, asList, asNothing} {
			if err == nil || !strings.Contains(err.Error(), "an error in its body") || EffectOf(err) != EffectUnknown {
				t.Errorf("%s, form %d: %v, %v", body, i, err, EffectOf(err))
			}
		}
	}
	if v, _, err := readHostile[map[string]any](t, `{"success":true,"message":"done"}`); err != nil || len(*v) != 2 {
		t.Errorf("%v, %v", v, err)
	}
	s := &scripted{replies: []reply{{status: 200, body: `{"success":true}`}, {status: 200, body: `[]`}, {status: 200, body: `ok`}, {status: 204}}}
	for range s.replies {
		if err := Send(t.Context(), s.client(t), NewRequest(opGet)); err != nil {
			t.Error(err)
		}
	}
}

// A long name is in the path of each mismatch below it. Redacting hundreds of megabytes of paths took minutes.
func TestThePathsOfMismatchesAreBounded(t *testing.T) {
	leak.Check(t)
	body := `{"data":[{"id":"1"}],"deep":{"` + strings.Repeat("k", 4<<20) + `":[` + strings.Repeat(`{"a":[]},`, 200) + `{}]}}`
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, paths, err := readHostile[hostilePage](t, body)
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; err != nil || len(paths) > maxMismatches*(maxRaw+1) || used > 100<<20 {
		t.Errorf("%d bytes of paths, %d MiB, %v", len(paths), used>>20, err)
	}
}

// A TLS record can be garbled long after the request has been sent.
func TestAGarbledRecordAfterTheHandshakeIsPerhapsDone(t *testing.T) {
	leak.Check(t)
	for connected, want := range map[bool]Effect{true: EffectUnknown, false: EffectNone} {
		transport := tripper(func(r *http.Request) (*http.Response, error) {
			trace := httptrace.ContextClientTrace(r.Context())
			trace.GetConn("service.test:443")
			if connected {
				trace.GotConn(httptrace.GotConnInfo{})
			}
			return nil, tls.RecordHeaderError{Msg: "oversized record"}
		})
		c, err := New(WithBaseURL("https://service.test"), WithToken(faultToken), WithBudget(nil), WithHTTPClient(&http.Client{Transport: transport}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Do[map[string]any](t.Context(), c, NewRequest(opScoped)); EffectOf(err) != want {
			t.Errorf("connected %v: %v, %v", connected, EffectOf(err), err)
		}
	}
}
