package report

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func noScript(off bool) chromedp.Action[chromedp.Void] {
	return send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
}

func colourScheme(name string) chromedp.Action[chromedp.Void] {
	return send(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

func kettlePage(t *testing.T) []byte {
	r := kettleReport()
	return written(t, func(w *bytes.Buffer) error { return HTML(w, r, ReadSources(r)) })
}

// markedInView lists the marked lines that are visible within their panes, of one open finding.
const markedInView = `[...document.querySelectorAll("#%s > .site .panes .hit")].filter(hit => {
	const h = hit.getBoundingClientRect(), c = hit.closest(".code").getBoundingClientRect();
	return hit.checkVisibility() && h.height > 0 && h.top >= c.top - 1 && h.bottom <= c.bottom + 1;
}).map(hit => hit.querySelector(".n").textContent)`

const visibleFindings = `[...document.querySelectorAll("details.finding")].filter(f => f.checkVisibility()).map(f => f.querySelector(".label").textContent)`

func TestBrowserShowsPageAndSpecWithTheMarkedLinesInView(t *testing.T) {
	for name, off := range map[string]bool{"with the script": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			b := openBrowser(t, kettlePage(t), noScript(off))
			anchor := "f-" + fingerprint(kettleReport().Findings[1])[:12]
			b.click("#" + anchor + " > summary")
			if got := ask[[]string](b, fmt.Sprintf(markedInView, anchor)); !slices.Equal(got, []string{"31", "78"}) {
				t.Errorf("the marked lines in view are %v, want 31 of the page and 78 of the spec", got)
			}
			boxes := ask[[][]float64](b, `[...document.querySelectorAll("#`+anchor+` > .site > .panes > .pane")].map(p => { const r = p.getBoundingClientRect(); return [r.left, r.right, r.top, r.height] })`)
			if len(boxes) != 2 || boxes[0][1] > boxes[1][0] || boxes[0][2] != boxes[1][2] || boxes[0][3] < 100 {
				t.Errorf("the panes do not stand side by side: %v", boxes)
			}
			titles := ask[[]string](b, `[...document.querySelectorAll("#`+anchor+` > .site > .panes .title")].map(e => e.textContent)`)
			if !slices.Equal(titles, []string{"The page now", "The spec"}) {
				t.Errorf("the panes are %q", titles)
			}
			b.quiet()
		})
	}
}

func TestBrowserFilterHidesAndShowsWithoutAScript(t *testing.T) {
	b := openBrowser(t, kettlePage(t), noScript(true))
	for _, c := range []struct {
		filter string
		want   []string
	}{
		{"all", []string{"cannot judge", "error", "error", "warning", "warning", "note", "note", "on purpose"}},
		{"error", []string{"error", "error"}}, {"warning", []string{"warning", "warning"}}, {"note", []string{"note", "note"}},
		{"unjudged", []string{"cannot judge"}}, {"excused", []string{"on purpose"}},
	} {
		b.click("label[for=show-" + c.filter + "]")
		if got := ask[[]string](b, visibleFindings); !slices.Equal(got, c.want) {
			t.Errorf("the filter %s shows %q, want %q", c.filter, got, c.want)
		}
	}
	b.quiet()
}

func TestBrowserFilterSaysWhenThereIsNothing(t *testing.T) {
	b := openBrowser(t, written(t, func(w *bytes.Buffer) error { return HTML(w, cleanReport(), nil) }))
	for _, filter := range []string{"all", "error", "excused"} {
		b.click("label[for=show-" + filter + "]")
		if !ask[bool](b, `document.querySelector(".empty").checkVisibility()`) {
			t.Errorf("the filter %s shows nothing, and does not say so", filter)
		}
	}
	b.quiet()
}

func TestBrowserPageIsUsableWithTheKeyboard(t *testing.T) {
	b := openBrowser(t, kettlePage(t))
	b.do(chromedp.Focus(chromedp.CSS("#show-all")), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	if got := ask[[]string](b, visibleFindings); !slices.Equal(got, []string{"error", "error"}) {
		t.Errorf("two steps to the right show %q", got)
	}
	if outline := ask[string](b, `getComputedStyle(document.querySelector("label.error")).outlineStyle`); outline != "solid" {
		t.Errorf("the focus is not seen: outline %s", outline)
	}
	first := `document.querySelector("details.error")`
	b.do(chromedp.Focus(chromedp.CSS("details.error > summary")), chromedp.KeyEvent(kb.Enter))
	if !ask[bool](b, first+".open") {
		t.Error("Enter does not open a finding")
	}
	b.do(chromedp.KeyEvent(kb.Tab))
	if !ask[bool](b, `document.activeElement.matches("details.error .code")`) {
		t.Error("Tab does not lead into the left pane, which cannot be scrolled then")
	}
	b.quiet()
}

func TestBrowserRunsNothingThatThePageQuotes(t *testing.T) {
	b := openBrowser(t, kettlePage(t))
	b.click(`button[data-open="true"]`)
	if n := ask[int](b, `document.querySelectorAll("details.finding[open]").length`); n != 8 {
		t.Errorf("%d of 8 findings are open", n)
	}
	if n := ask[int](b, `document.querySelectorAll("img, svg, iframe, object, script:not(:last-of-type)").length`); n != 0 {
		t.Errorf("%d foreign elements", n)
	}
	if !ask[bool](b, `document.body.innerText.includes("<script>alert(2)</script>")`) {
		t.Error("foreign text is not shown as it is")
	}
	if wide := ask[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		t.Errorf("the page is %d pixels too wide", wide)
	}
	b.click(`button[data-open="false"]`)
	if n := ask[int](b, `document.querySelectorAll("details.finding[open]").length`); n != 0 {
		t.Errorf("%d findings are still open", n)
	}
	b.quiet()
}

func TestBrowserFollowsALinkToAFinding(t *testing.T) {
	b := openBrowser(t, kettlePage(t))
	anchor := "f-" + fingerprint(kettleReport().OnPurpose[0])[:12]
	b.click("label[for=show-error]")
	ask[string](b, `location.hash = "`+anchor+`"`)
	if _, err := chromedp.Run(b, chromedp.Poll[bool](`document.getElementById("`+anchor+`").open`)); err != nil {
		t.Fatal(err)
	}
	if !ask[bool](b, `document.getElementById("`+anchor+`").checkVisibility()`) {
		t.Error("the filter hides what the link leads to")
	}
	b.quiet()
}

// TestBrowserPageIsReadableInLightAndDark measures the contrast of text and ground, which is 4.5 at least for all to read.
func TestBrowserPageIsReadableInLightAndDark(t *testing.T) {
	const measure = `(() => {
		const rgb = c => c.match(/[\d.]+/g).map(Number);
		const light = c => { const [r, g, b] = rgb(c).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
		const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (rgb(c)[3] !== 0) return c } return "rgb(255, 255, 255)" };
		return [...document.querySelectorAll("h1, .verdict, p, label, button, .label, .message, .at, .file, dt, dd, code, .says, .says mark, .n, .t, .gap, .title, .aspect, li, summary, a")].filter(e => e.checkVisibility()).map(e => {
			const a = light(getComputedStyle(e).color), b = light(ground(e));
			return [e.tagName + "." + e.className, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
		}).filter(([, contrast]) => contrast < 4.5).map(([name, contrast]) => name + " " + contrast.toFixed(2));
	})()`
	for _, scheme := range []string{"light", "dark"} {
		b := openBrowser(t, kettlePage(t), colourScheme(scheme))
		b.click(`button[data-open="true"]`)
		if got := ask[[]string](b, measure); len(got) > 0 {
			t.Errorf("%s: too little contrast: %q", scheme, got)
		}
		dark := ask[bool](b, `(c => c.match(/\d+/g).every(v => v < 60))(getComputedStyle(document.body).backgroundColor)`)
		if dark != (scheme == "dark") {
			t.Errorf("%s: the ground is dark: %v", scheme, dark)
		}
		b.quiet()
	}
}
