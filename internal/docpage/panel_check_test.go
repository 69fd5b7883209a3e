package docpage_test

import (
	"strings"
	"testing"

	"github.com/highlevel-go/snapshots/internal/docpage"
)

const kettlePage = `# Boil kettle

~~~
PUT https://api.example.com/kettles/:kettleId
~~~

### Requirements

#### Scope(s)

§kettles.write§

## Request

### Header Parameters

**Version** stringrequired

**Possible values:** \[ §v1§, §v2§\]

### Path Parameters

**kettleId** stringrequired

### Query Parameters

**loud** boolean

- application/json

### Body **required**

**degrees** numberrequired

Example:§90§

## Responses

- 200

Boiling

- application/json

- Schema
- Example (auto)

**Schema**

**id** string

~~~
{
  "id": "string"
}
~~~

## Share your feedback

#### Authorization: Authorization

~~~
name: Authorizationtype: httpscopes: kettles.writescheme: bearerbearerFormat: JWTin: header
~~~

- curl

~~~
curl -L -X PUT 'https://api.example.com/kettles/:kettleId' \
-H 'Content-Type: application/json' \
-H 'Accept: application/json' \
-H 'Authorization: Bearer <TOKEN>' \
-d '{
  "degrees": 90
}'
~~~

Request Collapse all

Base URL

Edit

https://api.example.com

Auth

Bearer Token

Parameters

kettleId — pathrequired

Version — headerrequired

\-\-\-v1v2

Show optional parameters

loud — query

\-\-\-truefalse

Body required

~~~
{
  "degrees": 90
}
~~~

Send API Request

ResponseClear
`

const loginPage = `# Log in

~~~
POST https://api.example.com/login
~~~

## Request

- application/x-www-form-urlencoded

### Body **required**

**user** stringrequired

**kind** string

**Possible values:** \[ §cook§, §guest§\]

## Responses

- 204

Done

## Share your feedback

- curl

~~~
curl -L -X POST 'https://api.example.com/login' \
-H 'Content-Type: application/x-www-form-urlencoded'
~~~

Request Collapse all

Base URL

https://api.example.com

Body required

userrequired

kind

\-\-\-cookguest

Send API Request
`

func markdown(text string) string {
	return strings.NewReplacer("§", "`", "~~~", "```").Replace(text)
}

// The sample call and the form are made from the same document as the page, so that a page which was changed in one place
// only gives itself away.
func TestWhatStandsBesideTheDocumentationIsHeldAgainstIt(t *testing.T) {
	for _, c := range []struct{ name, page, old, new, issue string }{
		{"nothing changed", kettlePage, "", "", ""},
		{"nothing changed in a form of fields", loginPage, "", "", ""},
		{"a footer", kettlePage, "ResponseClear\n", "ResponseClear\n\nNext\n\nHow to pour\n\nCopyright of nobody\n", ""},

		{"another host in the call", kettlePage, "-X PUT 'https://api.", "-X PUT 'https://apis.", "contradiction: the sample call goes to https://apis.example.com/kettles/:kettleId"},
		{"another parameter in the call's path", kettlePage, "/:kettleId' ", "/:potId' ", "contradiction: the sample call goes to"},
		{"another method", kettlePage, "-X PUT", "-X PATCH", "contradiction: the sample call sends PATCH"},
		{"no method", kettlePage, " -X PUT", "", "contradiction: the sample call sends POST"},
		{"a query that the tables lack", kettlePage, "/:kettleId' ", "/:kettleId?quiet=1' ", "contradiction: the sample call sends the query parameter quiet"},
		{"another media type sent", kettlePage, "Content-Type: application/json", "Content-Type: text/csv", "contradiction: the sample call has the header Content-Type: text/csv"},
		{"no media type sent", kettlePage, "-H 'Content-Type: application/json' \\\n", "", "contradiction: the sample call has no header Content-Type"},
		{"another media type asked for", kettlePage, "Accept: application/json", "Accept: text/csv", "contradiction: the sample call has the header Accept: text/csv"},
		{"no media type asked for", kettlePage, "-H 'Accept: application/json' \\\n", "", "contradiction: the sample call has no header Accept"},
		{"no token", kettlePage, "-H 'Authorization: Bearer <TOKEN>' \\\n", "", "contradiction: the sample call does not send a bearer token"},
		{"another kind of token", kettlePage, "Authorization: Bearer", "Authorization: Basic", "contradiction: the sample call does not send a bearer token"},
		{"a header that the tables lack", kettlePage, "-H 'Accept", "-H 'X-Steam: yes' \\\n-H 'Accept", "contradiction: the sample call sends the header X-Steam"},
		{"another body in the call", kettlePage, "-d '{\n  \"degrees\": 90", "-d '{\n  \"degrees\": 91", "contradiction: the sample call sends another body"},
		{"a body in the call that does not end", kettlePage, "90\n}'\n", "90\n", "contradiction: the sample call sends another body"},
		{"a word in the call that means nothing", kettlePage, "-X PUT", "-X PUT --boil", `contradiction: a part of the sample call that was not understood: "--boil"`},
		{"other scopes", kettlePage, "scopes: kettles.write", "scopes: kettles.read", `contradiction: the panel names the scopes ["kettles.read"]`},

		{"another base", kettlePage, "\nhttps://api.example.com\n", "\nhttps://api.example.org\n", "contradiction: the form's base URL is https://api.example.org"},
		{"a parameter that the form lacks", kettlePage, "kettleId — pathrequired\n", "", "contradiction: the tables have the path parameter kettleId, the form does not"},
		{"a parameter that the tables lack", kettlePage, "loud — query\n", "loud — query\n\nquiet — query\n", "contradiction: the form has the query parameter quiet"},
		{"a parameter elsewhere", kettlePage, "loud — query\n", "loud — header\n", "contradiction: the form has the header parameter loud"},
		{"required in the form only", kettlePage, "loud — query\n", "loud — queryrequired\n", "contradiction: the form and the tables differ in whether loud is required"},
		{"other values to choose from", kettlePage, "-v1v2", "-v1v3", "contradiction: the form offers the values v1v3 for header.Version"},
		{"values for what has none", kettlePage, "kettleId — pathrequired\n", "kettleId — pathrequired\n\n---onetwo\n", "contradiction: the form offers the values onetwo for path.kettleId"},
		{"no body in the form", kettlePage, "Body required\n", "", "contradiction: the page has a body, its form has none"},
		{"an optional body in the form", kettlePage, "Body required\n", "Body\n", "contradiction: the form and the page differ in whether the body is required"},
		{"a line that no form has", kettlePage, "Edit\n", "Edit\n\nKnead the dough\n", `uncertain: a line of the form that was not understood: "Knead the dough"`},
		{"a field beside the documentation", kettlePage, "ResponseClear\n", "ResponseClear\n\n**lid** string\n", "unread-line: a line of the documentation that is in the panel next to it"},
		{"values beside the documentation", kettlePage, "Edit\n", "**Possible values:** \\[ `a`\\]\n", "unread-line: a line of the documentation that is in the panel next to it"},

		{"a field that the form lacks", loginPage, "\nuserrequired\n", "", "contradiction: the body has the field user, the form does not"},
		{"a field that the body lacks", loginPage, "\nuserrequired\n", "\nuserrequired\n\npassword\n", `contradiction: the form has a line "password"`},
		{"a field that is required in the form only", loginPage, "\nkind\n", "\nkindrequired\n", "contradiction: the form and the page differ in whether kind is required"},
		{"other values of a field", loginPage, "-cookguest", "-cookwaiter", "contradiction: the form offers the values cookwaiter for body.kind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.old != "" && strings.Count(markdown(c.page), c.old) != 1 {
				t.Fatalf("%q is there %d times", c.old, strings.Count(markdown(c.page), c.old))
			}
			page, err := docpage.Parse("page.md", []byte(strings.Replace(markdown(c.page), c.old, c.new, 1)))
			if err != nil {
				t.Fatal(err)
			}
			checkSays(t, page, c.issue)
		})
	}
}

// Of a body that is no JSON there is no sample, but the form lists its outermost fields; so it is known where an object ends.
func TestFormTellsWhatIsOutermost(t *testing.T) {
	text := strings.Replace(markdown(loginPage), "**user** string", "**place** object\n\n**room** string\n\n**user** string", 1)
	text = strings.Replace(text, "\nuserrequired\n", "\nplace\n\nuserrequired\n", 1)
	page, err := docpage.Parse("page.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	checkFacts(t, page, "body.place present true\nbody.place.room present true\nbody.user present true\nbody.kind present true\nno body.place.user present")
	for _, issue := range page.Issues {
		if issue.Kind == docpage.Contradiction {
			t.Error(issue)
		}
	}
}

// Scrapers that keep what a reader sees leave the text of a form's fields out; the sample call has the same body.
func TestSampleCallShowsTheBodyThatTheFormDoesNot(t *testing.T) {
	text := markdown(kettlePage)
	block := "```\n{\n  \"degrees\": 90\n}\n```\n\nSend"
	if strings.Count(text, block) != 1 {
		t.Fatal("the form's block of code is not where it was")
	}
	page, err := docpage.Parse("page.md", []byte(strings.Replace(text, block, "Send", 1)))
	if err != nil {
		t.Fatal(err)
	}
	checkFacts(t, page, `body sample {"degrees":90}`)
	checkSays(t, page, "")
}
