package hostilepages_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

// HTML that is too deep, too wide or torn is read to an end or refused, in time, and never passes for a complete page.
func TestHostileHTMLEnds(t *testing.T) {
	head := `<!doctype html><html><head><link rel="canonical" href="https://docs.example.com/docs/ghl/things/get-thing"></head><body><main>
<h1>Get thing</h1><pre class="openapi__method-endpoint"><span>GET</span> <h2>https://api.example.com/things</h2></pre>
<h2 id="request">Request</h2>`
	field := `<span class="openapi-schema__container"><strong class="openapi-schema__property">a</strong><span class="openapi-schema__name"> object</span></span>`
	nested := func(open, close string, n int) string {
		return strings.Repeat(open, n) + strings.Repeat("x", mega) + strings.Repeat(close, n)
	}
	wide := strings.Repeat("<i>x</i>", mega/5)
	for name, body := range map[string]string{
		"nested lists":              nested("<ul><li>", "</li></ul>", 200),
		"wide nested lists":         strings.Repeat("<ul><li>", 200) + wide + strings.Repeat("</li></ul>", 200),
		"nested fields":             nested("<details><summary>"+field+"</summary><div>", "</div></details>", 200),
		"nested tabs":               strings.Repeat(`<div class="tabs-container">`, 400) + wide,
		"nested response tabs":      strings.Repeat(`<div class="openapi-tabs__container"><ul role="tablist" class="openapi-tabs__response-list-container"><li role="tab">200</li></ul><div role="tabpanel">`, 150) + wide,
		"nested discriminators":     strings.Repeat(`<div class="openapi-discriminator__item"><div class="openapi-tabs__container">`, 200) + wide,
		"deeper than a browser":     strings.Repeat("<div>", 100_000),
		"more elements than a page": strings.Repeat("<b>", 600_000),
		"one long text":             strings.Repeat("x", 20*mega),
		"a long attribute":          `<div class="` + strings.Repeat("openapi ", 10*mega/8) + `">`,
		"a tag that never ends":     "<div " + strings.Repeat("a=b ", mega),
		"ticks in code":             "<p><code>" + strings.Repeat("`", 100_000) + "</code></p>",
		"many ticks":                "<p>" + strings.Repeat("<code>` `` ```</code>", 20_000) + "</p>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			page, err := docpage.Parse("hostile.html", []byte(head+body))
			if spent := time.Since(start); spent > 3*time.Minute { // some seconds on a quiet machine; this is to find what hangs
				t.Errorf("it took %s", spent)
			}
			if err == nil && page.Judgeable() {
				t.Errorf("it passes for a complete page")
			}
			t.Log(time.Since(start), err)
		})
	}
}

// What is nested too deep to be read is reported.
func TestWhatIsTooDeepIsReported(t *testing.T) {
	page, err := docpage.Parse("deep.html", []byte(fmt.Sprintf(`<!doctype html><main><h1>A</h1><p>GET https://api.example.com/a</p><h2>Responses</h2>%s<p>lost</p>`, strings.Repeat("<div>", 505))))
	if err != nil { // the parser itself refuses
		return
	}
	for _, issue := range page.Issues {
		if issue.Kind == docpage.Unread && strings.Contains(issue.Message, "deeper") {
			return
		}
	}
	t.Errorf("no issue reports it: %v", page.Issues)
}
