package fetch

import (
	"context"
	"fmt"
	"net/url"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// getter returns a function that gets the scripts a page names, each once per run.
func (s *Site) getter(ctx context.Context, page *url.URL) docpage.Getter {
	return func(path string) ([]byte, error) {
		u, err := s.hosts.follow(page, path)
		if err != nil {
			return nil, err
		}
		if known, ok := s.scripts[u.String()]; ok {
			return known.data, known.err
		}
		var got script
		answer, err := s.get(ctx, u, Validator{}, s.options.MaxBytes)
		if err != nil {
			got.err = fmt.Errorf("the page's script: %w", err)
		} else {
			got.data = answer.body
		}
		if ctx.Err() == nil {
			s.scripts[u.String()] = got
		}
		return got.data, got.err
	}
}
