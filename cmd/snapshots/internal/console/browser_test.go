package console

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// browserPath finds a browser, or is empty.
func browserPath() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// browse opens the console in a headless browser. What the browser complains of fails the test.
func browse(t *testing.T, server *sandbox.Server) context.Context {
	t.Helper()
	path := browserPath()
	switch {
	case testing.Short():
		t.Skip("starts a browser")
	case path == "":
		t.Skip("no chromium on this machine")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1400, 1500))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	ctx, timeout := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(func() { timeout(); cancel(); stop() })
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if !strings.Contains(e.Entry.Text, "status of 4") { // answers with an error are a part of what is shown
				t.Errorf("the browser says: %s (%s)", e.Entry.Text, e.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			t.Errorf("the page fails: %s", e.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	do(ctx, t, command(log.Enable, cdp.Empty{}), command(runtime.Enable, cdp.Empty{}))
	do(ctx, t, chromedp.Navigate(server.URL+Path+"/"), text("#live", "live"))
	return ctx
}

func do(ctx context.Context, t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		shown, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
		t.Fatalf("%v; the page shows:\n%s", err, shown)
	}
}

// ask evaluates an expression in the page.
func ask[T any](ctx context.Context, t *testing.T, expression string) T {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// command makes a step of a command of the browser's protocol.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

// text waits until an element holds a text.
func text(selector, want string) chromedp.Action[chromedp.Void] {
	return until(`document.querySelector(` + quote(selector) + `)?.innerText.includes(` + quote(want) + `)`)
}

// until waits until an expression is true in the page.
func until(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		ctx, cancel := context.WithTimeoutCause(ctx, 10*time.Second, notSoon(expression))
		defer cancel()
		for {
			ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`Boolean(`+expression+`)`))
			if ok || err != nil {
				return err
			}
			select {
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
}

type notSoon string

func (n notSoon) Error() string { return "after 10 seconds it is not so: " + string(n) }

// choose picks the option of a list, as a user does.
func choose(selector, value string) chromedp.Action[chromedp.Void] {
	return until(`(e => { e.value = ` + quote(value) + `; e.dispatchEvent(new Event('change', {bubbles: true})); e.dispatchEvent(new Event('input', {bubbles: true})); return true })(document.querySelector(` + quote(selector) + `))`)
}

// picture writes what is seen into the folder that CONSOLE_PICTURES names, to be looked at.
func picture(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("CONSOLE_PICTURES")
	if dir == "" {
		return
	}
	data, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

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
	for _, want := range []string{"show", "forget", "Details of request 1", "operation", "Send", "curl", "copy", "kind", "Add", "Lift all", "locationId", "Begin"} {
		if !reached[want] {
			t.Errorf("%q is not reached with the tabulator key; reached are %v", want, reached)
		}
	}
}

func TestWhatRequestsSayIsShownAsTextOnly(t *testing.T) {
	server := start(t)
	const hostile = `<img src=x onerror="document.title='taken over'"><script>document.title='taken over'</script>`
	server.AddSnapshot(sandbox.CompanyID, api.Snapshot{Name: hostile, ID: hostile})
	server.Push(hostile, hostile)
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
	do(ctx, t, until(`document.querySelector('#log tbody tr')`), click(`#log tbody button`), text("#details", "X-Hostile"), text("#tables", "<img"))
	if n := ask[int](ctx, t, `document.querySelectorAll('img, body script').length`); n != 0 {
		t.Errorf("%d elements come from what was sent", n)
	}
	if title := ask[string](ctx, t, `document.title`); title != "Sandbox console" {
		t.Errorf("the title is %q", title)
	}
}
