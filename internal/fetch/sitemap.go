package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// The limits of the sitemap protocol, and one for index files, which the protocol does not limit.
const (
	maxSitemapBytes   = 50 << 20
	maxSitemapEntries = 50_000
	maxSitemaps       = 100
)

// Listing is the content of a sitemap.
type Listing struct {
	Pages []*url.URL
	// Elsewhere are the URLs on other hosts, and invalid ones, which are left out.
	Elsewhere []string
	// Beyond is how many more pages there are than Options.MaxPages.
	Beyond int
}

// Sitemap lists the pages of a sitemap, or of all sitemaps that an index names.
func (s *Site) Sitemap(ctx context.Context, u *url.URL) (*Listing, error) {
	out, seen := &Listing{}, map[string]bool{}
	index, err := s.sitemap(ctx, u, out, seen)
	if err != nil {
		return nil, err
	}
	if len(index) > maxSitemaps {
		return nil, fmt.Errorf("%s: the index names %d sitemaps, more than the %d that are read", u, len(index), maxSitemaps)
	}
	for _, reference := range index {
		child, err := s.hosts.follow(u, reference)
		if err != nil {
			return nil, err
		}
		nested, err := s.sitemap(ctx, child, out, seen)
		if err != nil {
			return nil, err
		}
		if len(nested) > 0 {
			return nil, fmt.Errorf("%s: an index of sitemaps inside an index, which the protocol does not allow", child)
		}
	}
	if len(out.Pages) == 0 {
		return nil, fmt.Errorf("%s: the sitemap names no page of this documentation", u)
	}
	if beyond := len(out.Pages) - s.options.MaxPages; beyond > 0 {
		out.Pages, out.Beyond = out.Pages[:s.options.MaxPages], beyond
	}
	return out, nil
}

// sitemap adds the pages of one file. If the file is an index, it returns the sitemaps that the index names.
func (s *Site) sitemap(ctx context.Context, u *url.URL, out *Listing, seen map[string]bool) (index []string, err error) {
	answer, err := s.get(ctx, u, Validator{}, maxSitemapBytes)
	if err != nil {
		return nil, err
	}
	data, err := gunzip(answer.body, maxSitemapBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u, err)
	}
	root, found, err := readSitemap(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", u, err)
	}
	if root == "sitemapindex" {
		return found, nil
	}
	for _, text := range found {
		page, err := s.hosts.follow(answer.url, text)
		if err != nil {
			out.Elsewhere = append(out.Elsewhere, text)
			continue
		}
		if len(out.Pages)+len(out.Elsewhere) > maxSitemapEntries {
			return nil, fmt.Errorf("%s: the sitemaps name more than %d pages", u, maxSitemapEntries)
		}
		if !seen[page.String()] {
			seen[page.String()] = true
			out.Pages = append(out.Pages, page)
		}
	}
	return nil, nil
}

// gunzip decompresses data if it is compressed, up to a limit.
func gunzip(data []byte, limit int64) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the compressed sitemap is damaged: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(reader, limit+1))
	if err != nil {
		return nil, fmt.Errorf("the compressed sitemap is damaged: %w", err)
	}
	if int64(len(plain)) > limit {
		return nil, fmt.Errorf("the sitemap decompresses to more than %d bytes", limit)
	}
	return plain, nil
}

// readSitemap returns the URLs in a sitemap, and the name of its outermost element.
func readSitemap(data []byte) (root string, found []string, err error) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	var open []xml.Name
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && root != "" {
			return root, found, nil
		}
		if err != nil {
			return "", nil, fmt.Errorf("this is not a sitemap, or not all of one: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if root == "" {
				root = token.Name.Local
				if root != "urlset" && root != "sitemapindex" {
					return "", nil, fmt.Errorf("this is not a sitemap: it begins with <%.50s>, not with <urlset> or <sitemapindex>", root)
				}
			}
			open = append(open, token.Name)
			if len(open) > 10 {
				return "", nil, errors.New("this is not a sitemap: its elements are nested too deeply")
			}
			// An image or a video of a page has a URL too, in its own namespace.
			if len(open) == 3 && token.Name.Local == "loc" && token.Name.Space == open[0].Space {
				var text string
				if err := decoder.DecodeElement(&text, &token); err != nil {
					return "", nil, fmt.Errorf("this is not a sitemap, or not all of one: %w", err)
				}
				open = open[:len(open)-1]
				if found = append(found, strings.TrimSpace(text)); len(found) > maxSitemapEntries {
					return "", nil, fmt.Errorf("the sitemap names more than the %d addresses that the protocol allows", maxSitemapEntries)
				}
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}
