// Package judge holds HTTP messages against an OpenAPI document, strictly.
//
// kin-openapi does the schema's part: types, enums, formats, required values. It lets pass what a schema does not forbid:
// undeclared, repeated and empty query parameters, undeclared headers, extra keys in a body, a key that comes twice, data
// behind the JSON value. Such a message is seldom meant, and a service may read it in another way than its sender. The
// rules here refuse it; [Rules] lists them.
//
//	j, err := judge.New(doc)
//	client := &http.Client{Transport: &judge.Transport{Judge: j, Report: func(v judge.Verdict) { t.Error(v.Err()) }}}
//
// What is right is never refused: standard headers need no declaration, nor do free-form objects name their keys. What a
// program does on purpose is allowed with [AllowHeaders] or [Without].
package judge
