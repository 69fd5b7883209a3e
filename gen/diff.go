package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/highlevel-go/snapshots/gen/client"
	"github.com/highlevel-go/snapshots/gen/internal/apichange"
	"github.com/highlevel-go/snapshots/internal/fileio"
)

const diffUsage = `usage: gen diff [-version V] [-changelog FILE] OLD NEW

Compares two versions of a client as those see it who import it. OLD and NEW are OpenAPI documents, or directories of packages; with
REVISION:PATH, as they are in a git revision. Exit codes: 0 nothing that breaks programs, or all of it is in the changelog; 1 something
breaks programs (without -changelog), or the changelog does not name it; 2 a version cannot be read; 3 bad usage.`

// diffVersions returns the command gen diff.
func diffVersions(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("gen diff", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, diffUsage)
		flags.PrintDefaults()
	}
	version := flags.String("version", "", "the `version` of OLD, such as v0.3.1: print the one that follows")
	changelog := flags.String("changelog", "", "the `file` of the changelog: what breaks programs must be named below Changed or Removed in its section Unreleased")
	switch err := flags.Parse(args); {
	case err == flag.ErrHelp:
		return exitOK
	case err != nil:
		return exitUsage
	case flags.NArg() != 2:
		return usage(stderr, flags, "diff needs OLD and NEW")
	}
	log := ""
	if *changelog != "" {
		data, err := fileio.Read(*changelog)
		if err != nil {
			fmt.Fprintln(stderr, err)
			return exitSpec
		}
		log = string(data)
	}
	if _, err := apichange.Next(*version, nil); *version != "" && err != nil {
		return usage(stderr, flags, "-version: "+err.Error())
	}
	changes, err := compareVersions(flags.Arg(0), flags.Arg(1))
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitSpec
	}
	next, _ := apichange.Next(*version, changes)
	printChanges(stdout, changes, next)
	missing := changes
	if *changelog != "" {
		missing = apichange.Unmentioned(log, changes)
	}
	code := exitOK
	for _, c := range missing {
		if c.Breaking {
			code = exitDiffer
			if *changelog != "" {
				fmt.Fprintf(stderr, "%s: names no change of %s, which breaks programs; write it below Changed or Removed in the section Unreleased\n", *changelog, c)
			}
		}
	}
	return code
}

func printChanges(w io.Writer, changes []apichange.Change, next string) {
	if len(changes) == 0 {
		fmt.Fprintln(w, "No difference to those who import it.")
		return
	}
	heading := ""
	for _, c := range changes {
		want := "Compatible:"
		if c.Breaking {
			want = "Breaks programs:"
		}
		if want != heading {
			fmt.Fprintln(w, want)
			heading = want
		}
		fmt.Fprintln(w, "  "+c.String())
	}
	fmt.Fprintf(w, "\nVersion: a %s version follows", apichange.Part(changes))
	if next != "" {
		fmt.Fprintf(w, ", %s", next)
	}
	fmt.Fprintf(w, ".\n\nFor the changelog:\n\n%s", apichange.Draft(changes))
}

// compareVersions compares two documents, or two directories of packages.
func compareVersions(old, new string) ([]apichange.Change, error) {
	scratch, err := os.MkdirTemp("", "gen-diff-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(scratch)
	from, err := checkout(old, scratch)
	if err != nil {
		return nil, err
	}
	to, err := checkout(new, scratch)
	if err != nil {
		return nil, err
	}
	fromDir, toDir := isDir(from), isDir(to)
	switch {
	case fromDir != toDir:
		return nil, fmt.Errorf("%s and %s: one is a directory and the other is a file; compare two documents, or two directories of packages", old, new)
	case !fromDir:
		return compareDocuments(from, to)
	}
	before, err := apichange.LoadDir(from)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", old, err)
	}
	after, err := apichange.LoadDir(to)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", new, err)
	}
	broken, err := apichange.CompileOldTests(before, after, scratch)
	if err != nil {
		return nil, err
	}
	return append(broken, apichange.Compare(before, after)...), nil
}

// compareDocuments compares the clients that are generated from two documents.
func compareDocuments(old, new string) ([]apichange.Change, error) {
	const name = "client"
	made, _, err := generate(old, name, client.Extras{})
	if err != nil {
		return nil, err
	}
	remade, _, err := generate(new, name, client.Extras{})
	if err != nil {
		return nil, err
	}
	before, after, err := apichange.LoadFiles(name, made, remade)
	if err != nil {
		return nil, err
	}
	return apichange.Compare([]*apichange.Package{before}, []*apichange.Package{after}), nil
}

// checkout returns the path of a version: the given path or, for a git revision, a directory of its own.
func checkout(name, scratch string) (string, error) {
	revision, path, ok := apichange.CutRevision(name)
	if !ok {
		if _, err := os.Stat(name); err != nil {
			return "", err
		}
		return name, nil
	}
	dir, err := os.MkdirTemp(scratch, "revision-")
	if err != nil {
		return "", err
	}
	return apichange.Extract(revision, filepath.FromSlash(strings.TrimPrefix(path, "./")), dir)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
