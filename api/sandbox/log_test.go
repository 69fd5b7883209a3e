package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// ask sends a request without a client, and returns the status and the body of its answer.
func ask(t *testing.T, s http.RoundTripper, method, target, body string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, "http://sandbox.test"+target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {"Bearer " + sandbox.Token}, "Version": {"2021-07-28"}, "Content-Type": {"application/json"}}
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	resp, err := s.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func TestLogKeepsTheLastRequestsWithBothBodies(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithLogSize(3), sandbox.WithRateLimit(1000, 1e9, true))
	for i := range 5 {
		ask(t, s, "POST", "/snapshots/share/link?companyId="+sandbox.CompanyID, fmt.Sprintf(`{"snapshot_id":"%d"}`, i))
	}
	got := s.Requests()
	if len(got) != 3 {
		t.Fatalf("%d requests are kept, want 3", len(got))
	}
	for i, r := range got {
		if r.ID != int64(i+3) || string(r.RequestBody) != fmt.Sprintf(`{"snapshot_id":"%d"}`, i+2) || !strings.Contains(string(r.ResponseBody), "share_type must be") ||
			r.Status != 422 || !strings.HasPrefix(r.Refused, "share_type must be") || r.Operation != "create-snapshot-share-link" || r.Time.IsZero() || r.Duration <= 0 {
			t.Errorf("%d: %+v", i, r)
		}
	}
	s.ForgetRequests()
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestLogIsBoundedInBytes(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithRateLimit(100_000, 1e9, true))
	for range 400 {
		ask(t, s, "POST", "/snapshots/share/link?companyId=c", strings.Repeat("x", 70<<10))
	}
	total := 0
	for _, r := range s.Requests() {
		total += len(r.RequestBody) + len(r.ResponseBody)
		if r.RequestHeader.Get("Version") == "" {
			t.Error("the headers are lost")
		}
		if r.RequestSize != 70<<10 {
			t.Errorf("size %d", r.RequestSize)
		}
	}
	if n := len(s.Requests()); n != 400 || total > 16<<20 || total < 15<<20 {
		t.Errorf("%d requests with %d bytes are kept", n, total)
	}
}

// Long headers and addresses are bounded as bodies are.
func TestLogOfLongHeadersIsBounded(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithRateLimit(100_000, 1e9, true))
	for range 320 {
		ask(t, s, "GET", "/"+strings.Repeat("y", 20<<10), "", "X-Long: "+strings.Repeat("x", 40<<10))
	}
	total := 0
	for _, r := range s.Requests() {
		total += len(r.Path) + len(r.Refused) + len(r.RequestHeader.Get("X-Long")) + len(r.ResponseBody)
	}
	if n := len(s.Requests()); n != 320 || total > 17<<20 {
		t.Errorf("%d requests with %d bytes are kept", n, total)
	}
}

func TestNoSecretIsInTheLog(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithToken("pit-secret-of-a-test", "snapshots.readonly"))
	const form = "Content-Type: application/x-www-form-urlencoded"
	ask(t, s, "GET", "/snapshots/?companyId=pit-secret-of-a-test", "", "Authorization: Bearer pit-secret-of-a-test", "Cookie: pit-secret-of-a-test")
	ask(t, s, "GET", "/pit-secret-of-a-test", "", "Authorization: bearer pit-secret-of-a-test")
	ask(t, s, "GET", "/x?access_token=secret-1&a%63cess%5Ftoken=secret-2&code=secret-3", "", "Authorization: Basic secret-4")
	ask(t, s, "POST", "/oauth/token", "client_secret=secret-5&client%5Fsecret=secret-6&refresh_token=secret-7", form)
	ask(t, s, "POST", "/x", `{"refreshToken":"secret-8","nested":[{"clientSec\u0072et":"secret-9"}]}`)
	ask(t, s, "POST", "/x", "Bearer secret-10-and-more", "X-Extra: Bearer secret-11-and-more")
	ask(t, s, "POST", "/x", "", `X-Sandbox-Fault: {"body":"{\"access_token\":\"secret-12\"}","header":{"Content-Type":"application/json","Location":"/?code=secret-13"}}`)
	// Without an Authorization header, in each place and spelling.
	for _, target := range []string{
		"/snapshots/pit-secret-of-a-test", "/pit%2dsecret-of-a-test", "/x?a=pit-secret-of-a-test", "/x?a=%70it-secret-of-a-test",
		"/pit-0f0f0f0f-secret-0f0f", "/x;access_token=secret-14",
	} {
		ask(t, s, "GET", strings.Replace(target, "secret-0f0f", "5ec2e7-0f0f", 1), "", "Authorization: ", "Referer: http://x.test/?code=secret-15&a=b", "X-Api-Key: secret-16", "X-Note: pit-secret-of-a-test")
	}
	for _, body := range []string{
		"pit-secret-of-a-test", `{"a":"\u0070it-secret-of-a-test"}`, `{"a":1} {"refresh_token":"secret-17"}`, `{"refresh_token":"secret-18",}`,
		`{"refresh_token": "secret 19`, `{"a":"{\"client_secret\":\"secret-20\"}"}`, "client_secret=secret-21&x=y", `{"token":["secret-22",{"password":"secret-23"}]}`,
		"--b\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\nsecret-24\r\n--b--", `{"refresh_token":"secret-25","pad":"` + strings.Repeat("x", 2<<20) + `"}`,
		`{"clientSecret":"secret-26","message":"secret-26 is wrong"}`,
	} {
		ask(t, s, "POST", "/x", body, "Authorization: ", "Content-Type: text/plain")
		ask(t, s, "POST", "/x", body)
	}
	// Tokens that the sandbox issues, also in an answer that is cut.
	for _, cut := range []string{"40", "60", "1000"} {
		code := s.Authorize(sandbox.Access{})
		r, err := http.NewRequest("POST", "http://sandbox.test/oauth/token", strings.NewReader("client_id=sandbox-app&client_secret=sandbox-secret&grant_type=authorization_code&code="+code))
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, sandbox.FaultHeader: {"cut=" + cut}}
		if _, err := s.RoundTrip(r); err != nil {
			t.Fatal(err)
		}
	}
	ask(t, s, "GET", "/locations/sandbox-access-grant-1", "")
	ask(t, s, "GET", "/sandbox-refresh-grant-1", "", "Authorization: ")
	var har bytes.Buffer
	if err := s.WriteHAR(&har); err != nil {
		t.Fatal(err)
	}
	text := har.String()
	for _, r := range s.Requests() {
		text += fmt.Sprintf("%+v %s %s", r, r.RequestBody, r.ResponseBody)
	}
	for _, secret := range []string{"secret-", "secret 19", "5ec2e7", "sandbox-acc", "sandbox-ref", "sandbox-code"} {
		at := strings.Index(text, secret)
		if at < 0 {
			continue
		}
		t.Errorf("a secret is left: %s", text[max(0, at-200):min(len(text), at+50)])
	}
}

// Values that only look similar to secrets are in the log.
func TestOtherValuesAreNotRedacted(t *testing.T) {
	leak.Check(t)
	s := sandbox.New(sandbox.WithToken("reader"), sandbox.WithToken("locations"))
	const body = `{"statusCode":400,"message":"error code: 1010","code":7,"tokenType":"Bearer","nextPageToken":"20","name":"reader locations_of"}`
	ask(t, s, "POST", "/locations_of/reader?pageToken=40&postalCode=12345", body, "X-Note: token of a reader")
	r := s.Requests()[0]
	if r.Path != "/locations_of/reader" || r.Query != "pageToken=40&postalCode=12345" || r.RequestHeader.Get("X-Note") != "token of a reader" {
		t.Errorf("%+v", r)
	}
	if got, want := string(r.RequestBody), strings.Replace(body, `"code":7`, `"code":0`, 1); len(got) != len(want) || !strings.Contains(got, "error code: 1010") || !strings.Contains(got, `"code":0`) {
		t.Errorf("%s, want %s", got, want)
	}
}

// Redacting a body takes no longer when it has many secrets.
func TestBodyOfManySecretsIsRedactedQuickly(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	var form, list strings.Builder
	for n := range 60_000 {
		fmt.Fprintf(&form, "token=secret-%d&", n)
		fmt.Fprintf(&list, `{"token":"secret-%d"}`, n)
	}
	begun := time.Now()
	ask(t, s, "POST", "/x", form.String(), "Content-Type: application/x-www-form-urlencoded")
	ask(t, s, "POST", "/x", form.String(), "Content-Type: text/plain")
	ask(t, s, "POST", "/x", list.String())
	ask(t, s, "POST", "/x", strings.Repeat(`\u0070it-"token":'`, 50_000))
	ask(t, s, "POST", "/x", strings.Repeat(`name="token"`+"\n", 50_000), "Content-Type: multipart/form-data; boundary=form-data")
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	for _, r := range s.Requests() {
		if strings.Contains(string(r.RequestBody), "secret-") {
			t.Errorf("a secret is left: %.200s", r.RequestBody)
		}
	}
}

func TestLogKeepsTheCodesOfErrors(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	const body = `{"error":{"code":1010,"access_token":"secret"}}`
	fault, err := json.Marshal(sandbox.Fault{Status: 400, Body: body, Header: map[string]string{"Content-Type": "application/json"}})
	if err != nil {
		t.Fatal(err)
	}
	ask(t, s, "GET", "/snapshots/", "", sandbox.FaultHeader+": "+string(fault))
	if got, want := string(s.Requests()[0].ResponseBody), `{"error":{"access_token":"[token]","code":1010}}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestSubscriberSeesRequestsAsTheyAreAnswered(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	requests, stop := s.Subscribe(2)
	for range 4 { // two of them do not fit, and nobody waits for them
		ask(t, s, "GET", "/snapshots/", "")
	}
	stop()
	stop()
	ask(t, s, "GET", "/snapshots/", "")
	var ids []int64
	for r := range requests {
		ids = append(ids, r.ID)
	}
	if fmt.Sprint(ids) != "[1 2]" {
		t.Errorf("seen: %v", ids)
	}
}

func TestLogBecomesAHARFile(t *testing.T) {
	leak.Check(t)
	s := sandbox.New()
	ask(t, s, "POST", "/snapshots/share/link?companyId="+sandbox.CompanyID, `{"snapshot_id":"`+sandbox.Snapshot1+`","share_type":"link"}`)
	var text bytes.Buffer
	if err := s.WriteHAR(&text); err != nil {
		t.Fatal(err)
	}
	var har struct {
		Log struct {
			Version string
			Entries []struct {
				StartedDateTime string
				Time            float64
				Request         struct {
					Method, URL string
					PostData    struct{ MimeType, Text string }
					QueryString []struct{ Name, Value string }
					Headers     []struct{ Name, Value string }
				}
				Response struct {
					Status  int
					Content struct {
						Size           int
						MimeType, Text string
					}
				}
			}
		}
	}
	if err := json.Unmarshal(text.Bytes(), &har); err != nil {
		t.Fatal(err)
	}
	e := har.Log.Entries[0]
	var link api.ShareLink
	if err := json.Unmarshal([]byte(e.Response.Content.Text), &link); err != nil || link.URL == "" || e.Response.Status != 201 || e.Response.Content.Size != len(e.Response.Content.Text) {
		t.Errorf("answer: %v %+v", err, e.Response)
	}
	if har.Log.Version != "1.2" || e.Request.URL != "http://sandbox.test/snapshots/share/link?companyId="+sandbox.CompanyID || e.Request.PostData.MimeType != "application/json" ||
		!strings.Contains(e.Request.PostData.Text, `"share_type":"link"`) || len(e.Request.QueryString) != 1 || len(e.Request.Headers) != 3 || e.StartedDateTime == "" {
		t.Errorf("request: %+v", e)
	}
}
