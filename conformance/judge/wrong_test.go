package judge_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/conformance/judge"
)

// wrongs are messages that must be refused, and the rule that must refuse them.
type wrongs map[string]struct {
	message
	rule judge.Rule
}

// wrong are right messages with one change.
var wrong = wrongs{
	"unknown path":               {message{"GET", "/snapshot/?companyId=c", nil, "", 0}, judge.Path},
	"no slash at the end":        {message{"GET", "/snapshots?companyId=c", nil, "", 0}, judge.Path},
	"slash too many":             {message{"POST", "/snapshots/share/link/?companyId=c", []string{isJSON}, good, 0}, judge.Path},
	"double slash":               {message{"GET", "//snapshots/?companyId=c", nil, "", 0}, judge.Path},
	"capital in the path":        {message{"GET", "/Snapshots/?companyId=c", nil, "", 0}, judge.Path},
	"empty path value":           {message{"GET", "/snapshots/snapshot-status//location/l?companyId=c", nil, "", 0}, judge.Path},
	"unescaped slash in a value": {message{"GET", "/snapshots/snapshot-status/a/b/location/l?companyId=c", nil, "", 0}, judge.Path},
	"wrong method":               {message{"PUT", create, []string{isJSON}, good, 0}, judge.Method},
	"HEAD for GET":               {message{"HEAD", list, nil, "", 0}, judge.Method},
	"dot segment":                {message{"GET", "/snapshots/snapshot-status/../location/l?companyId=c", nil, "", 0}, judge.PathSegment},
	"escaped dot segment":        {message{"GET", "/snapshots/snapshot-status/s/location/%2e%2E?companyId=c", nil, "", 0}, judge.PathSegment},
	"line end in a path value":   {message{"GET", "/snapshots/snapshot-status/s%0d%0a/location/l?companyId=c", nil, "", 0}, judge.PathSegment},

	"undeclared query":           {message{"GET", list + "&page=2", nil, "", 0}, judge.UndeclaredQuery},
	"query in another case":      {message{"GET", list + "&CompanyId=c", nil, "", 0}, judge.UndeclaredQuery},
	"brackets after a name":      {message{"GET", list + "&companyId[]=c", nil, "", 0}, judge.UndeclaredQuery},
	"another operation's query":  {message{"GET", latest + "&limit=1", nil, "", 0}, judge.UndeclaredQuery},
	"body's field in the query":  {message{"POST", create + "&snapshot_id=s", []string{isJSON}, good, 0}, judge.UndeclaredQuery},
	"repeated query":             {message{"GET", list + "&companyId=c", nil, "", 0}, judge.RepeatedQuery},
	"empty query":                {message{"GET", "/snapshots/?companyId=", nil, "", 0}, judge.EmptyQuery},
	"query without =":            {message{"GET", "/snapshots/?companyId", nil, "", 0}, judge.EmptyQuery},
	"empty optional query":       {message{"GET", pushes + "&lastDoc=", nil, "", 0}, judge.EmptyQuery},
	"bad escape":                 {message{"GET", "/snapshots/?companyId=%zz", nil, "", 0}, judge.MalformedQuery},
	"semicolon":                  {message{"GET", "/snapshots/?companyId=c;x=1", nil, "", 0}, judge.MalformedQuery},
	"empty pair":                 {message{"GET", "/snapshots/?&companyId=c", nil, "", 0}, judge.MalformedQuery},
	"query that is not UTF-8":    {message{"GET", "/snapshots/?companyId=%ff", nil, "", 0}, judge.Unicode},
	"missing query":              {message{"GET", "/snapshots/", nil, "", 0}, judge.Schema},
	"limit of zero":              {message{"GET", pushes + "&limit=0", nil, "", 0}, judge.Schema},
	"limit in words":             {message{"GET", pushes + "&limit=ten", nil, "", 0}, judge.NumberForm},
	"limit with a sign":          {message{"GET", pushes + "&limit=%2B5", nil, "", 0}, judge.NumberForm},
	"limit with a zero in front": {message{"GET", pushes + "&limit=05", nil, "", 0}, judge.NumberForm},
	"limit with a fraction":      {message{"GET", pushes + "&limit=1.0", nil, "", 0}, judge.NumberForm},
	"date of another format":     {message{"GET", "/snapshots/snapshot-status/s?companyId=c&from=10-10-2022+12:00+AM&to=2023-12-18T23:59:00Z", nil, "", 0}, judge.Schema},
	"day that does not exist":    {message{"GET", "/snapshots/snapshot-status/s?companyId=c&from=2022-02-30T00:00:00Z&to=2023-12-18T23:59:00Z", nil, "", 0}, judge.Format},

	"undeclared header":      {message{"GET", list, []string{"X-Company: c"}, "", 0}, judge.UndeclaredHeader},
	"method override":        {message{"GET", list, []string{"X-HTTP-Method-Override: DELETE"}, "", 0}, judge.UndeclaredHeader},
	"parameter as a header":  {message{"GET", list, []string{"CompanyId: c"}, "", 0}, judge.UndeclaredHeader},
	"repeated header":        {message{"GET", list, []string{"Version: v3"}, "", 0}, judge.RepeatedHeader},
	"repeated User-Agent":    {message{"GET", list, []string{"User-Agent: y"}, "", 0}, judge.RepeatedHeader},
	"empty header":           {message{"GET", list, []string{"=Version: "}, "", 0}, judge.EmptyHeader},
	"unknown version":        {message{"GET", list, []string{"=Version: 2023-02-21"}, "", 0}, judge.Schema},
	"missing version":        {message{"GET", list, []string{"-Version"}, "", 0}, judge.Schema},
	"undeclared cookie":      {message{"GET", list, []string{"Cookie: session=1"}, "", 0}, judge.UndeclaredCookie},
	"no credentials":         {message{"GET", list, []string{"-Authorization"}, "", 0}, judge.Credentials},
	"credentials twice":      {message{"GET", list, []string{"Authorization: Bearer other"}, "", 0}, judge.Credentials},
	"basic for bearer":       {message{"GET", list, []string{"=Authorization: Basic YTpi"}, "", 0}, judge.Credentials},
	"token without Bearer":   {message{"GET", list, []string{"=Authorization: pit-0"}, "", 0}, judge.Credentials},
	"Bearer twice":           {message{"GET", list, []string{"=Authorization: Bearer Bearer pit-0"}, "", 0}, judge.Credentials},
	"Bearer without a token": {message{"GET", list, []string{"=Authorization: Bearer "}, "", 0}, judge.Credentials},
	"token in the query":     {message{"GET", list + "&access_token=t", nil, "", 0}, judge.UndeclaredQuery},
	"Accept of a picture":    {message{"GET", list, []string{"=Accept: image/png"}, "", 0}, judge.Accept},
	"Accept refuses JSON":    {message{"GET", list, []string{"=Accept: text/html, application/json;q=0"}, "", 0}, judge.Accept},

	"body on a GET":           {message{"GET", list, []string{isJSON}, `{}`, 0}, judge.UndeclaredBody},
	"no body":                 {message{"POST", create, []string{isJSON}, "", 0}, judge.Schema},
	"no media type":           {message{"POST", create, nil, good, 0}, judge.MediaType},
	"another media type":      {message{"POST", create, []string{"Content-Type: text/plain"}, good, 0}, judge.MediaType},
	"form for JSON":           {message{"POST", create, []string{"Content-Type: application/x-www-form-urlencoded"}, "snapshot_id=s&share_type=link", 0}, judge.MediaType},
	"malformed media type":    {message{"POST", create, []string{"Content-Type: application/json;;"}, good, 0}, judge.MediaType},
	"media type twice":        {message{"POST", create, []string{isJSON, isJSON}, good, 0}, judge.MediaType},
	"another charset":         {message{"POST", create, []string{"Content-Type: application/json; charset=latin1"}, good, 0}, judge.MediaType},
	"compressed":              {message{"POST", create, []string{isJSON, "Content-Encoding: gzip"}, good, 0}, judge.Encoding},
	"wrong length":            {message{"POST", create, []string{isJSON, "Content-Length: 5"}, good, 0}, judge.Length},
	"not JSON":                {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s",}`, 0}, judge.MalformedJSON},
	"cut off":                 {message{"POST", create, []string{isJSON}, good[:20], 0}, judge.MalformedJSON},
	"single quotes":           {message{"POST", create, []string{isJSON}, `{'snapshot_id':'s'}`, 0}, judge.MalformedJSON},
	"trailing data":           {message{"POST", create, []string{isJSON}, good + "x", 0}, judge.TrailingData},
	"second value":            {message{"POST", create, []string{isJSON}, good + "\n" + good, 0}, judge.TrailingData},
	"trailing bracket":        {message{"POST", create, []string{isJSON}, good + "}", 0}, judge.TrailingData},
	"trailing zero byte":      {message{"POST", create, []string{isJSON}, good + "\x00", 0}, judge.TrailingData},
	"duplicate key":           {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s","share_type":"link","share_type":"link"}`, 0}, judge.DuplicateKey},
	"duplicate key, escaped":  {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s","share_type":"link","share_typ\u0065":"link"}`, 0}, judge.DuplicateKey},
	"byte order mark":         {message{"POST", create, []string{isJSON}, "\xef\xbb\xbf" + good, 0}, judge.Unicode},
	"body that is not UTF-8":  {message{"POST", create, []string{isJSON}, "{\"snapshot_id\":\"\xff\",\"share_type\":\"link\"}", 0}, judge.Unicode},
	"lone surrogate":          {message{"POST", create, []string{isJSON}, `{"snapshot_id":"\ud800","share_type":"link"}`, 0}, judge.Unicode},
	"surrogates turned round": {message{"POST", create, []string{isJSON}, `{"snapshot_id":"\ude00\ud83d","share_type":"link"}`, 0}, judge.Unicode},
	"companyId in the body":   {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s","share_type":"link","companyId":"c"}`, 0}, judge.ExtraKey},
	"key in another case":     {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s","share_type":"link","Snapshot_ID":"s"}`, 0}, judge.ExtraKey},
	"missing key":             {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s"}`, 0}, judge.Schema},
	"unknown enum value":      {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s","share_type":"Link"}`, 0}, judge.Schema},
	"list for a text":         {message{"POST", create, []string{isJSON}, `{"snapshot_id":"s","share_type":"agency_link","relationship_number":["1"]}`, 0}, judge.Schema},
	"null":                    {message{"POST", create, []string{isJSON}, `{"snapshot_id":null,"share_type":"link"}`, 0}, judge.Schema},
	"null for everything":     {message{"POST", create, []string{isJSON}, `null`, 0}, judge.Schema},
	"list for an object":      {message{"POST", create, []string{isJSON}, `[` + good + `]`, 0}, judge.Schema},

	"undocumented status":       {message{"GET", list, nil, `{}`, 204}, judge.Status},
	"200 for 201":               {message{"POST", create, nil, `{"id":"1"}`, 200}, judge.Status},
	"undocumented redirect":     {message{"GET", list, nil, "", 301}, judge.Status},
	"not modified":              {message{"GET", list, nil, "", 304}, judge.Status},
	"server fault":              {message{"GET", list, nil, `{}`, 500}, judge.Status},
	"empty answer":              {message{"GET", list, []string{isJSON}, "", 200}, judge.EmptyBody},
	"answer without media type": {message{"GET", list, []string{"-Content-Type"}, `{}`, 200}, judge.MediaType},
	"HTML answer":               {message{"GET", list, []string{"=Content-Type: text/html"}, `<html>`, 200}, judge.MediaType},
	"extra key in an answer":    {message{"POST", create, nil, `{"id":"1","link":"x"}`, 201}, judge.ExtraKey},
	"extra key in a list":       {message{"GET", list, nil, `{"snapshots":[{"id":"1"},{"owner":"x"}]}`, 200}, judge.ExtraKey},
	"extra key in a refusal":    {message{"GET", list, nil, `{"statusCode":400,"message":"m","error":"e"}`, 400}, judge.ExtraKey},
	"wrong envelope":            {message{"GET", pushes, nil, `{"pushes":[]}`, 200}, judge.ExtraKey},
	"no envelope":               {message{"GET", pushes, nil, `[]`, 200}, judge.Schema},
	"object for a list":         {message{"GET", pushes, nil, `{"data":{}}`, 200}, judge.Schema},
	"text for a list":           {message{"GET", latest, nil, `{"data":{"completed":"['a']"}}`, 200}, judge.Schema},
	"number in a list of texts": {message{"GET", latest, nil, `{"data":{"completed":["a",1]}}`, 200}, judge.Schema},
	"null in an answer":         {message{"GET", list, nil, `{"snapshots":null}`, 200}, judge.Schema},
	"text for a number":         {message{"GET", list, nil, `{"statusCode":"400"}`, 400}, judge.Schema},
	"fraction for an integer":   {message{"GET", list, nil, `{"statusCode":400.5}`, 400}, judge.Schema},
	"number in 422's choice":    {message{"GET", list, nil, `{"message":7}`, 422}, judge.Schema},
	"trailing data in answer":   {message{"GET", list, nil, `{}{}`, 200}, judge.TrailingData},
	"duplicate key in answer":   {message{"GET", list, nil, `{"snapshots":[{"id":"1","id":"2"}]}`, 200}, judge.DuplicateKey},
	"undeclared answer header":  {message{"GET", list, []string{"X-Debug: 1"}, `{}`, 200}, judge.UndeclaredHeader},
	"encoding not asked for":    {message{"GET", list, []string{"Content-Encoding: br"}, `{}`, 200}, judge.Encoding},
	"answer of wrong length":    {message{"GET", list, []string{"Content-Length: 99"}, `{}`, 200}, judge.Length},
}

var wrongShapes = wrongs{
	"undeclared deep key":         {message{"GET", "/pets?filter[size]=1", nil, "", 0}, judge.UndeclaredQuery},
	"deep key twice":              {message{"GET", "/pets?filter[color]=red&filter[color]=blue", nil, "", 0}, judge.RepeatedQuery},
	"object's own name":           {message{"GET", "/pets?filter=red", nil, "", 0}, judge.UndeclaredQuery},
	"joined list twice":           {message{"GET", "/pets?ids=1&ids=2", nil, "", 0}, judge.RepeatedQuery},
	"boolean in capitals":         {message{"GET", "/pets?alive=TRUE", nil, "", 0}, judge.NumberForm},
	"boolean as a digit":          {message{"GET", "/pets?alive=1", nil, "", 0}, judge.NumberForm},
	"hexadecimal number":          {message{"GET", "/pets?weight=0x10", nil, "", 0}, judge.NumberForm},
	"not a number":                {message{"GET", "/pets?weight=NaN", nil, "", 0}, judge.NumberForm},
	"day that does not exist":     {message{"GET", "/pets?born=2023-02-29", nil, "", 0}, judge.Format},
	"header that is no list":      {message{"GET", "/pets", []string{"X-One: 1", "X-One: 2"}, "", 0}, judge.RepeatedHeader},
	"empty optional header":       {message{"GET", "/pets", []string{"X-One: "}, "", 0}, judge.EmptyHeader},
	"cookie twice":                {message{"GET", "/pets", []string{"Cookie: session=1; session=2"}, "", 0}, judge.RepeatedHeader},
	"no key":                      {message{"GET", "/pets", []string{"-X-Key"}, "", 0}, judge.Credentials},
	"bearer where a key is due":   {message{"GET", "/pets", []string{"Authorization: Bearer x"}, "", 0}, judge.Credentials},
	"credentials without need":    {message{"GET", "/pets/7.json", []string{"-X-Key", "Authorization: Bearer x"}, "", 0}, judge.Credentials},
	"key without need":            {message{"GET", "/pets/7.json", nil, "", 0}, judge.UndeclaredHeader},
	"basic that is not base64":    {message{"POST", "/login", []string{"-X-Key", "Authorization: Basic a:b", "Content-Type: application/x-www-form-urlencoded"}, "user=a", 0}, judge.Credentials},
	"key twice in the query":      {message{"POST", "/login?auth=1&auth=2", []string{"-X-Key", "Content-Type: application/x-www-form-urlencoded"}, "user=a", 0}, judge.Credentials},
	"undeclared form field":       {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: application/x-www-form-urlencoded"}, "user=a&admin=1", 0}, judge.ExtraKey},
	"form field twice":            {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: application/x-www-form-urlencoded"}, "user=a&user=b", 0}, judge.MalformedForm},
	"malformed form":              {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: application/x-www-form-urlencoded"}, "user=%zz", 0}, judge.MalformedForm},
	"form without its field":      {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: application/x-www-form-urlencoded"}, "scopes=a", 0}, judge.Schema},
	"multipart without its end":   {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: multipart/form-data; boundary=b"}, "--b\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nhi", 0}, judge.MalformedForm},
	"multipart, undeclared":       {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: multipart/form-data; boundary=b"}, "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nhi\r\n--b--\r\n", 0}, judge.ExtraKey},
	"multipart without boundary":  {message{"POST", "/login?auth=1", []string{"-X-Key", "Content-Type: multipart/form-data"}, "x", 0}, judge.MediaType},
	"both choices":                {message{"POST", "/pets", []string{isJSON}, `{"lives":9,"barks":true}`, 0}, judge.Schema},
	"extra key in a composition":  {message{"POST", "/pets", []string{isJSON}, `{"lives":9,"nom":"x"}`, 0}, judge.ExtraKey},
	"extra key below a label":     {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"labels":{"x":{"nom":"n"}}}`, 0}, judge.ExtraKey},
	"extra key in a list's item":  {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"puppies":[{"nom":"n"}]}`, 0}, judge.ExtraKey},
	"wrong value inside its like": {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"mate":{"barks":true,"mate":{"barks":"loud"}}}`, 0}, judge.Schema},
	"extra key inside its like":   {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"mate":{"barks":true,"meows":true}}`, 0}, judge.ExtraKey},
	"key in a closed object":      {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"closed":{"a":1}}`, 0}, judge.Schema},
	"read-only key in a request":  {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"id":1}`, 0}, judge.Schema},
	"write-only key in an answer": {message{"GET", "/pets", []string{total}, `[{"barks":true,"secret":"x"}]`, 200}, judge.Schema},
	"moment out of a text":        {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"seen":"2023-02-29T00:00:00Z"}`, 0}, judge.Format},
	"uuid":                        {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"chip":"123e4567"}`, 0}, judge.Format},
	"email":                       {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"mail":"a at b"}`, 0}, judge.Format},
	"uri":                         {message{"POST", "/pets", []string{isJSON}, `{"barks":true,"page":"x/y"}`, 0}, judge.Format},
	"required answer header":      {message{"GET", "/pets", nil, `[]`, 200}, judge.Schema},
	"answer header of wrong type": {message{"GET", "/pets", []string{"X-Total: many"}, `[]`, 200}, judge.Schema},
	"answer header twice":         {message{"GET", "/pets", []string{total, total}, `[]`, 200}, judge.RepeatedHeader},
	"wrong body of a redirect":    {message{"GET", "/pets", nil, `{"to":7}`, 301}, judge.Schema},
	"content with no content":     {message{"POST", "/pets", nil, `{}`, 204}, judge.UndeclaredBody},
	"body where none is due":      {message{"GET", "/pets/first.json", nil, `{}`, 200}, judge.UndeclaredBody},
}

var update = flag.Bool("update", false, "write docs/judge.md")

func TestWrongMessagesAreRefusedByTheirRule(t *testing.T) {
	proof := map[judge.Rule]string{judge.UnreadableExchange: "a body that breaks off"} // see TestBodyThatBreaksOff
	count := map[judge.Rule]int{judge.UnreadableExchange: 2}
	for _, set := range []struct {
		of       string
		messages wrongs
		judge    func(testing.TB, ...judge.Option) *judge.Judge
		base     base
	}{
		{"snapshots", wrong, snapshotsJudge, snapshotsBase},
		{"wire", wrongOnTheWire, snapshotsJudge, snapshotsBase},
		{"bodies", wrongBodies, snapshotsJudge, snapshotsBase},
		{"shapes", wrongShapes, shapesJudge, shapesBase},
		{"styles", wrongStyled, stylesJudge, nil},
	} {
		j := set.judge(t)
		for _, name := range slices.Sorted(maps.Keys(set.messages)) {
			m := set.messages[name]
			v := m.judge(t, j, set.base)
			if !v.Has(m.rule) {
				t.Errorf("%s: %s: want rule %s, got: %v", set.of, name, m.rule, v.Err())
			}
			count[m.rule]++
			without := m.judge(t, set.judge(t, judge.Without(m.rule)), set.base)
			if without.Has(m.rule) {
				t.Errorf("%s: %s: rule %s speaks although it is off", set.of, name, m.rule)
			}
			// A judge that lacks the rule is its mutant; it accepts the message, so that nothing else would have refused it.
			if without.OK() && proof[m.rule] == "" {
				proof[m.rule] = name
			}
		}
	}
	var table strings.Builder
	table.WriteString("# Rules of the judge\n\nWhat is refused, and a message that passes as soon as the rule is off. Written by `go test ./conformance/judge -update`.\n\n" +
		"| rule | refuses | wrong messages | passes without it |\n|---|---|---|---|\n")
	for _, r := range judge.Rules() {
		if proof[r.Rule] == "" {
			t.Errorf("rule %s has no wrong message that only it refuses", r.Rule)
		}
		fmt.Fprintf(&table, "| `%s` | %s | %d | %s |\n", r.Rule, r.Text, count[r.Rule], proof[r.Rule])
	}
	const file = "../../docs/judge.md"
	if *update {
		if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != table.String() {
		t.Errorf("%s differs from the results of the tests; go test ./conformance/judge -run %s -update writes it", file, t.Name())
	}
}
