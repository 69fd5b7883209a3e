package main

import (
	"encoding/json"
	"fmt"
	"go/build"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A large document has a file of operations for each tag. Whatever a tag says, the name is one that Go compiles on every system.
func TestOperationsOfALargeDocumentAreDividedByTag(t *testing.T) {
	tags := []string{"Orders", "linux", "amd64 test", "../up", "*/", strings.Repeat("long ", 100), "", "Büro"}
	document := manyOperations(60)
	i := 0
	for _, item := range document["paths"].(object) {
		item.(object)["put"].(object)["tags"] = []any{tags[i%len(tags)]}
		i++
	}
	data, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	out := made(t, write(t, "spec.json", string(data)), "p")
	harmless(t, out)
	want := []string{"amd64_test", "büro", "linux", "long_long_long_long_long_long_long_long_", "orders", "up"}
	var got []string
	for _, name := range out.names() {
		if tag, ok := strings.CutSuffix(name, "_operations.gen.go"); ok {
			got = append(got, tag)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || out["operations.gen.go"] == nil {
		t.Errorf("there are %q, want %q and one without a tag", out.names(), want)
	}
	dir := filepath.Join(t.TempDir(), "p")
	if err := out.write(dir); err != nil {
		t.Fatal(err)
	}
	for _, system := range []string{"linux", "windows"} {
		context := build.Default
		context.GOOS, context.GOARCH = system, "arm64"
		pkg, err := context.ImportDir(dir, 0)
		if err != nil || len(pkg.GoFiles) != len(out) || strings.Contains(fmt.Sprint(pkg.GoFiles), "/") {
			t.Errorf("on %s the package is %v, %v", system, pkg.GoFiles, err)
		}
	}
}
