package hostilepages_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
	"github.com/highlevel-go/snapshots/internal/prove"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

// bounded parses a page in a time that is generous and with memory that is bounded, and returns what came out. Time is that of
// a busy machine; the memory is what is held at once.
func bounded(t *testing.T, data []byte, limit time.Duration, megabytes uint64) (*docpage.Page, error) {
	t.Helper()
	type result struct {
		page *docpage.Page
		err  error
	}
	done := make(chan result, 1)
	var memory runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&memory)
	before, most := memory.HeapAlloc, uint64(0)
	go func() {
		page, err := docpage.Parse("hostile.md", data)
		done <- result{page, err}
	}()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(limit)
	for {
		select {
		case r := <-done:
			if most > megabytes {
				t.Errorf("%d MB were held for a page of %d bytes; at most %d are in order", most, len(data), megabytes)
			}
			return r.page, r.err
		case <-tick.C:
			runtime.ReadMemStats(&memory)
			if memory.HeapAlloc > before {
				most = max(most, (memory.HeapAlloc-before)>>20)
			}
		case <-deadline:
			t.Fatalf("a page of %d bytes was not read in %s", len(data), limit)
		}
	}
}

// mega is how many bytes make the megabyte of these tests: a real one with PROVE=full, a sixteenth of it otherwise.
var mega = func() int {
	if prove.InFull() {
		return 1 << 20
	}
	return 1 << 16
}()

// unjudgeable reports whether a page was refused or has an issue for which it is not compared.
func unjudgeable(page *docpage.Page, err error) bool {
	return err != nil || !page.Judgeable()
}

// Pages that are too large, too long or too deep are read to an end, within bounds, and never pass for sound ones.
func TestHostilePagesEnd(t *testing.T) {
	page, err := pagewriter.SmallPage()
	if err != nil {
		t.Fatal(err)
	}
	request := strings.Index(page, "### Path Parameters")
	schema := strings.Index(page, "**Schema**") + len("**Schema**\n\n")
	into := func(at int, text string) string { return page[:at] + text + page[at:] }
	for _, test := range []struct {
		name  string
		data  string
		sound bool // what was put in can stand on a page
	}{
		{"many lines", page + strings.Repeat("Something about the thing.\n\n", 50*mega/28), true},
		{"more fields than are read", into(schema, strings.Repeat("**a** string\n\n", 50*mega/14)), false},
		{"a long line", into(request, strings.Repeat("x", 10*mega)+"\n\n"), false},
		{"a long line of stars", into(request, strings.Repeat("*", 10*mega)+"\n\n"), false},
		{"a long line of ticks", into(schema, "**a** string\n\nExample:"+strings.Repeat("`", 2*mega)+"\n\n"), true},
		{"a long line of odd ticks", into(schema, "**a** string\n\nExample:"+strings.Repeat("` `` ", 2*mega/5)+"\n\n"), true},
		{"a long line of brackets", into(request, strings.Repeat("[", 2*mega)+"\n\n"), false},
		{"a long line of links", into(request, strings.Repeat("[a](b", 2*mega/5)+"\n\n"), false},
		{"a long line of backslashes", into(request, strings.Repeat(`\`, 2*mega)+"\n\n"), false},
		{"10,000 nested arrays", into(schema, strings.Repeat("**a** object\\[\\]\n\nArray \\[\\\n\\\n", 10_000)), false},
		{"10,000 nested arrays that end", into(schema, strings.Repeat("**a** object\\[\\]\n\nArray \\[\\\n\\\n", 10_000)+strings.Repeat("\\]\n\n", 10_000)), false},
		{"10,000 nested objects", into(schema, strings.Repeat("**a** object\n\n", 10_000)), false},
		{"10,000 objects of many names", into(schema, objects(10_000)), false},
		{"10,000 nested unions", into(schema, strings.Repeat("oneOf\n\n- A\n- B\n\n", 10_000)), false},
		{"a union of 10,000 variants", into(schema, "oneOf\n\n"+strings.Repeat("- A\n", 10_000)+"\n"), false},
		{"10,000 statuses", strings.Replace(page, "- 200\n", strings.Repeat("- 200\n", 10_000), 1), false},
		{"10,000 descriptions of statuses", strings.Replace(page, "Success\n", strings.Repeat("Success\n\n", 10_000), 1), false},
		{"JSON nested 1,000,000 deep", strings.Replace(page, "```codeBlock", "```json\n"+strings.Repeat("[", 1_000_000)+"\n```\n\n```codeBlock", 1), false},
		{"JSON with many keys", strings.Replace(page, "  \"name\"", "  "+keys(mega/5)+"\n  \"name\"", 1), true},
		{"many enum values", into(schema, "**a** string\n\n**Possible values:** \\[ "+strings.Repeat("`a`, ", mega/5)+"`b`\\]\n\n"), true},
		{"250,000 headings", into(request, strings.Repeat("# a\n", 250_000)), false},
		{"many headings", into(request, strings.Repeat("# a\n", mega/10)), true},
		{"many fields", into(schema, strings.Repeat("**a** string\n\n", mega/10)), false},
		{"100,000 fences", into(request, strings.Repeat("```\n", 100_001)), false},
		{"250,000 list items", into(request, strings.Repeat("- a\n", 250_000)), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if testing.Short() && len(test.data) > 1<<18 {
				t.Skip("it takes a second")
			}
			result, err := bounded(t, []byte(test.data), 2*time.Minute, 30*uint64(len(test.data)>>20)+500)
			if !test.sound && !unjudgeable(result, err) && len(result.Issues) == 0 {
				t.Errorf("the page passes for a sound one")
			}
		})
	}
}

func objects(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "**o%d** object\n\n**p%d** string\n\n", i, i)
	}
	return out.String()
}

func keys(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, "\"k%d\": 1,", i)
	}
	return out.String()
}

// A page beyond the limit is refused before it is read.
func TestPageBeyondTheLimitIsRefused(t *testing.T) {
	_, err := bounded(t, bytes.Repeat([]byte("x\n"), 33<<20), 5*time.Second, 100)
	if err == nil || !strings.Contains(err.Error(), "bytes are more than") {
		t.Errorf("error %v", err)
	}
}
