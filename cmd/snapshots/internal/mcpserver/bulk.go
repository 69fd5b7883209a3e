package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/operations"
)

const maxItems = 100 // in one call; their results are one response

// bulkTool describes bulk_share, whose items are arguments of the operation.
func (s *server) bulkTool(op *operation) *mcp.Tool {
	whole := &jsonschema.Schema{Type: "integer"}
	item := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{
		"snapshot_id": {Type: "string"}, "share_type": {Type: "string"}, "link": op.output,
		"error":  {Type: "string", Description: "Why there is no link."},
		"effect": {Type: "string", Enum: []any{api.EffectDone.String(), api.EffectUnknown.String(), api.EffectNone.String()}, Description: "Whether the link was made."},
	}}
	annotations := annotate(op)
	annotations.IdempotentHint = true // because of the journal
	return &mcp.Tool{
		Name: "bulk_share", Title: "Create many share links", Annotations: annotations,
		Description: "Creates share links of several snapshots, and records the outcome of each in a journal. For many partners of one snapshot make one agency link with the whole list of them. " + s.needs(op),
		InputSchema: &jsonschema.Schema{Type: "object", AdditionalProperties: nothing(), Required: []string{"items", "job"}, Properties: map[string]*jsonschema.Schema{
			"items": {Type: "array", Items: op.input, MinItems: new(1), MaxItems: new(maxItems), Description: "The links to make."},
			"job":   jobArgument("it makes no link twice, and returns those that were made"),
		}},
		OutputSchema: &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{
			"made": whole, "failed": whole, "results": {Type: "array", Items: item, Description: "In the order of the items."},
		}},
	}
}

// bulkItem is one link to create.
type bulkItem struct {
	given   arguments
	link    operations.LinkKey
	request api.CreateShareLinkRequest
}

// key returns the key of the link in the journal, made of all fields of its request.
func (i bulkItem) key() string {
	text, _ := json.Marshal(map[string]any{"company": i.link.Company, "link": i.given}) // sorted by name
	return string(text)
}

func (s *server) bulk(ctx context.Context, req *mcp.CallToolRequest, op *operation, given arguments) *mcp.CallToolResult {
	items, err := s.bulkItems(op, given)
	if err != nil {
		return s.failure(op, &argumentError{err})
	}
	if !s.AllowWrites {
		return s.permit(req, "create share links", "")
	}
	s.making.Lock()
	defer s.making.Unlock()
	journal, err := s.openJournal("share-" + given.text("job"))
	if err != nil {
		return s.refusal("create share links: nothing was sent: " + err.Error())
	}
	defer func() { _ = journal.Close() }()
	danger, err := s.bulkDanger(items, journal)
	if err != nil {
		return s.refusal(err.Error())
	}
	if stop := s.permit(req, "create share links", danger); stop != nil {
		return stop
	}
	done := 0
	var unnoted error
	var noting sync.Mutex
	results, err := api.Bulk(ctx, items, func(ctx context.Context, i bulkItem) (link *api.ShareLink, err error) {
		noteErr := s.Links.Track(i.link, func() error {
			link, err = s.client.CreateShareLink(ctx, i.request)
			return err
		})
		noting.Lock()
		unnoted = errors.Join(unnoted, noteErr)
		noting.Unlock()
		return link, err
	}, api.Bulking[bulkItem, api.ShareLink]{
		Journal: journal,
		Key:     bulkItem.key,
		Progress: func(api.Result[bulkItem, api.ShareLink]) error {
			done++
			notifyProgress(ctx, req, done, len(items), "")
			return nil
		},
	})
	if results == nil {
		return s.failure(op, err)
	}
	result := s.bulkResult(op, results)
	var notes []string
	if _, failed := errors.AsType[*api.BulkError](err); err != nil && !failed {
		notes = append(notes, "The bulk has stopped: "+err.Error())
	}
	if unnoted != nil {
		notes = append(notes, "Not every link could be noted down, so a later one will not be known to supersede it: "+unnoted.Error())
	}
	if result["failed"] != 0 {
		notes = append(notes, "Items that are \"not done\" can be tried again under the same job. Those that are \"perhaps done\" are not tried again: the user has to look at the account.")
	}
	return s.success(result, notes...)
}

func (s *server) bulkItems(op *operation, given arguments) ([]bulkItem, error) {
	var list []arguments
	if err := json.Unmarshal(given["items"], &list); err != nil {
		return nil, err
	}
	items := make([]bulkItem, len(list))
	for i, one := range list {
		items[i] = bulkItem{given: one, link: s.linkOf(one)}
		if err := one.fill(reflect.ValueOf(&items[i].request).Elem(), op.arguments); err != nil {
			return nil, fmt.Errorf("items[%d]: %w", i, err)
		}
		checked := items[i].request
		checked.CompanyID = items[i].link.Company
		if err := checked.Validate(); err != nil {
			return nil, fmt.Errorf("items[%d]: %s", i, op.errorText(err))
		}
	}
	return items, nil
}

// bulkDanger returns which links would end other links: those in the record, and those of the bulk itself. Links that the
// journal records as done, or as perhaps done, are not created again.
func (s *server) bulkDanger(items []bulkItem, journal *api.Journal) (string, error) {
	settled := map[string]bool{}
	for _, entry := range journal.Entries() {
		settled[entry.Key] = entry.State.Effect() != api.EffectNone
	}
	ends := 0
	before := map[operations.LinkKey]bool{}
	for _, i := range items {
		if settled[i.key()] {
			continue
		}
		made, err := s.Links.Has(i.link)
		if err != nil {
			return "", fmt.Errorf("nothing was sent: %w", err)
		}
		if made || before[i.link] {
			ends++
		}
		before[i.link] = true
	}
	if ends == 0 {
		return "", nil
	}
	return fmt.Sprintf("%d of the links are of a snapshot and a type that a link was made for before; the older ones may stop working for those who have them.", ends), nil
}

func (s *server) bulkResult(op *operation, results []api.Result[bulkItem, api.ShareLink]) map[string]any {
	list := make([]map[string]any, len(results))
	failed := 0
	for i, r := range results {
		list[i] = map[string]any{"snapshot_id": r.In.link.Snapshot, "share_type": r.In.link.Type, "effect": api.EffectOf(r.Err).String()}
		if r.Err != nil {
			failed++
			list[i]["error"] = op.errorText(r.Err)
		} else {
			list[i]["link"] = r.Out
		}
	}
	return map[string]any{"made": len(results) - failed, "failed": failed, "results": list}
}

func jobArgument(what string) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: `^[A-Za-z0-9_-]{1,64}$`,
		Description: "Names the work. Called again with the same name, the tool continues where it stopped: " + what + "."}
}

// openJournal opens the journal of a job.
func (s *server) openJournal(job string) (*api.Journal, error) {
	dir := filepath.Join(s.Dir, "jobs")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	return api.OpenJournal(filepath.Join(dir, job+".jsonl"))
}
