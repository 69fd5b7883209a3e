package judge_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// documentOf is a document of a version with one operation, GET /x, whose parameters and body have these schemas. Each schema
// may refer to #/components/schemas/S.
func documentOf(version, parameters, body, schemas string) string {
	return `{"openapi":"` + version + `","info":{"title":"t","version":"1"},"servers":[{"url":"https://api.example.com"}],
"paths":{"/x":{"get":{"operationId":"x","parameters":[` + parameters + `],"responses":{"200":{"description":"d","content":{"application/json":{"schema":` + body + `}}}}}}},
"components":{"schemas":{` + schemas + `}}}`
}

func judgeOf(t *testing.T, document string) *judge.Judge {
	t.Helper()
	doc, err := judge.Load("doc.yaml", []byte(document))
	if err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	j, err := judge.New(doc)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestBodiesAreJudgedByTheirSchemaWhateverItsForm(t *testing.T) {
	const self = `{"$ref":"#/components/schemas/S"}`
	for _, c := range []struct {
		what, version, schema, schemas string
		right, wrong                   []string
	}{
		{"format in a choice", "3.0.3", `{"anyOf":[{"type":"string","format":"ipv6"},{"type":"string","format":"ipv4"}]}`, "", []string{`"1.2.3.4"`, `"::1"`}, []string{`"x"`, `5`}},
		{"format beside any text", "3.0.3", `{"anyOf":[{"type":"string"},{"type":"string","format":"ipv4"}]}`, "", []string{`"x"`}, []string{`5`}},
		{"format in oneOf", "3.0.3", `{"oneOf":[{"type":"string","format":"uuid"},{"type":"string","pattern":"^x-"}]}`, "", []string{`"x-1"`, `"123e4567-e89b-12d3-a456-426614174000"`}, []string{`"y"`}},
		{"format that must not be", "3.0.3", `{"not":{"type":"string","format":"ipv4"}}`, "", []string{`"x"`, `5`}, []string{`"1.2.3.4"`}},
		{"format without a type", "3.1.0", `{"format":"ipv4"}`, "", []string{`"1.2.3.4"`, `5`, `null`}, []string{`"x"`}},
		{"format of an annotating dialect", "3.1.0", `{"$schema":"https://json-schema.org/draft/2020-12/schema","format":"ipv4"}`, "", []string{`"x"`}, nil},
		{"duration", "3.1.0", `{"type":"string","format":"duration"}`, "", []string{`"P1DT2H"`}, []string{`"1 day"`}},
		{"time", "3.1.0", `{"type":"string","format":"time"}`, "", []string{`"10:00:00Z"`}, []string{`"10:00"`}},
		{"words of 3.0 that are no format", "3.0.3", `{"type":"string","format":"time"}`, "", []string{`"ten"`}, nil},
		{"constant null", "3.1.0", `{"type":"object","properties":{"gone":{"const":null}}}`, "", []string{`{"gone":null}`, `{}`}, []string{`{"gone":1}`}},
		{"nothing at all", "3.0.3", `{"type":"object","properties":{"old":{"not":{}},"a":{"type":"string"}}}`, "", []string{`{"a":"x"}`}, []string{`{"old":null}`, `{"old":1}`}},
		{"enum of lists and objects", "3.0.3", `{"enum":[[1,2],{"a":1}]}`, "", []string{`[1,2]`, `{"a":1}`, `{"a":1.0}`}, []string{`[2,1]`, `[]`, `{}`}},
		{"enum without values", "3.1.0", `{"enum":[]}`, "", nil, []string{`1`, `null`}},
		{"enum of another type", "3.0.3", `{"type":"string","enum":[1,2]}`, "", nil, []string{`"1"`, `1`, `"x"`}},
		{"enum of its type and others", "3.0.3", `{"type":"string","enum":["x",1,null]}`, "", []string{`"x"`}, []string{`"1"`, `1`, `null`}},
		{"keywords beside a reference", "3.1.0", `{"$ref":"#/components/schemas/S","required":["foo"],"properties":{"foo":{"type":"string"}}}`,
			`"S":{"type":"object","required":["bar"],"properties":{"bar":{"type":"string"}}}`, []string{`{"foo":"x","bar":"y"}`}, []string{`{"foo":"x"}`, `{"bar":"x"}`, `{"foo":1,"bar":"y"}`, `{"foo":"x","bar":1}`}},
		{"unevaluated beside a reference", "3.1.0", `{"$ref":"#/components/schemas/S","properties":{"foo":{"type":"string"}},"unevaluatedProperties":false}`,
			`"S":{"type":"object","properties":{"bar":{"type":"string"}}}`, []string{`{"foo":"x","bar":"y"}`}, []string{`{"foo":"x","baz":1}`}},
		{"definitions of a reference", "3.1.0", self, `"S":{"$ref":"#/components/schemas/S/$defs/a","$defs":{"a":{"type":"integer"}}}`, []string{`5`}, []string{`"x"`}},
		{"anchor", "3.1.0", `{"$ref":"#leaf"}`, `"S":{"type":"object","properties":{"l":{"$anchor":"leaf","type":"integer"}}}`, []string{`5`}, []string{`"x"`}},
		{"address of its own", "3.1.0", `{"$ref":"https://x.test/s"}`, `"S":{"$id":"https://x.test/s","type":"object","properties":{"a":{"$ref":"#/$defs/n"},"b":{"$ref":"t.json#leaf"}},"$defs":{"n":{"type":"integer"},"t":{"$id":"t.json","$defs":{"l":{"$anchor":"leaf","type":"boolean"}}}}}`, []string{`{"a":1,"b":true}`}, []string{`{"a":"x"}`, `{"b":1}`}},
		{"relative address of its own", "3.1.0", `{"$ref":"tree.json"}`, `"S":{"$id":"tree.json","type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#"}}}}`, []string{`{"kids":[{}]}`}, []string{`{"kids":[1]}`}},
		{"component from a schema with an address", "3.1.0", self, `"S":{"$id":"User","type":"object","properties":{"a":{"$ref":"#/components/schemas/N"}}},"N":{"type":"integer"}`, []string{`{"a":1}`}, []string{`{"a":"x"}`}},
		{"properties with the names of keywords", "3.1.0", self, `"S":{"type":"object","properties":{"$id":{"type":"string"},"value":{"$anchor":"va","type":"boolean"},"w":{"$ref":"#va"}},"example":{"$anchor":"va"}}`, []string{`{"$id":"x","value":true,"w":false}`}, []string{`{"w":1}`, `{"$id":1}`}},
		{"dynamic anchor", "3.1.0", self, `"S":{"$dynamicAnchor":"node","type":"object","properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$dynamicRef":"#node"}}}}`, []string{`{"kids":[{"v":1}]}`}, []string{`{"kids":[{"v":"x"}]}`, `{"kids":[1]}`}},
		{"keywords beside a reference of 3.0", "3.0.3", `{"$ref":"#/components/schemas/S","maxLength":1}`, `"S":{"type":"string"}`, []string{`"long"`}, []string{`1`}},
		{"null of a later version", "3.0.3", `{"anyOf":[{"type":"string"},{"type":"null"}]}`, "", []string{`null`, `"x"`}, []string{`1`}},
		{"nullable beside a composition", "3.0.3", `{"nullable":true,"allOf":[{"$ref":"#/components/schemas/S"}]}`, `"S":{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}`, []string{`null`, `{"a":1}`}, []string{`{}`, `1`}},
		{"exclusive bounds of 3.0", "3.0.3", `{"type":"number","minimum":0,"exclusiveMinimum":true,"maximum":1,"exclusiveMaximum":false}`, "", []string{`1`, `0.5`}, []string{`0`, `2`}},
		{"space of ECMA 262", "3.0.3", `{"type":"string","pattern":"^\\s$"}`, "", []string{`"\u00a0"`, `"\ufeff"`}, []string{`"x"`}},
		{"looking ahead", "3.0.3", `{"type":"string","pattern":"^(?!x)[a-z]+$"}`, "", []string{`"y"`}, []string{`"xy"`}},
		{"number beyond all", "3.1.0", `{"type":"object","properties":{"n":{"type":"number","maximum":5},"i":{"type":"integer"},"a":{}}}`, "",
			[]string{`{"a":1e999999999}`, `{"a":-1e-999999999}`, `{"i":1e999999999}`, `{"n":-1e999999999}`, `{"n":1e-999999999}`}, []string{`{"n":1e999999999}`, `{"i":1e-999999999}`}},
		{"different numbers beyond all", "3.1.0", `{"uniqueItems":true}`, "", []string{`[1e999999999,1e999999998,-1e999999999]`}, []string{`[1e999999999,10e999999998]`}},
		{"list of itself", "3.0.3", self, `"S":{"items":{"$ref":"#/components/schemas/S"},"type":"array"}`, []string{`[[[]],[]]`}, []string{`[[1]]`}},
		{"anything of itself", "3.0.3", self, `"S":{"items":{"$ref":"#/components/schemas/S"},"additionalProperties":{"$ref":"#/components/schemas/S"}}`, []string{`[{"a":[1]}]`}, nil},
		{"tree of itself", "3.1.0", self, `"S":{"type":"object","properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#/components/schemas/S"}}}}`, []string{`{"v":1,"kids":[{"kids":[{"v":2}]}]}`}, []string{`{"kids":[{"kids":[{"v":"x"}]}]}`, `{"kids":[{"w":1}]}`}},
	} {
		j := judgeOf(t, documentOf(c.version, "", c.schema, c.schemas))
		for _, body := range c.right {
			if v := (message{"GET", "/x", nil, body, 200}).judge(t, j, nil); !v.OK() {
				t.Errorf("%s: %s: %v", c.what, body, v.Err())
			}
		}
		for _, body := range c.wrong {
			if v := (message{"GET", "/x", nil, body, 200}).judge(t, j, nil); v.OK() {
				t.Errorf("%s: %s is not refused", c.what, body)
			} else if !strings.Contains(v.Err().Error(), "doc.yaml:") {
				t.Errorf("%s: %s: no line in %v", c.what, body, v.Err())
			}
		}
	}
}

func TestParametersAreRightIfOneReadingIs(t *testing.T) {
	for _, c := range []struct {
		what, parameter string
		right, wrong    []string
	}{
		{"number or word", `{"name":"q","in":"query","schema":{"oneOf":[{"type":"integer"},{"type":"string","enum":["today"]}]}}`,
			[]string{"q=5", "q=today"}, []string{"q=tomorrow", "q=5.5", "q=5&q=6"}},
		{"object by one branch", `{"name":"f","in":"query","style":"deepObject","explode":true,"schema":{"anyOf":[{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}},{"type":"object","required":["age"],"properties":{"age":{"type":"integer"}}}]}}`,
			[]string{"f[name]=x", "f[age]=5", "f[name]=5"}, []string{"f[age]=x", "f[size]=5", "f=x"}},
		{"object of two parts", `{"name":"f","in":"query","style":"deepObject","explode":true,"schema":{"allOf":[{"type":"object","properties":{"name":{"type":"string"}}},{"type":"object","required":["age"],"properties":{"age":{"type":"integer"}}}]}}`,
			[]string{"f[age]=5&f[name]=x"}, []string{"f[name]=x"}},
		{"list or word", `{"name":"l","in":"query","explode":false,"schema":{"anyOf":[{"type":"array","items":{"type":"integer"}},{"type":"string","enum":["all"]}]}}`,
			[]string{"l=1,2", "l=all", "l=1"}, []string{"l=some", "l=1,x"}},
		{"text of a number", `{"name":"q","in":"query","schema":{"type":"string","pattern":"^[0-9]+$"}}`, []string{"q=007"}, []string{"q=x"}},
		{"reserved characters", `{"name":"q","in":"query","allowReserved":true,"schema":{"type":"string"}}`, []string{"q=a;b/c?d", "q=%3B"}, []string{"q=a&;b"}},
		{"no reserved characters", `{"name":"q","in":"query","schema":{"type":"string"}}`, []string{"q=%3B"}, []string{"q=a;b"}},
		{"date that may be empty", `{"name":"d","in":"query","allowEmptyValue":true,"schema":{"type":"string","format":"date"}}`, []string{"d=", "d=2024-02-29"}, []string{"d=x"}},
		{"format in a choice", `{"name":"d","in":"query","schema":{"anyOf":[{"type":"string","format":"date"},{"type":"string","enum":["never"]}]}}`, []string{"d=2024-01-01", "d=never"}, []string{"d=2023-02-30"}},
		{"enum of another type", `{"name":"d","in":"query","schema":{"type":"string","enum":[1,2]}}`, nil, []string{"d=1", "d=x"}},
		{"tree in a query", `{"name":"t","in":"query","content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}}`, []string{"t=%7B%22a%22%3A%7B%7D%7D"}, []string{"t=%7B%22a%22%3A5%7D"}},
	} {
		j := judgeOf(t, documentOf("3.0.3", c.parameter, `{}`, `"S":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/S"}}`))
		for _, query := range c.right {
			if v := (message{"GET", "/x?" + query, nil, "", 0}).judge(t, j, nil); !v.OK() {
				t.Errorf("%s: %s: %v", c.what, query, v.Err())
			}
		}
		for _, query := range c.wrong {
			if v := (message{"GET", "/x?" + query, nil, "", 0}).judge(t, j, nil); v.OK() {
				t.Errorf("%s: %s is not refused", c.what, query)
			}
		}
	}
}

func TestAnEnumThatContradictsItsTypeIsTold(t *testing.T) {
	const text = `openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /x:
    get:
      operationId: x
      parameters:
        - {name: d, in: query, schema: {type: string, enum: [1, 2]}}
        - {name: e, in: query, schema: {type: string, enum: [x, 1]}}
        - {name: v, in: query, schema: {type: string, enum: [2021-07-28, yes]}}
      responses: {"204": {description: d}}
`
	doc, err := judge.Load("doc.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	told := judge.Contradictions(doc)
	want := "doc.yaml:8: the enum value 1 is not of the type string, so that no message can have it\n" +
		"doc.yaml:8: the enum value 2 is not of the type string, so that no message can have it\n" +
		"doc.yaml:9: the enum value 1 is not of the type string, so that no message can have it"
	if got := strings.Join(told, "\n"); got != want {
		t.Errorf("told:\n%s\nwant:\n%s", got, want)
	}
	j := judgeOf(t, text)
	v := (message{"GET", "/x?d=1", nil, "", 0}).judge(t, j, nil)
	if v.OK() || !strings.Contains(v.Err().Error(), "none of them is of the type string") || !strings.Contains(v.Err().Error(), "doc.yaml:8") {
		t.Errorf("got %v", v.Err())
	}
	if v := (message{"GET", "/x?v=2021-07-28", nil, "", 0}).judge(t, j, nil); !v.OK() {
		t.Errorf("a date in an enum is not a text: %v", v.Err())
	}
}

func TestNothingMakesTheJudgeRunWithoutEnd(t *testing.T) {
	for _, document := range hostile {
		j := judgeOf(t, document)
		for _, body := range []string{`null`, nested(200), strings.Repeat(`[`, 60) + `5` + strings.Repeat(`]`, 60), strings.Repeat(`{"a":`, 200) + `1e999999999` + strings.Repeat(`}`, 200)} {
			began := time.Now()
			_ = (message{"GET", "/x", nil, body, 200}).judge(t, j, nil)
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("%.60s of %.200s took %v", body, document, took)
			}
		}
	}
	j := judgeOf(t, hostile[3])
	v := (message{"GET", "/x", nil, strings.Repeat(`[`, 60) + `5` + strings.Repeat(`]`, 60), 200}).judge(t, j, nil)
	if v.OK() || !strings.Contains(v.Err().Error(), "more steps than can be made") {
		t.Errorf("got %v", v.Err())
	}
}

func TestAReferenceToItselfForTheSameValueAcceptsNothing(t *testing.T) {
	const self = `{"$ref":"#/components/schemas/S"}`
	deep := strings.Repeat(`{"a":`, 900) + "1" + strings.Repeat("}", 900)
	for schema, right := range map[string]bool{
		`{"allOf":[` + self + `]}`: false, `{"anyOf":[` + self + `,{"type":"object"}]}`: true, `{"not":` + self + `}`: true,
		`{"properties":{"a":` + self + `},"allOf":[` + self + `]}`: false, `{"allOf":[{"anyOf":[` + self + `]}]}`: false,
	} {
		j := judgeOf(t, documentOf("3.0.3", "", self, `"S":`+schema))
		v := (message{"GET", "/x", nil, deep, 200}).judge(t, j, nil)
		if v.OK() != right || !right && !strings.Contains(v.Err().Error(), "the schema refers to itself") {
			t.Errorf("%s: %.300v", schema, v.Err())
		}
	}
}

func TestABaseMayListWhatIsMadeOfIt(t *testing.T) {
	const base = `"S":{"type":"object","required":["kind"],"properties":{"kind":{"type":"string"}},%s"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}]},
"Cat":{"allOf":[{"$ref":"#/components/schemas/S"},{"type":"object","required":["lives"],"properties":{"lives":{"type":"integer"},"friend":{"$ref":"#/components/schemas/S"}}}]},
"Dog":{"allOf":[{"$ref":"#/components/schemas/S"},{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}]}`
	for _, version := range []string{"3.0.3", "3.1.0"} {
		for _, discriminator := range []string{"", `"discriminator":{"propertyName":"kind"},`} {
			for _, name := range []string{"S", "Cat"} {
				document := documentOf(version, "", `{"$ref":"#/components/schemas/`+name+`"}`, strings.Replace(base, "%s", discriminator, 1))
				doc, err := judge.Load("doc.yaml", []byte(document))
				if err != nil {
					t.Fatal(err)
				}
				if told := judge.Contradictions(doc); len(told) > 0 {
					t.Errorf("%s with %q: %s", version, discriminator, told)
				}
				j := judgeOf(t, document)
				for body, right := range map[string]bool{
					`{"kind":"Cat","lives":9,"friend":{"kind":"Dog","name":"x"}}`: true,
					`{"lives":9}`:                                      false, // the base requires its kind
					`{"kind":"Cat"}`:                                   false,
					`{"kind":"Cat","lives":"x"}`:                       false,
					`{"kind":"Cat","lives":9,"more":1}`:                false,
					`{"kind":"Cat","lives":9,"friend":{"kind":"Dog"}}`: false,
				} {
					if v := (message{"GET", "/x", nil, body, 200}).judge(t, j, nil); v.OK() != right {
						t.Errorf("%s with %q: %s %s: %v", version, discriminator, name, body, v.Err())
					}
				}
			}
		}
	}
}

func TestDeepRightMessagesTakeNoLongerThanTheirSize(t *testing.T) {
	const self = `{"$ref":"#/components/schemas/S"}`
	j := judgeOf(t, documentOf("3.0.3", "", self, `"S":{"oneOf":[{"type":"string"},{"type":"number"},{"type":"array","items":`+self+`},{"type":"object","additionalProperties":`+self+`}]}`))
	began := time.Now()
	v := (message{"GET", "/x", nil, strings.Repeat(`{"a":[`, 400) + "1" + strings.Repeat("]}", 400), 200}).judge(t, j, nil)
	if took := time.Since(began); !v.OK() || took > 5*time.Second {
		t.Errorf("took %v: %.300v", took, v.Err())
	}
}

// Each of these took minutes, or all memory, while a bound held for one value or one fault at a time.
func TestLargeMessagesTakeNoLongerThanTheirSize(t *testing.T) {
	const self = `{"$ref":"#/components/schemas/S"}`
	many := 10_000
	if testing.Short() {
		many = 1_000 // and the slow patterns, each of which takes the second that it is given, stay out
	}
	list := func(n int, format string) string {
		items := make([]string, n)
		for i := range items {
			items[i] = strings.ReplaceAll(format, "%d", strconv.Itoa(i))
		}
		return strings.Join(items, ",")
	}
	for _, c := range []struct{ what, schema, body, says string }{
		{"faults", `{"type":"array","items":{"type":"string"}}`, "[" + list(many, "%d") + "]", "value must be a string"},
		{"keys that are not declared", `{"type":"object","properties":{"a":{}}}`, "{" + list(many, `"k%d":1`) + "}", "is not a key of the schema"},
		{"slow patterns", `{"type":"array","items":{"type":"string","pattern":"^(?=a)(a+)+$"}}`, "[" + list(100, `"`+strings.Repeat("a", 50)+`!"`) + "]", "they backtrack"},
		{"slow patterns of names", `{"type":"object","patternProperties":{"^(?=a)(a+)+$":{"type":"integer"}}}`, "{" + list(100, `"`+strings.Repeat("a", 50)+`%d!":1`) + "}", "they backtrack"},
		{"faults of every branch and level", `{"oneOf":[{"properties":{"a":` + self + `}},{"properties":{"a":` + self + `}}]}`, strings.Repeat(`{"a":`, 900) + "1" + strings.Repeat("}", 900), "more steps"},
	} {
		if testing.Short() && c.says == "they backtrack" {
			continue
		}
		j := judgeOf(t, documentOf("3.1.0", "", self, `"S":`+c.schema))
		began := time.Now()
		v := (message{"GET", "/x", nil, c.body, 200}).judge(t, j, nil)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", c.what, took)
		}
		if v.OK() || !strings.Contains(v.Err().Error(), c.says) {
			t.Errorf("%s: %.300v", c.what, v.Err())
		}
	}
}

func TestNullInADocumentSaysNothing(t *testing.T) {
	j := judgeOf(t, hostile[1])
	if v := (message{"GET", "/x", nil, `{"any":1}`, 200}).judge(t, j, nil); !v.OK() {
		t.Error(v.Err())
	}
	_, err := judge.Load("doc.yaml", []byte("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    put: null\n"))
	if err == nil || !strings.Contains(err.Error(), "doc.yaml:5: the operation PUT /x is not a mapping") {
		t.Errorf("null for an operation: %v", err)
	}
	_, err = judge.Load("doc.yaml", []byte("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    get:\n      parameters:\n        - null\n      responses: {'204': {description: d}}\n"))
	if err == nil || !strings.Contains(err.Error(), "doc.yaml:7") {
		t.Errorf("null for a parameter: %v", err)
	}
}
