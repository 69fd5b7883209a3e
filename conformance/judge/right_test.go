package judge_test

import (
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

var snapshotsBase = base{"Authorization": "Bearer pit-0", "Version": "2021-07-28", "Accept": "application/json", "User-Agent": "x"}

const (
	list   = "/snapshots/?companyId=c"
	create = "/snapshots/share/link?companyId=c"
	pushes = "/snapshots/snapshot-status/s?companyId=c&from=2022-10-10T00:00:00Z&to=2023-12-18T23:59:00.5%2B01:00"
	latest = "/snapshots/snapshot-status/s/location/l?companyId=c"
	isJSON = "Content-Type: application/json"
	good   = `{"snapshot_id":"s","share_type":"link"}`
)

// right are messages that must not be refused.
var right = map[string]message{
	"list":                         {"GET", list, nil, "", 0},
	"version v3":                   {"GET", list, []string{"=Version: v3"}, "", 0},
	"bearer in small letters":      {"GET", list, []string{"=Authorization: bearer abc.def-_~+/=="}, "", 0},
	"standard headers":             {"GET", list, []string{"Accept-Language: de", "Traceparent: 00-1-2-01", "Cache-Control: no-cache", "X-Request-Id: 1"}, "", 0},
	"several Accept values":        {"GET", list, []string{"=Accept: text/html", "Accept: application/*;q=0.5"}, "", 0},
	"no Accept":                    {"GET", list, []string{"-Accept"}, "", 0},
	"Content-Type without a body":  {"GET", list, []string{isJSON}, "", 0},
	"escaped slash in a value":     {"GET", "/snapshots/snapshot-status/a%2Fb/location/%3F%23?companyId=c", nil, "", 0},
	"dots inside a value":          {"GET", "/snapshots/snapshot-status/a..b/location/...?companyId=c", nil, "", 0},
	"unicode value":                {"GET", "/snapshots/?companyId=%E6%97%A5%20%F0%9F%98%80", nil, "", 0},
	"plus as a space":              {"GET", "/snapshots/?companyId=a+b", nil, "", 0},
	"value with = in it":           {"GET", "/snapshots/?companyId=a=b", nil, "", 0},
	"pushes":                       {"GET", pushes + "&lastDoc=x&limit=1", nil, "", 0},
	"leap second":                  {"GET", "/snapshots/snapshot-status/s?companyId=c&from=2016-12-31T23:59:60Z&to=2017-01-01T00:00:00Z", nil, "", 0},
	"latest":                       {"GET", latest, nil, "", 0},
	"create":                       {"POST", create, []string{isJSON}, good, 0},
	"create with a charset":        {"POST", create, []string{"Content-Type: application/json; charset=UTF-8"}, good, 0},
	"create with space around":     {"POST", create, []string{isJSON}, " \n" + good + "\r\n\t", 0},
	"same key in another object":   {"POST", create, []string{isJSON}, good, 0},
	"empty optional text":          {"POST", create, []string{isJSON}, `{"snapshot_id":"","share_type":"link","share_location_id":""}`, 0},
	"surrogate pair":               {"POST", create, []string{isJSON}, `{"snapshot_id":"\ud83d\ude00 \\ud800 \"","share_type":"link"}`, 0},
	"answer":                       {"GET", list, nil, `{"snapshots":[{"id":"1","name":"n","type":"own"},{}]}`, 200},
	"empty object":                 {"GET", list, nil, `{}`, 200},
	"created":                      {"POST", create, []string{"=Content-Type: application/json; charset=utf-8"}, `{"id":"1","shareLink":"https://x"}`, 201},
	"page without pushes":          {"GET", pushes, nil, `{"data":[]}`, 200},
	"any text as a date":           {"GET", pushes, nil, `{"data":[{"dateAdded":"10/28/2022, 6:24:54 PM"}]}`, 200},
	"lists":                        {"GET", latest, nil, `{"data":{"completed":[],"pending":["a","a"]}}`, 200},
	"refusal":                      {"GET", list, nil, `{"statusCode":400,"message":"m"}`, 400},
	"401":                          {"GET", list, nil, `{"statusCode":401,"message":"m","error":"e"}`, 401},
	"422 with a list":              {"GET", list, nil, `{"statusCode":422,"message":["a","b"],"error":"e"}`, 422},
	"422 with a text":              {"GET", list, nil, `{"message":"a"}`, 422},
	"rate and gateway headers":     {"GET", list, []string{"X-RateLimit-Remaining: 1", "CF-Ray: 1", "Set-Cookie: a=1", "Set-Cookie: b=2", "Server: x", "ETag: w"}, `{}`, 200},
	"long value":                   {"GET", "/snapshots/?companyId=" + long, nil, "", 0},
	"percent of a letter in route": {"GET", "/%73napshots/?companyId=c", nil, "", 0},
}

var long = func() string {
	b := make([]byte, 5000)
	for i := range b {
		b[i] = 'x'
	}
	return string(b)
}()

var shapesBase = base{"X-Key": "k"}

const total = "X-Total: 3"

var rightShapes = map[string]message{
	"no parameters":             {"GET", "/pets", nil, "", 0},
	"below the server's path":   {"GET", "/base/v1/pets", nil, "", 0},
	"list parameter twice":      {"GET", "/pets?tags=a&tags=b", nil, "", 0},
	"list in one parameter":     {"GET", "/pets?ids=1,2,3", nil, "", 0},
	"deep object":               {"GET", "/pets?filter%5Bcolor%5D=blue", nil, "", 0},
	"exploded object":           {"GET", "/pets?near=here", nil, "", 0},
	"boolean and number":        {"GET", "/pets?alive=false&weight=-1.5e3", nil, "", 0},
	"empty where allowed":       {"GET", "/pets?blank=", nil, "", 0},
	"date":                      {"GET", "/pets?born=2024-02-29", nil, "", 0},
	"list header and cookie":    {"GET", "/pets", []string{"X-Trace: a,b", "X-One: 1", "Cookie: session=1"}, "", 0},
	"part of a segment":         {"GET", "/pets/7.json", []string{"-X-Key"}, "", 0},
	"fixed before pattern":      {"GET", "/pets/first.json", nil, "", 0},
	"basic":                     {"POST", "/login", []string{"-X-Key", "Authorization: Basic YTpi", "Content-Type: application/x-www-form-urlencoded"}, "user=a&scopes=b&scopes=c", 0},
	"key in a cookie":           {"POST", "/login", []string{"-X-Key", "Cookie: auth=1", "Content-Type: application/x-www-form-urlencoded"}, "user=a", 0},
	"key in the query":          {"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: multipart/form-data; boundary=b"}, "--b\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nhi\r\n--b--\r\n", 0},
	"composed":                  {"POST", "/pets", []string{isJSON}, `{"lives":9,"name":null}`, 0},
	"value inside its like":     {"POST", "/pets", []string{isJSON}, `{"barks":true,"mate":{"barks":true,"mate":{"barks":false}}}`, 0},
	"free-form and labels":      {"POST", "/pets", []string{isJSON}, `{"barks":true,"notes":{"any":{"thing":1}},"labels":{"x":{"name":"n"}},"closed":{},"puppies":[{"name":"a"},{"name":"a"}]}`, 0},
	"formats":                   {"POST", "/pets", []string{isJSON}, `{"barks":true,"born":"2024-02-29","seen":"2024-02-29T00:00:00.123Z","chip":"123e4567-e89b-12d3-a456-426614174000","mail":"a@b.c","page":"https://x/y"}`, 0},
	"declared header":           {"GET", "/pets", []string{total}, `[{"barks":true,"id":1}]`, 200},
	"default answer":            {"GET", "/pets", []string{"=Content-Type: application/problem+json"}, `{"any":1}`, 503},
	"redirect with its body":    {"GET", "/pets", []string{"Location: /x"}, `{"to":"/x"}`, 301},
	"status range":              {"GET", "/pets/7.json", []string{"=Content-Type: text/plain"}, `hello`, 203},
	"no content":                {"POST", "/pets", nil, "", 204},
	"nothing where none is due": {"GET", "/pets/first.json", nil, "", 200},
}

func TestRightMessagesAreNotRefused(t *testing.T) {
	for _, set := range []struct {
		of       string
		messages map[string]message
		judge    *judge.Judge
		base     base
	}{
		{"snapshots", right, snapshotsJudge(t), snapshotsBase},
		{"wire", rightOnTheWire, snapshotsJudge(t), snapshotsBase},
		{"bodies", rightBodies, snapshotsJudge(t), snapshotsBase},
		{"shapes", rightShapes, shapesJudge(t), shapesBase},
		{"styles", rightStyled, stylesJudge(t), nil},
	} {
		for name, m := range set.messages {
			if v := m.judge(t, set.judge, set.base); !v.OK() {
				t.Errorf("%s: %s: %v", set.of, name, v.Err())
			}
		}
	}
}
