package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/fetch"
	"github.com/highlevel-go/snapshots/internal/oas"
)

// splitAddresses separates the paths of files and directories from URLs to fetch.
func splitAddresses(args []string) (paths, addresses []string) {
	for _, arg := range args {
		if fetch.IsAddress(arg) {
			addresses = append(addresses, arg)
		} else {
			paths = append(paths, arg)
		}
	}
	return paths, addresses
}

// getPages fetches pages into memory. It allows the hosts of the addresses, and no others.
func getPages(stderr io.Writer, addresses []string) (pages []*docpage.Page, unreadable []error, err error) {
	list, err := parseAddresses(addresses)
	if err != nil {
		return nil, nil, err
	}
	o := fetch.Options{Warn: func(err error) { fmt.Fprintf(stderr, "specdrift: %s\n", oas.Printable(err.Error())) }}
	for _, u := range list {
		o.Hosts = append(o.Hosts, u.Host)
		if !fetch.IsLoopback(u) { // this machine needs no pause
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
		pages = append(pages, page.Page)
	}
	return pages, unreadable, nil
}

func parseAddresses(args []string) ([]*url.URL, error) {
	var list []*url.URL
	seen := map[string]bool{}
	for _, arg := range args {
		u, err := fetch.ParseAddress(arg)
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

// interruptible returns a context that is canceled at the first Ctrl-C; the second one ends the program as usual.
func interruptible(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// origins are the URLs of fetched files, by directory: the script of a page contains its path but not its host, a twin neither.
type origins map[string]map[string]string

func (o origins) name(page *docpage.Page) {
	if page.Source != "payload" && page.Source != "twin" || page.Operation.Page != "" {
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
