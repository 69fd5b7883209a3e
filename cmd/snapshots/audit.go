package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/dates"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/output"
	"github.com/spf13/cobra"
)

// auditFlags are the flags of audit.
type auditFlags struct {
	snapshots, locations []string
	from, to             string
	journal              string
}

func auditCommand(a *app) *cobra.Command {
	var flags auditFlags
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Show which sub-accounts have received which snapshots",
		Long: `Show which sub-accounts have received which snapshots: the latest push of each snapshot to each sub-account, which takes one request
for each pair (20 snapshots and 300 sub-accounts take ten minutes). With --from, show all pushes since then, which takes one request
for each page of a snapshot's pushes.

With --journal, the same command continues an interrupted audit, even after kill -9: what was read is not read again.`,
		Example: "  snapshots audit --sandbox\n  snapshots audit --snapshot Onboarding -o csv\n  snapshots audit --from -30d",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.audit(cmd, flags) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&flags.snapshots, "snapshot", nil, "only this snapshot (id or name); can be repeated")
	f.StringArrayVar(&flags.locations, "location", nil, "only this sub-account (id, name or email address); can be repeated")
	f.StringVar(&flags.from, "from", "", "start of the period of pushes")
	f.StringVar(&flags.to, "to", "now", "end of the period of pushes; for a date, its end")
	f.StringVar(&flags.journal, "journal", "", "file that records what was read, for this audit only")
	return cmd
}

func (a *app) audit(cmd *cobra.Command, flags auditFlags) error {
	options := operations.AuditOptions{Snapshots: flags.snapshots, Locations: flags.locations}
	if err := flags.between(cmd, &options); err != nil {
		return &usageError{err}
	}
	client, err := a.client()
	if err != nil {
		return err
	}
	if flags.journal != "" {
		if options.Journal, err = api.OpenJournal(flags.journal); err != nil {
			return err
		}
		defer options.Journal.Close()
	}
	progress, end := a.bar()
	options.Progress = progress
	received, err := operations.Audit(cmd.Context(), client, options)
	end()
	if err != nil && flags.journal != "" {
		a.say("What was read is in %s; run the same command to continue.", flags.journal)
	}
	return output.Rows(a.writer(), auditColumns(options.From), output.Part(received, err))
}

// between parses --from and --to.
func (f auditFlags) between(cmd *cobra.Command, options *operations.AuditOptions) error {
	if f.from == "" {
		if cmd.Flags().Changed("to") {
			return errors.New("--to needs --from")
		}
		return nil
	}
	for _, date := range []string{f.from, f.to} {
		if f.journal != "" && (date == "now" || date == "today" || date == "yesterday" || strings.HasPrefix(date, "-")) {
			return fmt.Errorf("with --journal, --from and --to must be fixed dates or times, not %q: the command that continues must ask for the same period", date)
		}
	}
	var err error
	options.From, options.To, err = dates.Period(f.from, f.to, time.Now())
	return err
}

// auditColumns returns the columns of an audit. Only a list of pushes has dates.
func auditColumns(from time.Time) []output.Column[operations.AuditRow] {
	columns := []output.Column[operations.AuditRow]{
		{Name: "snapshot_id", Value: func(r operations.AuditRow) any { return r.Snapshot.ID }},
		{Name: "snapshot", Value: func(r operations.AuditRow) any { return r.Snapshot.Name }},
		{Name: "location", Value: func(r operations.AuditRow) any { return r.LocationID }},
		{Name: "location_name", Value: func(r operations.AuditRow) any { return r.LocationName }},
		{Name: "status", Value: func(r operations.AuditRow) any { return r.Status }, Color: statusColor},
	}
	if from.IsZero() {
		return columns
	}
	return append(columns, output.Column[operations.AuditRow]{Name: "added", Value: func(r operations.AuditRow) any { return moment(r.Added) }})
}
