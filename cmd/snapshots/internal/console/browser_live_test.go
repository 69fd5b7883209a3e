package console

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
	"github.com/highlevel-go/snapshots/internal/prove"
)

// Requests and changes of the state do not change the text, the choice or the focus of an input.
func TestLiveTrafficLeavesInputsAlone(t *testing.T) {
	server := start(t, sandbox.WithSeed(sandbox.SeedDemo))
	push := server.Push(sandbox.Snapshot2, "sandbox-location-1")
	ctx := browse(t, server)
	do(ctx, t, until(`document.querySelectorAll('#push option').length === 2`), choose(`#push select`, sandbox.Snapshot2))
	traffic := func(n int) {
		t.Helper()
		for range n {
			ask1(t, server)
		}
		name := fmt.Sprintf("snapshot %d", len(server.State().Snapshots))
		server.AddSnapshot(sandbox.CompanyID, api.Snapshot{Name: name, Type: "own"})
		ask1(t, server)
		do(ctx, t, text("#tables", name), until(fmt.Sprintf(`document.querySelector('#log tbody tr').dataset.id === '%d'`, server.Requests()[len(server.Requests())-1].ID)))
	}
	for _, field := range []string{`#push [name=locationId]`, `#form [name="query companyId"]`, `#find-request`, `#fault [name=value]`} {
		ask[bool](ctx, t, `(e => { e.focus(); e.value = ''; return true })(document.querySelector('`+field+`'))`)
		do(ctx, t, chromedp.KeyEvent("snapshot"))
		ask[bool](ctx, t, `(document.activeElement.setSelectionRange(2, 4), true)`)
		traffic(3)
		if got := ask[string](ctx, t, `(e => e.value + ' ' + e.selectionStart + ' ' + e.selectionEnd + ' ' + (e === document.querySelector('`+field+`')))(document.activeElement)`); got != "snapshot 2 4 true" {
			t.Errorf("%s: value, selection and focus are %s", field, got)
		}
		do(ctx, t, chromedp.KeyEvent("X"))
		if got := ask[string](ctx, t, `document.querySelector('`+field+`').value`); got != "snXshot" {
			t.Errorf("%s: after more was typed it holds %q", field, got)
		}
		if field == "#find-request" {
			do(ctx, t, until(`(e => { e.value = ''; e.dispatchEvent(new Event('input')); return true })(document.querySelector('#find-request'))`))
		}
	}
	if got := ask[string](ctx, t, `document.querySelector('#push select').value`); got != sandbox.Snapshot2 {
		t.Errorf("the snapshot that was chosen has become %q", got)
	}
	ask[bool](ctx, t, `(document.querySelector('[aria-label="Finish push `+push.ID+`"]').focus(), true)`)
	traffic(1)
	server.SetStatus(push.ID, "processing more") // its row is drawn anew
	ask1(t, server)
	do(ctx, t, text(`[data-push="`+push.ID+`"]`, "processing more"))
	if got := ask[string](ctx, t, `document.activeElement.getAttribute('aria-label')`); got != "Finish push "+push.ID {
		t.Errorf("the focus is on %q", got)
	}
	// A message about what went wrong stays until the user does something else.
	do(ctx, t, choose(`#fault [name=kind]`, "status"), until(`(document.querySelector('#fault [name=value]').value = '99', true)`), click(`#fault button`), text("#problem", "status"))
	traffic(2)
	do(ctx, t, text("#problem", "status"), click("#problem button"), until(`document.querySelector('#problem').hidden`))
}

// A page that is blocked while hundreds of requests are answered shows all of them afterwards.
func TestBusyPageShowsEveryRequest(t *testing.T) {
	server := start(t)
	ctx := browse(t, server)
	ask[bool](ctx, t, `(setTimeout(() => { const end = Date.now() + 500; while (Date.now() < end); }, 0), true)`)
	for range 900 {
		ask1(t, server)
	}
	do(ctx, t, text("#log-note", "The last 300 of 900 requests are shown."), until(`document.querySelector('#log tbody tr').dataset.id === '900'`))
}

// hide makes the page believe that it is hidden, or that it is not.
func hide(ctx context.Context, t *testing.T, hidden bool) {
	t.Helper()
	ask[bool](ctx, t, fmt.Sprintf(`(Object.defineProperty(document, 'hidden', {value: %t, configurable: true}), document.dispatchEvent(new Event('visibilitychange')))`, hidden))
}

// A browser opens few connections to one server, so a hidden page has none.
func TestHiddenPageGoesOnWhereItWas(t *testing.T) {
	server := start(t)
	ask1(t, server)
	ctx := browse(t, server)
	do(ctx, t, until(`document.querySelectorAll('#log tbody tr').length === 1`))
	hide(ctx, t, true)
	for range 3 {
		ask1(t, server)
	}
	time.Sleep(300 * time.Millisecond)
	if n := ask[int](ctx, t, `document.querySelectorAll('#log tbody tr').length`); n != 1 {
		t.Errorf("the hidden page shows %d requests", n)
	}
	hide(ctx, t, false)
	do(ctx, t, until(`[...document.querySelectorAll('#log tbody tr')].map(tr => tr.dataset.id).join() === '4,3,2,1'`))
}

// A sandbox that is started again counts its requests from 1, so that another request has the number of the one that is shown.
func TestPageForgetsTheRequestsOfASandboxThatWasStoppedAndStartedAgain(t *testing.T) {
	running, stop := context.WithCancel(t.Context())
	first, err := sandbox.Start(withConsole(running, t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(first.Close)
	ask1(t, first)
	ctx := browse(t, first)
	do(ctx, t, until(`document.querySelector('#log tbody tr')`), click(`#log tbody button`), text("#details", "1: GET"))
	hide(ctx, t, true)
	stop()
	first.Close()
	do(ctx, t, click("#push button"), text("#problem", "does not answer"))
	second, err := sandbox.Listen(first.Addr.String(), withConsole(t.Context(), t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(second.Close)
	ask1(t, second)
	ask1(t, second)
	hide(ctx, t, false)
	do(ctx, t, until(`document.querySelectorAll('#log tbody tr').length === 2`), until(`document.querySelector('#problem').hidden`))
	if !ask[bool](ctx, t, `document.querySelector('#details').hidden && !document.querySelector('#log [aria-current]')`) {
		t.Error("the page still shows a request of the sandbox before")
	}
}

func TestClearEmptiesTheListInEveryTab(t *testing.T) {
	server := start(t)
	ask1(t, server)
	first, second := browse(t, server), browse(t, server)
	one := until(`document.querySelectorAll('#log tbody tr').length === 1`)
	do(second, t, one, click(`#log tbody button`), text("#details", "1: GET"))
	do(first, t, one, click("#forget"), until(`document.querySelector('#log').hidden`))
	do(second, t, until(`document.querySelector('#log').hidden && document.querySelector('#details').hidden`))
	ask1(t, server)
	for _, tab := range []context.Context{first, second} {
		do(tab, t, until(`[...document.querySelectorAll('#log tbody tr')].map(tr => tr.dataset.id).join() === '2'`))
	}
}

func TestManyRowsStayUsable(t *testing.T) {
	needBrowser(t)
	n, fit := 600, "13 of 600 fit."
	if prove.InFull() {
		n, fit = 5000, "114 of 5,000 fit."
	}
	number := func(n int) string { return strings.TrimPrefix(fmt.Sprintf("%d,%03d", n/1000, n%1000), "0,") }
	server := start(t, sandbox.WithLogSize(2*n), sandbox.WithRateLimit(1e6, time.Second, true))
	client, err := server.Sandbox.Client(rest.WithBudget(nil))
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		if _, err := client.CreateShareLink(t.Context(), api.CreateShareLinkRequest{SnapshotID: sandbox.Snapshot1, ShareType: api.ShareTypeLink}); err != nil {
			t.Fatal(err)
		}
	}
	ctx := browse(t, server)
	do(ctx, t, text("#table-links", "The newest 200 are shown; find others by a text."), text("#table-links", "Share links ("+number(n)+")"))
	for range n {
		ask1(t, server)
	}
	begun := time.Now()
	do(ctx, t, text("#log-note", "The last 300 of "+number(2*n)+" requests are shown."), until(fmt.Sprintf(`document.querySelector('#log tbody tr').dataset.id === '%d'`, 2*n)))
	t.Logf("%d requests are shown after %v", n, time.Since(begun))
	if n := ask[int](ctx, t, `document.querySelectorAll('tr').length`); n > 600 {
		t.Errorf("the page has %d rows", n)
	}
	begun = time.Now()
	do(ctx, t, until(`(e => { e.value = 'share-17'; e.dispatchEvent(new Event('input')); return true })(document.querySelector('#find'))`), text("#table-links", "share-17"), text("#table-links", fit))
	do(ctx, t, until(`(e => { e.value = '/share/link'; e.dispatchEvent(new Event('input')); return true })(document.querySelector('#find-request'))`),
		text("#log-note", "The last 300 of "+number(2*n)+" requests are shown; "+number(n)+" fit."))
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("two searches took %v", took)
	}
}
