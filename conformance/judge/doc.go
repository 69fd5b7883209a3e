// Package judge judges HTTP messages by an OpenAPI document, strictly.
//
// Values are judged by their schemas, which are translated to JSON Schema 2020-12. A schema does not forbid undeclared,
// repeated and empty query parameters, undeclared headers, extra keys in a body, duplicate keys, or data after the JSON
// value. Such a message is seldom intended, and a service may read it in another way than its sender. The rules of this
// package refuse it; [Rules] lists them.
//
//	j, err := judge.New(doc)
//	client := &http.Client{Transport: &judge.Transport{Judge: j, Report: func(v judge.Verdict) { t.Error(v.Err()) }}}
//
// A right message is never refused: standard headers need no declaration, and free-form objects need not name their keys.
// What a program does on purpose can be allowed with [AllowHeaders] or [Without].
//
// The packages below it are layers: document prepares a document for kin-openapi, format and jsontext check single strings,
// and schema judges values. The rules are in this package: query, header, cookie and path read parameters by style and
// scalar, content reads bodies, route and server find the operation.
package judge
