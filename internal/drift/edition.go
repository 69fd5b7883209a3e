package drift

import (
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/internal/facts"
)

// edition is the input of a check for one API version.
type edition struct {
	docs *facts.Document
	// spec has the ids of the record.
	spec   *facts.Document
	ledger *Ledger // the entries about this version
	// ownIDs maps the ids of the record to those of the spec, where they differ.
	ownIDs map[string]string
}

// editionsOf pairs each record with the spec, and returns the operations whose id in the spec is in no record. Operations
// are matched by method and path, and have one id for all versions, so a changed id is one finding and not a lost operation
// and a new one.
func editionsOf(in *Input) (editions []*edition, renamed []change) {
	if in.Ledger == nil {
		in.Ledger = &Ledger{File: "deviations.yaml"}
	}
	for _, docs := range in.Docs {
		e := &edition{docs: withOneID(docs, *in), spec: in.Spec, ledger: in.Ledger.of(docs.Version), ownIDs: map[string]string{}}
		renamed = append(renamed, e.matchByRoute()...)
		editions = append(editions, e)
	}
	return editions, renamed
}

// withOneID returns a record in which each operation has one id for all versions. Its own id becomes a fact.
func withOneID(docs *facts.Document, in Input) *facts.Document {
	out := *docs
	out.Operations = slices.Clone(docs.Operations)
	for i, op := range out.Operations {
		if id := idForAll(op, in); id != op.ID && docs.Operation(id) == nil {
			out.Operations[i] = renamedTo(id, op, op.ID)
		}
	}
	return &out
}

// idForAll returns, of the ids that the records give to the method and path of an operation, the one that the spec uses for
// them too; otherwise one that is in the spec; otherwise that of the first record.
func idForAll(op *facts.Operation, in Input) string {
	var ids []string
	for _, record := range in.Docs {
		if known := byRoute(record, op); known != nil {
			ids = append(ids, known.ID)
		}
	}
	for _, fits := range []func(id string) bool{
		func(id string) bool { return isSame(in.Spec.Operation(id), op) },
		func(id string) bool { return in.Spec.Operation(id) != nil },
	} {
		if i := slices.IndexFunc(ids, fits); i >= 0 {
			return ids[i]
		}
	}
	return ids[0]
}

// renamedTo returns an operation under another id, with the id in its document as a fact.
func renamedTo(id string, op *facts.Operation, own string) *facts.Operation {
	out := *op
	out.ID = id
	out.Facts = append(slices.Clone(op.Facts), facts.Fact{Place: facts.OperationPlace, Aspect: facts.OperationID, Value: own, Pos: op.Pos})
	return &out
}

// matchByRoute gives operations of the spec the id that the record has for their method and path.
func (e *edition) matchByRoute() (renamed []change) {
	spec := &facts.Document{File: e.spec.File, Pos: e.spec.Pos, Strays: e.spec.Strays, Unread: e.spec.Unread}
	for _, op := range e.spec.Operations {
		docs := byRoute(e.docs, op)
		if docs == nil {
			docs = e.docs.Operation(op.ID)
		}
		switch {
		case docs == nil || e.docs.Operation(op.ID) != nil && docs.ID != op.ID:
		case docs.ID == op.ID && docs.Value(facts.OperationPlace, facts.OperationID) != "":
			op = renamedTo(op.ID, op, op.ID)
		case docs.ID != op.ID && e.spec.Operation(docs.ID) == nil && e.ownIDs[docs.ID] == "":
			e.ownIDs[docs.ID] = op.ID
			renamed = append(renamed, e.own(operationChange("renamed", docs.ID, op.ID, docs.Pos, op.Pos))...)
			alias := *op
			alias.ID = docs.ID
			op = &alias
		}
		spec.Operations = append(spec.Operations, op)
	}
	e.spec = spec
	return renamed
}

// idInSpec returns the id of an operation in the spec.
func (e *edition) idInSpec(id string) string {
	if own := e.ownIDs[id]; own != "" {
		return own
	}
	return id
}

// own marks changes as belonging to the edition.
func (e *edition) own(changes ...change) []change {
	for i := range changes {
		changes[i].edition = e
		e.own(changes[i].parts...)
	}
	return changes
}

// claims reports whether an operation of the spec belongs to this API version: its Version header lists it.
func (e *edition) claims(spec *facts.Operation) bool {
	return slices.Contains(facts.Texts(spec.Value(facts.VersionHeader, facts.Enum)), e.docs.Version)
}

func isSame(a, b *facts.Operation) bool { return a != nil && routeOf(a) == routeOf(b) }

// byRoute returns the operation of a document with the method and path of op, or nil.
func byRoute(document *facts.Document, op *facts.Operation) *facts.Operation {
	for _, known := range document.Operations {
		if isSame(known, op) {
			return known
		}
	}
	return nil
}

// RecordFor returns the record of the API version of a page. If there is none, version is the one that the page names. If
// the page names no version, candidates are the records that it may belong to. An operation of an OpenAPI document that is
// in no record has no candidates, because it may belong to no version.
func RecordFor(records []*facts.Document, page Page) (record *facts.Document, version string, candidates []*facts.Document) {
	named := page.Versions()
	for _, version := range named {
		for _, record := range records {
			if record.Version == version {
				return record, version, nil
			}
		}
	}
	switch {
	case len(named) > 0 && len(records) == 1 && records[0].Version == "": // it holds the pages of any version
		return records[0], "", nil
	case len(named) > 0:
		return nil, named[0], nil
	}
	candidates = records
	for _, fits := range []func(*facts.Document) bool{
		func(r *facts.Document) bool {
			op := recordOf(r, &page)
			return op != nil && page.Page != "" && op.Page == page.Page
		},
		func(r *facts.Document) bool { return recordOf(r, &page) != nil },
		func(r *facts.Document) bool { return r.Version == "" },
	} {
		if found := slices.DeleteFunc(slices.Clone(records), func(r *facts.Document) bool { return !fits(r) }); len(found) > 0 {
			candidates = found
			break
		}
	}
	if len(candidates) == 1 {
		return candidates[0], candidates[0].Version, nil
	}
	if page.FromDocument && !slices.ContainsFunc(candidates, func(r *facts.Document) bool { return recordOf(r, &page) != nil }) {
		return nil, "", nil
	}
	return nil, "", candidates
}

// versionNames lists the API versions of records.
func versionNames(records []*facts.Document) string {
	var names []string
	for _, r := range records {
		if r.Version != "" {
			names = append(names, r.Version)
		}
	}
	return strings.Join(names, " and ")
}

// Sources returns a function that finds the facts that an edit of the spec can copy: those of a page that can be judged,
// otherwise those of a record.
func Sources(in Input) func(version, operation string) *facts.Operation {
	pages := slices.DeleteFunc(slices.Clone(in.Pages), func(p Page) bool {
		return slices.ContainsFunc(p.Issues, func(issue PageIssue) bool { return issue.Fatal })
	})
	return func(version, operation string) *facts.Operation {
		for _, docs := range in.Docs {
			if docs.Version != version {
				continue
			}
			known := docs.Operation(operation)
			for _, page := range pages {
				record, _, _ := RecordFor(in.Docs, page)
				if record == docs && (page.ID == operation || known != nil && isSame(known, page.Operation)) {
					return page.Operation
				}
			}
			if known != nil {
				return known
			}
			if spec := in.Spec.Operation(operation); spec != nil {
				return byRoute(docs, spec)
			}
		}
		return nil
	}
}
