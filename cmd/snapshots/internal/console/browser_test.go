package console

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

func TestLinkIsMadeAndSupersededAndAPushFinishedInTheBrowser(t *testing.T) {
	server := start(t)
	ctx := browse(t, server)
	do(ctx, t,
		choose("#operation", "create-snapshot-share-link"), text("#as", "client.CreateShareLink"),
		click(`[data-as="curl"]`), text("#as", "curl -X POST"),
		click(`#form button`), text("#answer", "shareLink"),
		text("#tables", "share-1"), text("#log", "/snapshots/share/link"),
		click(`#form button`), until(`[...document.querySelectorAll('#tables tr')].some(tr => tr.innerText.includes('share-1') && tr.innerText.includes('share-2'))`),
		click(`#log tbody tr:last-child`), text("#details", "Request and answer are as the spec says."),
		click(`#push button`), until(`document.querySelector('[data-push]')`),
		click(`[data-push] button`), text("[data-push]", "completed"),
	)
	if links := server.Links(); len(links) != 2 || links[0].SupersededBy != links[1].ID {
		t.Errorf("the links are %+v", links)
	}
	if pushes := server.Pushes(); len(pushes) != 1 || pushes[0].Status != sandbox.Completed {
		t.Errorf("the pushes are %+v", pushes)
	}
	if strings.Contains(ask[string](ctx, t, `document.documentElement.outerHTML`), sandbox.Token) {
		t.Error("the page shows the token")
	}
	picture(ctx, t, "calls")
	do(ctx, t, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}))
	picture(ctx, t, "dark")
	do(ctx, t, command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 390, Height: 844, DeviceScaleFactor: 1, Mobile: true}))
	if ask[bool](ctx, t, `document.documentElement.scrollWidth > document.documentElement.clientWidth`) {
		t.Error("on a phone the page is wider than the screen")
	}
	picture(ctx, t, "phone")
}

func TestClientBacksOffWhileThePageHas429sSwitchedOn(t *testing.T) {
	server := start(t)
	ctx := browse(t, server)
	do(ctx, t, click(`#presets button`), until(`document.querySelector('[data-fault]')`))
	var retries []time.Duration
	client, err := server.Client(rest.WithHooks(rest.Hooks{Retry: func(_ context.Context, _ rest.Attempt, pause time.Duration) { retries = append(retries, pause) }}))
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := client.Snapshots(t.Context(), api.SnapshotsRequest{})
		done <- err
	}()
	do(ctx, t, text("#log", "429"))
	picture(ctx, t, "faults")
	do(ctx, t, click(`[data-fault] button`), until(`!document.querySelector('[data-fault]')`))
	if err := <-done; err != nil {
		t.Errorf("after the fault was lifted, the call still fails: %v", err)
	}
	if len(retries) == 0 {
		t.Error("the client did not wait")
	}
	do(ctx, t, text("#log", "200"))
}

func TestEverythingIsReachedWithTheKeyboard(t *testing.T) {
	server := start(t)
	ctx := browse(t, server)
	do(ctx, t, click(`#form button`), until(`document.querySelector('#log tbody tr')`))
	reached := map[string]bool{}
	ask[bool](ctx, t, `(document.activeElement.blur(), true)`)
	for range 60 {
		do(ctx, t, chromedp.KeyEvent("\t"))
		reached[ask[string](ctx, t, `(e => e.id || e.name || e.getAttribute('aria-label') || e.textContent)(document.activeElement)`)] = true
	}
	for _, want := range []string{"show", "find-request", "forget", "Details of request 1", "operation", "Send", "curl", "copy", "kind", "Add", "Lift all", "find", "locationId", "Begin"} {
		if !reached[want] {
			t.Errorf("%q is not reached with the tabulator key; reached are %v", want, reached)
		}
	}
}

// The tabulator key reaches a long list once; arrow keys move inside of it.
func TestArrowKeysMoveThroughTheRequests(t *testing.T) {
	server := start(t)
	for range 5 {
		ask1(t, server)
	}
	ctx := browse(t, server)
	do(ctx, t, until(`document.querySelectorAll('#log tbody tr').length === 5`))
	if n := ask[int](ctx, t, `[...document.querySelectorAll('#log button')].filter(b => b.tabIndex === 0).length`); n != 1 {
		t.Errorf("the tabulator key stops %d times in the list", n)
	}
	ask[bool](ctx, t, `(document.querySelector('#log button').focus(), true)`)
	focused := func(want string) {
		t.Helper()
		if got := ask[string](ctx, t, `document.activeElement.getAttribute('aria-label')`); got != want {
			t.Errorf("the focus is on %q, want %q", got, want)
		}
	}
	focused("Details of request 5")
	for _, step := range []struct{ key, want string }{{kb.ArrowDown, "Details of request 4"}, {kb.End, "Details of request 1"}, {kb.ArrowDown, "Details of request 1"}, {kb.ArrowUp, "Details of request 2"}, {kb.Home, "Details of request 5"}} {
		do(ctx, t, chromedp.KeyEvent(step.key))
		focused(step.want)
	}
	ask1(t, server)
	do(ctx, t, until(`document.querySelectorAll('#log tbody tr').length === 6`))
	focused("Details of request 5")
	do(ctx, t, chromedp.KeyEvent(kb.Enter), text("#details", "5: GET"))
}

func TestLineOfTheSpecOpensWithTheKeyboard(t *testing.T) {
	server := start(t)
	if _, err := server.AddFault(sandbox.Fault{WrongTypes: true}); err != nil {
		t.Fatal(err)
	}
	ask1(t, server)
	ctx := browse(t, server)
	do(ctx, t, until(`document.querySelector('#log tbody tr')`), click(`#log tbody button`), text("#details", "spec/snapshots.yaml:"))
	if ask[bool](ctx, t, `document.querySelector('#details details').open`) {
		t.Error("the text of the spec is open from the beginning")
	}
	ask[bool](ctx, t, `(document.querySelector('#details summary').focus(), true)`)
	do(ctx, t, chromedp.KeyEvent(kb.Enter), until(`document.querySelector('#details details').open`), text("#details details pre", "> "))
}

func TestPageGetsNoToken(t *testing.T) {
	server := start(t, sandbox.WithSeed(sandbox.SeedDemo))
	ctx := browse(t, server)
	do(ctx, t, choose("#operation", "get-location-access-token"), text("#as", "LocationToken"), click("#form button"), text("#answer", `"access_token": "[token]"`),
		click("#log button"), text("#details", "locationToken"))
	if page := ask[string](ctx, t, `document.documentElement.outerHTML`); strings.Contains(page, sandbox.Token) || strings.Contains(page, "sandbox-access") {
		t.Error("the page shows a token")
	}
}

func TestRequestsAreShownAsText(t *testing.T) {
	server := start(t)
	const hostile = `<img src=x onerror="document.title='taken over'"><script>document.title='taken over'</script>`
	server.AddSnapshot(sandbox.CompanyID, api.Snapshot{Name: hostile, ID: hostile})
	server.AddSnapshot(hostile, api.Snapshot{Name: strings.Repeat("long", 500), ID: strings.Repeat("long", 500)})
	push := server.Push(hostile, hostile)
	server.SetStatus(push.ID, hostile)
	if _, err := server.AddFault(sandbox.Fault{Operation: "get-location", Message: hostile, Status: 500, Header: map[string]string{"X-Hostile": hostile}, Times: sandbox.Always}); err != nil {
		t.Fatal(err)
	}
	ctx := browse(t, server)
	r, err := http.NewRequest("POST", server.URL+"/"+url.PathEscape(hostile)+"?q="+url.QueryEscape(hostile), strings.NewReader(hostile))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Hostile", hostile)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	do(ctx, t, until(`document.querySelector('#log tbody tr')`), click(`#log tbody button`), text("#details", "X-Hostile"), text("#tables", "<img"), text("#active", "<img"))
	for _, tab := range []string{"go", "curl", "command"} {
		do(ctx, t, choose("#operation", "get-snapshot-push"), until(`(e => { e.value = `+strconv.Quote(hostile)+`; e.dispatchEvent(new Event('input', {bubbles: true})); return true })(document.querySelector('#form [name="path snapshotId"]'))`),
			click(`[data-as="`+tab+`"]`), text("#as", "onerror"))
	}
	ask[bool](ctx, t, `(document.querySelector('#form button').focus(), true)`)
	do(ctx, t, chromedp.KeyEvent(kb.Enter), text("#answer", `"data"`))
	if n := ask[int](ctx, t, `document.querySelectorAll('img, body script').length`); n != 0 {
		t.Errorf("%d elements come from what was sent", n)
	}
	if title := ask[string](ctx, t, `document.title`); title != "Sandbox console" {
		t.Errorf("the title is %q", title)
	}
	do(ctx, t, command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 1, Mobile: true}))
	if ask[bool](ctx, t, `document.documentElement.scrollWidth > document.documentElement.clientWidth`) {
		t.Error("long texts make the page wider than a phone")
	}
	if height := ask[int](ctx, t, `document.documentElement.scrollHeight`); height > 15000 {
		t.Errorf("long texts make the page %d pixels high", height)
	}
	picture(ctx, t, "hostile")
}
