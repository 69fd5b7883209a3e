package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

// shareFlags are the flags of share.
type shareFlags struct {
	shareType    string
	numbers      []string
	locations    []string
	yes, dryRun  bool
	again        bool
	file         string
	journal      string
	results      string
	allowRepeats bool
	concurrent   int
}

func shareCommand(a *app) *cobra.Command {
	var flags shareFlags
	cmd := &cobra.Command{
		Use:   "share {SNAPSHOT | --file FILE}",
		Short: "Create a share link of a snapshot, or many from a file",
		Long: `Create a share link of a snapshot, given by its id or name, or many links from a file.

A new link of a snapshot can invalidate an earlier one. On a terminal the command asks first; otherwise it needs --yes.

A link can be used once, and a permanent_link any number of times. An agency_link can be used by the agencies with the given
relationship numbers, and a location_link by the given sub-accounts.

The file is JSON lines, or CSV with a header, separated by commas, semicolons or tabs. Its columns are
` + operations.RowColumns + `. Items of a list in a cell are separated by semicolons, commas or
spaces; sub-accounts are given by their ids. The outcome of each row is recorded in a journal next to the file. After an interrupt,
even kill -9, the same command continues: it creates no link that is known to exist, and lists those that may exist (exit code 5);
snapshots journal settles them.

A single link that may already exist is not created again without --again.`,
		Example: `  snapshots share Onboarding --type permanent_link --sandbox --yes
  snapshots share Onboarding --type agency_link --relationship-number 0-128-926 --relationship-number 1-208-926
  snapshots share --file partners.csv --results links.csv`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 && flags.file == "":
				return &usageError{errors.New("name a snapshot, or a file of rows with --file")}
			case len(args) == 1 && flags.file != "":
				return &usageError{errors.New("a snapshot and --file cannot be combined")}
			case flags.file != "":
				return a.shareMany(cmd, flags)
			}
			for _, name := range []string{"journal", "results", "allow-repeats"} {
				if cmd.Flags().Changed(name) {
					return &usageError{fmt.Errorf("--%s is for many links, with --file", name)}
				}
			}
			return a.shareOne(cmd, args[0], flags)
		},
	}
	f := cmd.Flags()
	f.StringVar(&flags.shareType, "type", "", "who can import through the link: "+joinTypes())
	f.StringSliceVar(&flags.numbers, "relationship-number", nil, "relationship number of an agency that may import, for an agency_link; can be repeated")
	f.StringArrayVar(&flags.locations, "location", nil, "sub-account that may import (id, name or email address), for a location_link; can be repeated")
	f.BoolVar(&flags.yes, "yes", false, "do not ask")
	f.BoolVar(&flags.again, "again", false, "create the link although an earlier request for one of its type may have created it")
	f.BoolVar(&flags.dryRun, "dry-run", false, "print the requests without sending them (names are still looked up)")
	f.StringVar(&flags.file, "file", "", "file of links to create; - is standard input")
	f.StringVar(&flags.journal, "journal", "", "file that records what was created; by default FILE.journal")
	f.StringVar(&flags.results, "results", "", "file to write the results to, in the format of its extension: .csv, .json or .jsonl")
	f.BoolVar(&flags.allowRepeats, "allow-repeats", false, "allow several links of one type for one snapshot in the file")
	f.IntVar(&flags.concurrent, "concurrent", 8, "number of concurrent requests")
	return cmd
}

func joinTypes() string {
	var names []string
	for _, t := range api.ShareTypes() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}

// shareOne creates one link.
func (a *app) shareOne(cmd *cobra.Command, name string, flags shareFlags) error {
	request := api.CreateShareLinkRequest{ShareType: api.ShareType(flags.shareType), RelationshipNumbers: flags.numbers, ShareLocationIDs: flags.locations}
	checked := request // with any ids instead of names, which are not looked up yet
	checked.CompanyID, checked.SnapshotID, checked.ShareLocationIDs = "any", "any", slices.Repeat([]string{"any"}, len(flags.locations))
	names := map[string]string{"ShareType": "--type", "RelationshipNumbers": "--relationship-number", "ShareLocationIDs": "--location"}
	if problems := operations.Problems(checked.Validate(), names); problems != nil {
		if flags.shareType == "" {
			problems = append(problems, "the types are "+joinTypes())
		}
		return &usageError{errors.New(strings.Join(problems, "; "))}
	}
	c, client, err := a.connectClient()
	if err != nil {
		return err
	}
	snapshot, err := operations.FindSnapshot(cmd.Context(), client, name)
	if err != nil {
		return err
	}
	request.SnapshotID = snapshot.ID
	for i, location := range flags.locations {
		if request.ShareLocationIDs[i], err = operations.LocationID(cmd.Context(), client, location); err != nil {
			return err
		}
	}
	if flags.dryRun {
		return a.plan(c, func(client *api.Client) error {
			_, err := operations.MakeLink(cmd.Context(), client, request)
			return err
		})
	}
	begun := operations.NewBegun(c.Records, fmt.Sprintf("to make a %s of %s", flags.shareType, nameAndID(snapshot)), c.Service, c.Company, "share", snapshot.ID, flags.shareType)
	if err := refuseBegun(begun, flags.again, "look in HighLevel for the link"); err != nil {
		return err
	}
	what := fmt.Sprintf("A new %s of %s can end the one that was handed out before.", flags.shareType, nameAndID(snapshot))
	if err := a.confirm(flags.yes, what, "Make it?"); err != nil {
		return err
	}
	var link *api.ShareLink
	key := operations.LinkKey{Service: c.Service, Company: c.Company, Snapshot: snapshot.ID, Type: flags.shareType}
	if err := a.recorded(begun, func() error {
		noteErr := operations.NewLinkRecord(c.Links).Track(key, func() error {
			link, err = operations.MakeLink(cmd.Context(), client, request)
			return err
		})
		if noteErr != nil {
			a.say("note: snapshots mcp will not know of this link: %v", noteErr)
		}
		return err
	}); err != nil {
		return err
	}
	columns := []output.Column[*api.ShareLink]{
		{Name: "snapshot_id", Value: func(*api.ShareLink) any { return snapshot.ID }},
		{Name: "snapshot", Value: func(*api.ShareLink) any { return snapshot.Name }},
		{Name: "type", Value: func(*api.ShareLink) any { return flags.shareType }},
		{Name: "id", Value: func(l *api.ShareLink) any { return l.ID }},
		{Name: "url", Value: func(l *api.ShareLink) any { return l.URL }},
	}
	return writeMade("the link "+link.URL+" was made", func() error { return output.One(a.writer(), columns, link) })
}
