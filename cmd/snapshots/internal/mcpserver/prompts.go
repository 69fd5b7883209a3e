package mcpserver

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// prompt describes a common task.
type prompt struct {
	name, title, description string
	arguments                []*mcp.PromptArgument
	text                     string // with {name} for the value of an argument
}

var prompts = []prompt{
	{
		name: "share_snapshot", title: "Share a snapshot", description: "Make a link through which others import a snapshot.",
		arguments: []*mcp.PromptArgument{
			{Name: "snapshot", Description: "Name or id of the snapshot.", Required: true},
			{Name: "with", Description: "Whom the link is for: anybody once, anybody again and again, agencies by relationship number, or sub-accounts by id.", Required: true},
		},
		text: "Share the snapshot {snapshot} with: {with}.\n" +
			"1. Find its id with get-custom-snapshots. If several snapshots fit, ask me which.\n" +
			"2. Choose share_type: link for one import, permanent_link for many, agency_link with relationship_number for agencies, location_link with share_location_id for sub-accounts. If it is not clear, ask me.\n" +
			"3. Tell me what you are going to do. A new link can end an older one of the same snapshot.\n" +
			"4. Call create-snapshot-share-link once, and give me the link. If the result is that it was perhaps done, do not try again; tell me.",
	},
	{
		name: "follow_push", title: "Follow a push", description: "Find out how far a snapshot has been loaded into a sub-account.",
		arguments: []*mcp.PromptArgument{
			{Name: "snapshot", Description: "Name or id of the snapshot.", Required: true},
			{Name: "location", Description: "Id of the sub-account.", Required: true},
		},
		text: "Follow the push of the snapshot {snapshot} into the sub-account {location}.\n" +
			"1. Find the snapshot's id with get-custom-snapshots.\n" +
			"2. Call wait_for_push. While its outcome is running, tell me what has been loaded and what is left, and call it again.\n" +
			"3. If the outcome is unknown, the service does not know the push, or not yet: look at the ids with me before you wait longer.\n" +
			"4. At the end, tell me its status. That it is completed is the service's claim; an asset may still be missing.",
	},
	{
		name: "who_has_snapshot", title: "Find who has a snapshot", description: "List the sub-accounts that a snapshot was pushed to.",
		arguments: []*mcp.PromptArgument{
			{Name: "snapshot", Description: "Name or id of the snapshot; all snapshots when it is left out."},
			{Name: "since", Description: "The day from which on pushes count, such as 2025-10-01.", Required: true},
		},
		text: "Find out which sub-accounts have been given this snapshot since {since}: {snapshot}.\n" +
			"1. Find the ids with get-custom-snapshots.\n" +
			"2. For each snapshot, call get-snapshot-push with from and to, and continue with nextCursor as lastDoc until there is none. Where no time is known, call audit.\n" +
			"3. Give me a table: snapshot, sub-account, status, date. Only pushes are listed; a sub-account that imported the snapshot through a link may be missing.",
	},
}

func addPrompts(out *mcp.Server) {
	for _, p := range prompts {
		out.AddPrompt(&mcp.Prompt{Name: p.name, Title: p.title, Description: p.description, Arguments: p.arguments},
			func(_ context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
				text, err := p.fill(req.Params.Arguments)
				if err != nil {
					return nil, err
				}
				return &mcp.GetPromptResult{Description: p.description, Messages: []*mcp.PromptMessage{{Role: "user", Content: &mcp.TextContent{Text: text}}}}, nil
			})
	}
}

func (p prompt) fill(given map[string]string) (string, error) {
	var pairs []string
	for _, a := range p.arguments {
		value := given[a.Name]
		switch {
		case value == "" && a.Required:
			return "", fmt.Errorf("%s: the argument %s is missing", p.name, a.Name)
		case value == "":
			value = "all"
		}
		pairs = append(pairs, "{"+a.Name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(p.text), nil
}
