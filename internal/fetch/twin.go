package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// errNoTwin means that a page has no twin, which needs no warning.
var errNoTwin = errors.New("the page has no Markdown twin")

// twinAddress returns the URL of a page's Markdown twin: that of the page with .md appended.
func twinAddress(u *url.URL) *url.URL {
	twin := *u
	twin.Path, twin.RawPath, twin.RawQuery = cleanPath(u)+".md", "", ""
	return &twin
}

// twin reads the Markdown twin of a page. For a page without an operation, the error wraps ErrNoOperation; any other error
// means that the twin cannot be used, and the page itself has to be requested.
func (s *Site) twin(ctx context.Context, u *url.URL, k known) (*Page, error) {
	at := twinAddress(u)
	answer, err := s.get(ctx, at, k.Twin, s.options.MaxBytes)
	if status := (*StatusError)(nil); errors.As(err, &status) && (status.Status == http.StatusNotFound || status.Status == http.StatusGone) {
		return nil, errNoTwin
	}
	if err != nil || answer.unchanged {
		return nil, err
	}
	page := &Page{URL: u.String(), Kind: Twin, Data: answer.body, record: record{Page: pageOf(u).String(), Twin: answer.validator}}
	if source := guideSource(answer.body); source != "" {
		own, err := u.Parse(source)
		if err != nil || !sameDocument(u, own) {
			return nil, &MismatchError{at.String(), source}
		}
		return page, fmt.Errorf("%w: its twin has none", ErrNoOperation)
	}
	page.Page, err = docpage.Parse(at.String(), answer.body)
	switch {
	case err != nil:
		return nil, err
	case page.Source != "twin":
		return nil, fmt.Errorf("%s: what is there is not a Markdown twin", at)
	case page.Problem() != nil:
		return nil, page.Problem()
	}
	page.Operation.Page = page.record.Page
	page.Section, _ = nameOf(u)
	return page, nil
}

// pageOf returns the URL of a page; u may be that of its twin.
func pageOf(u *url.URL) *url.URL {
	if !strings.HasSuffix(u.Path, ".md") {
		return u
	}
	page := *u
	page.Path, page.RawPath = strings.TrimSuffix(u.Path, ".md"), ""
	return &page
}

var guideLine = regexp.MustCompile(`(?m)^Source:[ \t]+(https?://\S+)[ \t]*\r?$`)

// guideSource returns the URL in the twin of a page without an operation; "" for other twins.
func guideSource(data []byte) string {
	if !strings.HasPrefix(strings.TrimSpace(string(data[:min(len(data), 64)])), "#") || strings.Contains(string(data), `"openapi"`) {
		return ""
	}
	if m := guideLine.FindSubmatch(data[:min(len(data), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// isNamedAs reports whether the last part of the page's URL is derived from the title or the id of the twin's operation.
func (p *Page) isNamedAs(u *url.URL) bool {
	title, _, _ := strings.Cut(strings.TrimLeft(string(p.Data), "# \ufeff\r\n"), "\n")
	_, slug := nameOf(u)
	return letters(title) == letters(slug) || letters(p.Operation.ID) == letters(slug)
}

// operationOf returns the method and path of a page.
func operationOf(p *docpage.Page) string {
	return p.Value(facts.OperationPlace, facts.Method) + " " + strings.TrimRight(p.Value(facts.OperationPlace, facts.Path), "/")
}

// letters returns the letters and digits of a name, for comparing a title with the URL derived from it.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
}
