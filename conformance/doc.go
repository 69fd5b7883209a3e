// Package conformance checks that a generated client, its spec, recorded answers and a sandbox agree. The judge is
// kin-openapi with a strict layer ([github.com/highlevel-go/snapshots/conformance/judge]), which shares no code with the
// client.
//
// [Run] is all of it for one client:
//
//	func TestConformance(t *testing.T) {
//		doc, err := judge.Load("openapi.yaml", data)
//		if err != nil {
//			t.Fatal(err)
//		}
//		conformance.Run(t, doc, api.Operations(), api.New)
//	}
//
// For each operation it makes requests with the real client: the documented example, what is required alone, every option,
// enum value and awkward text, and random ones. They are caught at the transport, judged, and compared with what was asked
// for. Invalid requests must be refused before anything is sent. Documented answers and random ones are decoded; every
// documented field must be in the Go field of its name, and come back when it is encoded. Messages that break one keyword
// of the spec each show that the judge checks it. What of the spec was not exercised is an error, counted by package
// coverage. What the engine does with every answer, whatever the spec, is tested in api/rest.
//
// Go names are found by x-go-name, else by their letters and digits. Request bodies are JSON, forms whose fields all have names,
// texts or bytes; an operation with another body fails with an error that names it.
package conformance
