package conformance

import (
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/conformance/coverage"
	"github.com/highlevel-go/snapshots/conformance/judge"
)

// Option adds to what [Run] does.
type Option func(*suite)

// WithFixtures reads responses of the service from files named <operationId>/<status>*.json. With fixtures, a status of the
// spec without one is an error; without fixtures, responses are generated from the schemas.
func WithFixtures(files fs.FS) Option { return func(s *suite) { s.fixtures = files } }

// WithExamples reads responses from files as [WithFixtures] does; for a status without a file, the response is generated
// from its schema.
func WithExamples(files fs.FS) Option {
	return func(s *suite) { s.fixtures, s.partly = files, true }
}

// Without excludes operations by their ids: those whose bodies the suite cannot make, such as a form whose fields are not
// named.
func Without(ids ...string) Option { return func(s *suite) { s.without = ids } }

// WithTracker counts coverage together with other tests, such as those of a sandbox. The caller then checks the report.
func WithTracker(t *coverage.Tracker) Option { return func(s *suite) { s.tracker = t } }

// Run compares a generated client with its spec: every request that it makes, every response that it decodes, the input that
// it refuses, and its pagination. It fails if a part of the spec was not exercised, or if the spec contradicts itself.
//
// operations are the generated descriptors, and client creates a client from options; for a client of this project these are
// api.Operations() and api.New. Nothing is sent anywhere: requests are caught at the transport.
func Run[C any](
	t *testing.T,
	spec *openapi3.T,
	operations []*rest.Operation,
	client func(...rest.Option) (C, error),
	opts ...Option,
) {
	t.Helper()
	lenient := []judge.Option{judge.AllowCredentials()} // the engine sends its token with every call
	if spec.Components == nil || len(spec.Components.SecuritySchemes) == 0 {
		lenient = append(lenient, judge.Without(judge.Credentials)) // the document does not say how callers authenticate
	}
	j, err := judge.New(spec, lenient...)
	if err != nil {
		t.Fatal(err)
	}
	s := &suite{doc: spec, judge: j, make: func(opts ...rest.Option) (any, error) { return client(opts...) }}
	for _, opt := range opts {
		opt(s)
	}
	own := s.tracker == nil
	if own {
		s.tracker = coverage.New(spec)
	}
	if found := judge.Contradictions(spec); len(found) > 0 {
		t.Fatalf("the spec contradicts itself:\n%s", strings.Join(found, "\n"))
	}
	bindings := s.bind(t, operations)
	for _, b := range bindings {
		t.Run(b.id, func(t *testing.T) {
			t.Run("requests", b.requests)
			t.Run("refusals", b.refusals)
			t.Run("answers", b.answers)
			t.Run("tolerance", b.tolerance)
			if b.pagination != nil {
				t.Run("pages", b.pages)
			}
			t.Run("judge", b.wrongMessages)
			t.Run("random requests", b.randomRequests)
			t.Run("random answers", b.randomAnswers)
		})
	}
	if own && !t.Failed() {
		r := s.tracker.Report()
		if slices.ContainsFunc(r.Missing(), func(i coverage.Item) bool { return !slices.Contains(s.without, i.Operation) }) {
			t.Error(r.Text())
		}
	}
}

// suite is shared by all operations.
type suite struct {
	doc      *openapi3.T
	judge    *judge.Judge
	tracker  *coverage.Tracker
	fixtures fs.FS
	partly   bool // a status may have no fixture
	without  []string
	make     func(...rest.Option) (any, error)
}

// token is the token that clients of the suite send. It must not appear anywhere else.
const token = "Conformance-0123456789-Token"

// base is where requests would go if they were not caught.
const base = "https://conformance.test"

// client returns a client whose requests end in next.
func (s *suite) client(t testing.TB, next http.RoundTripper, opts ...rest.Option) any {
	t.Helper()
	c, err := s.make(slices.Concat([]rest.Option{
		rest.WithBaseURL(base), rest.WithToken(token), rest.WithBudget(nil),
		rest.WithHTTPClient(&http.Client{Transport: next}),
	}, s.credentials(), opts)...)
	if err != nil {
		t.Fatalf("the client cannot be made: %v", err)
	}
	return c
}

// bind finds the Go side of every operation, and reports operations that exist on one side only.
func (s *suite) bind(t *testing.T, operations []*rest.Operation) []*binding {
	t.Helper()
	var out []*binding
	left := slices.Clone(operations)
	probe := s.client(t, refuseAll{})
	for path, item := range s.doc.Paths.Map() {
		for method, op := range item.Operations() {
			at := slices.IndexFunc(left, func(o *rest.Operation) bool { return o.ID == op.OperationID })
			if at < 0 {
				t.Errorf("operation %s (%s %s%s) has no descriptor", op.OperationID, method, path, lineOf(op.Origin))
				continue
			}
			descriptor := left[at]
			left = slices.Delete(left, at, at+1)
			if slices.Contains(s.without, op.OperationID) {
				continue
			}
			b, err := s.newBinding(probe, item, op, descriptor)
			if err != nil {
				t.Errorf("operation %s%s: %v", op.OperationID, lineOf(op.Origin), err)
				continue
			}
			b.path, b.method = path, method
			b.descriptor(t)
			out = append(out, b)
		}
	}
	for _, o := range left {
		t.Errorf("descriptor %s (%s %s) is of no operation of the spec", o.ID, o.Method, o.Path)
	}
	slices.SortFunc(out, func(a, b *binding) int { return lineNumber(a.op.Origin) - lineNumber(b.op.Origin) })
	return out
}
