// Package judge judges HTTP messages by an OpenAPI document, strictly.
//
// Values are judged by their schemas, which are translated to JSON Schema 2020-12. A schema does not forbid undeclared,
// repeated and empty query parameters, undeclared headers, extra keys in a body, a key that comes twice, or data after the
// JSON value. Such a message is seldom intended, and a service may read it in another way than its sender. The rules here
// refuse it; [Rules] lists them.
//
//	j, err := judge.New(doc)
//	client := &http.Client{Transport: &judge.Transport{Judge: j, Report: func(v judge.Verdict) { t.Error(v.Err()) }}}
//
// What is right is never refused: standard headers need no declaration, nor do free-form objects name their keys. What a
// program does on purpose is allowed with [AllowHeaders] or [Without].
//
// The packages below it are layers: document prepares a document for kin-openapi, format and jsontext read single texts,
// and schema judges values. Here are the rules: query, header, cookie and path read parameters by style and scalar, content
// reads bodies, route and server find the operation.
package judge
