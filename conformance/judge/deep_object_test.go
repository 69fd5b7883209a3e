package judge_test

import "testing"

// Lists have an index in brackets, as their readers understand it; OpenAPI leaves that open.
func TestDeepObjectsAreReadInQueriesAndForms(t *testing.T) {
	const shape = `{"type":"object","properties":{"n":{"type":"integer"},"list":{"type":"array","items":{"type":"integer"}},"kids":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}}}}}}`
	j := judgeOf(t, `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/x":{
"get":{"parameters":[{"name":"d","in":"query","style":"deepObject","explode":true,"schema":`+shape+`}],"responses":{"204":{"description":"d"}}},
"post":{"requestBody":{"content":{"application/x-www-form-urlencoded":{
  "encoding":{"d":{"style":"deepObject","explode":true},"tags":{"style":"deepObject"},"meta":{"style":"deepObject"}},
  "schema":{"type":"object","properties":{"d":`+shape+`,"tags":{"type":"array","items":{"type":"string"}},"meta":{"type":"object","additionalProperties":{"type":"string"}},"plain":{"type":"string"}}}}}},
  "responses":{"204":{"description":"d"}}}}}}`)
	form := []string{"Content-Type: application/x-www-form-urlencoded"}
	judged := func(text string, right bool, messages ...message) {
		t.Helper()
		for _, m := range messages {
			if v := m.judge(t, j, nil); v.OK() != right {
				t.Errorf("%s %s: %v", m.method, text, v.Err())
			}
		}
	}
	for text, right := range map[string]bool{
		"d[n]=1": true, "d[n]=1&d[list][0]=1&d[list][1]=2": true, "d[kids][0][n]=1": true, "d[list]=1": true,
		"d[n]=x": false, "d[list][0]=x": false, "d[list][1]=1": false, "d[kids][0][n]=x": false, "d[kids][0][m]=1": false, "d[m]=1": false, "d[n=1": false,
	} {
		judged(text, right, message{"GET", "/x?" + text, nil, "", 0}, message{"POST", "/x", form, text, 0})
	}
	for text, right := range map[string]bool{
		"tags[0]=a&tags[1]=b": true, "meta[a]=b&meta[c]=d": true, "plain=a": true, "": true, "plain[a]=b": false, "tags[1]=a": false, "other[a]=b": false,
	} {
		judged(text, right, message{"POST", "/x", form, text, 0})
	}
}
