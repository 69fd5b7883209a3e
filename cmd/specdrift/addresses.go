package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/fetch"
)

// splitAddresses takes apart what is on this machine and what has to be fetched.
func splitAddresses(words []string) (paths, addresses []string) {
	for _, word := range words {
		if fetch.IsAddress(word) {
			addresses = append(addresses, word)
		} else {
			paths = append(paths, word)
		}
	}
	return paths, addresses
}

// getPages fetches pages to be read at once and kept nowhere. Every host that is named is allowed, and no other.
func getPages(addresses []string) (pages []parsedPage, unreadable []error, err error) {
	list, err := parseAddresses(addresses)
	if err != nil {
		return nil, nil, err
	}
	var o fetch.Options
	for _, u := range list {
		o.Hosts = append(o.Hosts, u.Host)
		if !fetch.IsLoopback(u) { // nobody needs to spare the own machine
			o.Delay = fetch.DefaultDelay
		}
	}
	site, err := fetch.New(list[0], o)
	if err != nil {
		return nil, nil, err
	}
	ctx, stop := interruptible(context.Background())
	defer stop()
	for _, u := range list {
		page, err := site.Page(ctx, u)
		if ctx.Err() != nil {
			return nil, nil, errors.New("interrupted before all pages were read")
		}
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		pages = append(pages, parsedPage{page.Page, false})
	}
	return pages, unreadable, nil
}

func parseAddresses(words []string) ([]*url.URL, error) {
	var list []*url.URL
	seen := map[string]bool{}
	for _, word := range words {
		u, err := fetch.ParseAddress(word)
		if err != nil {
			return nil, usageError{err}
		}
		if !seen[u.String()] {
			seen[u.String()] = true
			list = append(list, u)
		}
	}
	return list, nil
}

// interruptible ends at the first Ctrl-C; the second one ends the program as usual.
func interruptible(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// origins are the addresses of fetched files, by directory: the script of a page knows its path and not its host.
type origins map[string]map[string]string

func (o origins) name(page *docpage.Page) {
	if page.Source != "payload" || page.Operation.Page != "" {
		return
	}
	dir, file := filepath.Split(page.File)
	if o[dir] == nil {
		o[dir] = fetch.Origins(dir)
	}
	if u, err := fetch.ParseAddress(o[dir][file]); err == nil {
		page.Operation.Page = u.String()
	}
}
