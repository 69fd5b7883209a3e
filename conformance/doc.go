// Package conformance checks that a generated client, its spec, recorded responses and a sandbox agree. The judge is
// kin-openapi with a strict layer ([github.com/highlevel-go/snapshots/conformance/judge]), which shares no code with the
// client.
//
// [Run] does all of this for one client:
//
//	func TestConformance(t *testing.T) {
//		doc, err := judge.Load("openapi.yaml", data)
//		if err != nil {
//			t.Fatal(err)
//		}
//		conformance.Run(t, doc, api.Operations(), api.New)
//	}
//
// For each operation it makes requests with the real client: the documented example, the required values alone, every
// option, enum value and awkward string, and random requests. It catches them at the transport, judges them, and compares
// them with the input. Invalid requests must be refused before anything is sent. Documented and random responses are
// decoded; every documented field must be in the Go field of its name, and must survive encoding. Messages that break one
// keyword of the spec each show that the judge checks it. Parts of the spec that were not exercised are an error; package
// coverage counts them. How the engine handles every response, regardless of the spec, is tested in api/rest.
//
// Go names are found by x-go-name, otherwise by their letters and digits. Request bodies are JSON, forms whose fields all
// have names, text or bytes; an operation with any other body fails with an error that names it.
package conformance
