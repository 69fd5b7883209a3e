package fetch

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// maxRedirects is the largest number of redirects to a response.
const maxRedirects = 5

// get requests a URL, follows redirects, and waits if the server asks for it.
func (s *Site) get(ctx context.Context, u *url.URL, known Validator, limit int64) (*answer, error) {
	seen := []string{}
	for {
		if slices.Contains(seen, u.String()) {
			return nil, fmt.Errorf("%s: the server redirects in a circle (%s)", seen[0], strings.Join(append(seen[1:], u.String()), " -> "))
		}
		seen = append(seen, u.String())
		if len(seen) > maxRedirects+1 {
			return nil, fmt.Errorf("%s: more than %d redirects", seen[0], maxRedirects)
		}
		reply, err := s.getRetrying(ctx, u, known, limit)
		if err != nil {
			return nil, err
		}
		if reply.redirect == "" {
			return &reply.answer, nil
		}
		if u, err = s.hosts.follow(u, reply.redirect); err != nil {
			return nil, err
		}
	}
}
