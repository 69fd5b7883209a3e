// Package binarysize measures what importing a further section of the API adds to a program.
package binarysize

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const (
	oneSection = `package main

import (
	"context"
	"fmt"

	"github.com/highlevel-go/snapshots/api"
)

func main() {
	client, err := api.New(api.WithToken("pit-1"))
	if err != nil {
		panic(err)
	}
	list, err := client.Snapshots(context.Background(), api.SnapshotsRequest{CompanyID: "c"})
	fmt.Println(list, err)
}
`
	twoSections = `package main

import (
	"context"
	"fmt"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/locations"
)

func main() {
	client, err := api.New(api.WithToken("pit-1"))
	if err != nil {
		panic(err)
	}
	ctx := context.Background()
	list, err := client.Snapshots(ctx, api.SnapshotsRequest{CompanyID: "c"})
	fmt.Println(list, err)
	sub := client.Locations()
	for found, err := range sub.Search(ctx, locations.SearchRequest{}) {
		fmt.Println(found, err)
	}
	made, err := sub.Create(ctx, locations.CreateRequest{Name: "n", SnapshotID: list.Snapshots[0].ID})
	fmt.Println(made, err)
	one, err := sub.Get(ctx, locations.GetRequest{LocationID: made.ID})
	fmt.Println(one, err)
	tags, err := sub.Tags(ctx, locations.TagsRequest{LocationID: made.ID})
	fmt.Println(tags, err)
	fields, err := sub.CustomFields(ctx, locations.CustomFieldsRequest{LocationID: made.ID})
	fmt.Println(fields, err)
	value, err := sub.CreateCustomValue(ctx, locations.CreateCustomValueRequest{LocationID: made.ID, Name: "n", Value: "v"})
	fmt.Println(value, err)
	loaded, err := client.LoadSnapshot(ctx, api.LoadSnapshotRequest{SnapshotID: "s", LocationID: made.ID})
	fmt.Println(loaded, err)
}
`
)

// most is how much larger a program may become with a second section.
const most = 150_000

func TestASecondSectionAddsLittleToAProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds two programs")
	}
	one, two := build(t, oneSection), build(t, twoSections)
	t.Logf("one section %d bytes, two %d: %d more", one, two, two-one)
	if two <= one || two-one > most {
		t.Errorf("a second section adds %d bytes, and may add %d", two-one, most)
	}
}

// build returns the size of a program without debugging information.
func build(t *testing.T, source string) int64 {
	t.Helper()
	dir := t.TempDir()
	file, program := filepath.Join(dir, "main.go"), filepath.Join(dir, "program")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-ldflags=-s -w", "-o", program, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
