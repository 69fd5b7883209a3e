package mcpserver

import (
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// addResources lets clients read the document of a section and its differences from the documentation.
func addResources(out *mcp.Server, s *section) {
	add := func(uri, name, title, description string, text []byte) {
		out.AddResource(&mcp.Resource{URI: uri, Name: name, Title: title, Description: description, MIMEType: "application/yaml", Size: int64(len(text))},
			func(_ context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: req.Params.URI, MIMEType: "application/yaml", Text: string(text)}}}, nil
			})
	}
	add("highlevel://spec/"+s.name, s.name+".yaml", s.model.Info.Title, "The OpenAPI document that the tools are made from.", s.text)
	add("highlevel://deviations/"+s.name, s.name+"-deviations.yaml", s.model.Info.Title+": deviations",
		"Every place where the document departs from the published documentation on purpose, with the reason.", s.deviations)
}
