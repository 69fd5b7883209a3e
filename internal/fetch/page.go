package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/facts"
)

// ErrNoOperation means that a page describes no operation: its scripts contain none, and it has no block with a method.
var ErrNoOperation = errors.New("the page describes no operation")

// Page is a page of an operation.
type Page struct {
	*docpage.Page
	URL  string // as requested
	Kind Kind
	Data []byte // the input of docpage: the script or the HTML

	record record
}

// known is what an earlier run has fetched of a page.
type known struct {
	record
	data []byte // nil if the file has changed since
}

// Page downloads a page into memory. The error wraps ErrNoOperation if the page has no operation. Page.Problem returns why a
// page with an operation cannot be judged.
func (s *Site) Page(ctx context.Context, u *url.URL) (*Page, error) {
	page, err := s.page(ctx, u, known{})
	if err != nil { // page may not be nil then
		return nil, err
	}
	return page, nil
}

// page returns a page, or nil if it is unchanged from k. For a page without an operation it returns what to record.
func (s *Site) page(ctx context.Context, u *url.URL, k known) (*Page, error) {
	if !s.Allows(u) {
		return nil, fmt.Errorf("%s is not on a host of this documentation; allow it with --host %s", u, u.Host)
	}
	page, err := s.pageAt(ctx, u, k)
	version := versionOf(u)
	if version == "" {
		return page, err
	}
	if status := (*StatusError)(nil); errors.As(err, &status) && status.Status == http.StatusNotFound { // it may be the newest version
		page, err = s.pageAt(ctx, newest(u), known{})
		if err != nil || !isOfVersion(page.Page, version, false) {
			return nil, fmt.Errorf("%s: %w", u, ErrNoVersion)
		}
		page.URL = u.String()
	}
	if err == nil && page != nil && !isOfVersion(page.Page, version, true) {
		return nil, fmt.Errorf("%s: the page there is of another API version", u)
	}
	return page, err
}

// pageAt returns the page at a URL: its Markdown twin, otherwise what the page itself leads to.
func (s *Site) pageAt(ctx context.Context, u *url.URL, k known) (*Page, error) {
	twin, err := s.twin(ctx, u, k)
	if stop := mustStop(ctx, err); stop != nil {
		return nil, stop
	}
	switch {
	case errors.Is(err, ErrNoOperation):
		return twin, err
	case err == nil && (twin == nil || twin.isNamedAs(u)):
		return twin, nil
	case err == nil:
		return s.confirmed(ctx, u, twin)
	case !errors.Is(err, errNoTwin):
		s.warn(fmt.Errorf("the Markdown twin is not used: %w", err))
	}
	return s.htmlPage(ctx, pageOf(u), k)
}

// confirmed returns a twin whose title does not show that it belongs to the page, or what the page itself leads to if that
// is another operation.
func (s *Site) confirmed(ctx context.Context, u *url.URL, twin *Page) (*Page, error) {
	page, err := s.htmlPage(ctx, pageOf(u), known{})
	if stop := mustStop(ctx, err); stop != nil {
		return nil, stop
	}
	switch {
	case err != nil || page.Value(facts.OperationPlace, facts.Path) == "":
		s.warn(fmt.Errorf("%s: nothing confirms that this is the twin of the page, whose method and path are not shown", twinAddress(u)))
	case operationOf(page.Page) != operationOf(twin.Page):
		s.warn(fmt.Errorf("the Markdown twin is not used: %s is about %s, the page about %s", twinAddress(u), operationOf(twin.Page), operationOf(page.Page)))
		return page, nil
	}
	return twin, nil
}

// htmlPage returns the page that a browser shows, with the operation in its script.
func (s *Site) htmlPage(ctx context.Context, u *url.URL, k known) (*Page, error) {
	answer, err := s.get(ctx, u, k.HTML, s.options.MaxBytes)
	if err != nil || answer.unchanged {
		return nil, err
	}
	page := &Page{URL: u.String(), record: record{HTML: answer.validator, Page: u.String(), Main: docpage.MainScript(answer.body)}}
	if own := ownAddress(u, answer.body); own != nil {
		if !sameDocument(u, own) {
			return nil, &MismatchError{u.String(), own.String()}
		}
		own.Fragment, own.RawQuery = "", ""
		page.record.Page = own.String()
	}
	err = s.payload(ctx, page, answer, k)
	if errors.Is(err, docpage.ErrNoPayload) {
		err = page.fromHTML(answer)
	}
	if err == nil {
		err = page.identify(u)
	}
	return page, err
}

// identify checks that the operation belongs to the URL, and names it if it has no name.
func (p *Page) identify(u *url.URL) error {
	section, slug := nameOf(u)
	if p.Section != "" && !p.Guessed && (p.Page.ID != slug || p.Section != section) { // without a link the section is unknown
		return &MismatchError{p.URL, p.Section + "/" + p.Page.ID}
	}
	p.Section, p.Page.ID, p.Guessed = section, slug, false
	p.Operation.Page = p.record.Page
	return nil
}

// payload follows the page's scripts to the one with its operation.
func (s *Site) payload(ctx context.Context, page *Page, html *answer, k known) error {
	get := s.getter(ctx, html.url)
	path, err := docpage.ChunkPath(html.body, html.url.EscapedPath(), get)
	if errors.Is(err, docpage.ErrNoPayload) && html.url.EscapedPath() != html.url.Path {
		path, err = docpage.ChunkPath(html.body, html.url.Path, get)
	}
	if err != nil {
		return err
	}
	address, err := s.hosts.follow(html.url, path)
	if err != nil {
		return err
	}
	var last Validator
	if k.data != nil && k.Kind == Payload {
		last = k.Chunk
	}
	chunk, err := s.get(ctx, address, last, s.options.MaxBytes)
	if err != nil {
		return fmt.Errorf("the script with the operation: %w", err)
	}
	page.Kind, page.Data = Payload, chunk.body
	if chunk.unchanged {
		page.Data = k.data
	}
	page.record.Chunk = chunk.validator
	page.Page, err = docpage.Parse(chunk.url.String(), page.Data)
	switch {
	case err == nil && page.Source == "payload":
		return nil
	case !operationMark.Match(page.Data):
		return fmt.Errorf("%w: %s has none in it", docpage.ErrNoPayload, address)
	case err == nil || page.Page != nil: // it was not recognised
		return fmt.Errorf("%s: the script has the beginning of an operation, and not the rest; fetch it again", address)
	}
	return err
}

// operationMark matches the beginning of an operation in a script, complete or not.
var operationMark = regexp.MustCompile(`\bapi["']?\s*:\s*["']eJ`)

// fromHTML reads the page without its scripts.
func (p *Page) fromHTML(html *answer) (err error) {
	p.Kind, p.Data, p.record.Chunk = HTML, html.body, Validator{}
	p.Page, err = docpage.Parse(p.URL, html.body)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrNoOperation, err)
	case p.Source != "html":
		return fmt.Errorf("%s: %w: what is there is not HTML", p.URL, ErrNoOperation)
	}
	explainSkeleton(p.Page)
	return nil
}

// explainSkeleton changes the message to say what helps: fetching the page again does not.
func explainSkeleton(page *docpage.Page) {
	for i := range page.Issues {
		if issue := &page.Issues[i]; issue.Kind == docpage.Skeleton {
			issue.Message = "a browser draws this page's parameters and schemas, and its scripts carry no operation: " +
				"open it in a browser, save it when it is drawn, and give specdrift that file"
		}
	}
}

// Problem returns why a page cannot be judged; nil if it can.
func (p *Page) Problem() error { return problem(p.Page) }

func problem(page *docpage.Page) error {
	for _, issue := range page.Issues {
		if issue.Kind.Fatal() {
			return issue
		}
	}
	return nil
}
