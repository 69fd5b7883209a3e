package rest

import "strings"

// Problem is one problem of a request, found before anything was sent.
type Problem struct {
	Field string // Go field, such as "CompanyID"
	Name  string // name on the wire, such as "companyId"
	In    string // path, query, header or body
	Text  string // what is wrong, such as "is required"
}

// String returns for example "CompanyID (query companyId) is required".
func (p Problem) String() string {
	where := strings.TrimSpace(p.In + " " + p.Name)
	switch {
	case where == "":
		return p.Field + " " + p.Text
	case p.Field == "":
		return where + " " + p.Text
	default:
		return p.Field + " (" + where + ") " + p.Text
	}
}

// Problems collects the problems of a request. The zero value is ready to use.
type Problems struct{ list []Problem }

// Add adds a problem: the Go field, where it is sent, its name there, and what is wrong.
func (p *Problems) Add(field, in, name, text string) {
	p.list = append(p.list, Problem{Field: field, Name: name, In: in, Text: text})
}

// missing is the text of a problem about a value that is not there.
const missing = "is required"

// Required adds a problem if ok is false: the value is missing.
func (p *Problems) Required(ok bool, field, in, name string) {
	if !ok {
		p.Add(field, in, name, missing)
	}
}

// Err returns a *[RequestError] with all problems, or nil if there are none.
func (p *Problems) Err() error {
	if len(p.list) == 0 {
		return nil
	}
	return &RequestError{Problems: p.list}
}

// RequestError reports that a request is invalid and was not sent, with all problems. It is an [ErrInvalidRequest].
type RequestError struct {
	Operation *Operation // nil when Validate was called without a call
	Problems  []Problem  // in the order of the fields; never empty
}

// Error lists the problems, separated by semicolons.
func (e *RequestError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.String()
	}
	return ErrInvalidRequest.Error() + ": " + strings.Join(texts, "; ")
}

// Is makes every RequestError an [ErrInvalidRequest].
func (e *RequestError) Is(target error) bool { return target == ErrInvalidRequest }
