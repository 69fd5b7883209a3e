//go:build measured

package main

// What the generated clients import, so that go.mod keeps it. No build has this tag.
import (
	_ "github.com/go-faster/errors"
	_ "github.com/go-faster/jx"
	_ "github.com/highlevel-go/snapshots/api/rest"
	_ "github.com/oapi-codegen/runtime"
	_ "github.com/ogen-go/ogen/validate"
)
