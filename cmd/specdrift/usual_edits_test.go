package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/highlevel-go/snapshots/internal/facts"
	"github.com/highlevel-go/snapshots/internal/prove/pagewriter"
)

var update = flag.Bool("update", false, "write docs/usual-edits.md again")

const usualEditsTable = "../../docs/usual-edits.md"

// shop is what the pages are written from, and the spec that was curated after them.
const shop = `openapi: 3.0.3
info: { title: Shop, version: "1" }
servers: [{ url: "https://api.example.com" }]
security: [{ token: [] }]
paths:
  /carts/{id}:
    get:
      operationId: get-cart
      summary: Get a cart
      description: Gets one cart.
      externalDocs: { url: "https://docs.example.com/api/shop/get-cart" }
      x-auth-methods: [Private Token]
      x-token-types: [Owner]
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
        - { name: id, in: path, required: true, description: The cart., schema: { type: string } }
        - { name: since, in: query, description: "A date as YYYY-MM-DD.", schema: { type: string } }
        - { name: limit, in: query, schema: { type: number, maximum: 50 } }
      responses:
        "200":
          description: The cart
          content:
            application/json:
              schema:
                type: object
                required: [kind]
                properties:
                  kind: { type: string, enum: [own, gift] }
                  note: { type: string, description: What was sayd., example: hello }
  /carts/{id}/items:
    post:
      operationId: add-item
      summary: Add an item
      description: Adds one.
      externalDocs: { url: "https://docs.example.com/api/shop/add-item" }
      x-auth-methods: [Private Token]
      x-token-types: [Owner]
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
        - { name: id, in: path, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [sku]
              properties:
                sku: { type: string, example: a1 }
      responses:
        "201": { description: Added }
components:
  securitySchemes:
    token: { type: http, scheme: bearer, bearerFormat: JWT }
`

const dropCart = `    delete:
      operationId: drop-cart
      summary: Drop a cart
      externalDocs: { url: "https://docs.example.com/api/shop/drop-cart" }
      x-auth-methods: [Private Token]
      x-token-types: [Owner]
      parameters:
        - { name: Version, in: header, required: true, schema: { type: string, enum: ["1"] } }
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "204": { description: Gone }
`

// shopLedger explains one difference, at a field that an edit renames and another one settles.
const shopLedger = `- id: longer-note
  page: get-cart
  place: response.200.note
  docs_says: {}
  spec_says: { maxLength: 80 }
  why: Longer ones are cut.
  evidence: Tried.
  wire: None.
  since: 2026-01-02
  review_by: 2999-01-02
`

var usualEdits = []struct {
	name     string
	old, now string // in what the pages are written from
	complete bool   // a page went
}{
	{name: "a field is renamed, about which the ledger has an entry", old: "note: {", now: "remark: {"},
	{name: "a difference of the ledger is settled", old: "description: What was sayd.,", now: "description: What was sayd., maxLength: 80,"},
	{name: "a required field becomes optional", old: "                required: [kind]\n", now: ""},
	{name: "an enum has a new value", old: "enum: [own, gift]", now: "enum: [own, gift, lent]"},
	{name: "an operation is new", old: "  /carts/{id}/items:", now: dropCart + "  /carts/{id}/items:"},
	{name: "a page is retired", complete: true},
	{name: "a parameter moves from query to header", old: "{ name: limit, in: query,", now: "{ name: limit, in: header,"},
	{name: "a version has a new value", old: `enum: ["1"]`, now: `enum: ["1", "2"]`},
	{name: "the text about a date changes", old: "A date as YYYY-MM-DD.", now: "A time as YYYY-MM-DDTHH:MM:SSZ."},
	{name: "an example changes", old: "example: hello", now: "example: thanks"},
	{name: "a status is new", old: `        "201": { description: Added }`, now: "        \"201\": { description: Added }\n        \"404\": { description: No such cart }"},
	{name: "a description is reworded", old: "The cart.", now: "Which cart."},
	{name: "a slip is corrected", old: "sayd", now: "said"},
}

// writePages writes the pages of a document, and removes those of others.
func writePages(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	document, err := facts.Read("shop.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range document.Operations {
		page, err := pagewriter.Write(op, pagewriter.Dialect{})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, op.ID+".md"), page.Text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// What usually changes in the documentation ends with check, fix and accept. The table in the documentation says what came out.
func TestUsualEditsEndWithCheckFixAndAccept(t *testing.T) {
	var table strings.Builder
	table.WriteString("# What usually changes, and what it takes\n\nWritten by TestUsualEditsEndWithCheckFixAndAccept of cmd/specdrift; do not edit. Each row changes one thing on pages that came clean,\n" +
		"and runs `specdrift check`, `fix`, `accept` and `check` again.\n\n| change of a page | check finds | fix resolves | by hand | after accept |\n|---|---|--:|---|---|\n")
	for _, edit := range usualEdits {
		dir := t.TempDir()
		pages := filepath.Join(dir, "pages")
		files := []string{"--spec", filepath.Join(dir, "spec.yaml"), "--docs", filepath.Join(dir, "docs"), "--deviations", filepath.Join(dir, "deviations.yaml")}
		specdrift := func(args ...string) (output string, code int) {
			var out bytes.Buffer
			code = run(append(append(args, files...), pages), &out, &out)
			return out.String(), code
		}
		spec := strings.Replace(shop, "note: {", "note: { x-deviation: longer-note, maxLength: 80,", 1)
		for name, text := range map[string]string{"spec.yaml": spec, "deviations.yaml": shopLedger} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		writePages(t, pages, shop)
		if out, code := specdrift("accept"); code != 0 {
			t.Fatal(out)
		}
		if out, code := specdrift("check"); code != 0 {
			t.Fatalf("%s: %s", edit.name, out)
		}
		changed := strings.ReplaceAll(shop, edit.old, edit.now)
		if edit.complete {
			changed = shop[:strings.Index(shop, "  /carts/{id}/items:")] + shop[strings.Index(shop, "components:"):]
		}
		writePages(t, pages, changed)
		var flags, prune []string
		if edit.complete {
			flags, prune = []string{"--complete"}, []string{"--prune"}
		}
		found, code := specdrift(append([]string{"check"}, flags...)...)
		if code != 1 {
			t.Errorf("%s: check says %d:\n%s", edit.name, code, found)
		}
		fixed, _ := specdrift(append([]string{"fix"}, flags...)...)
		if out, code := specdrift(append([]string{"accept"}, prune...)...); code != 0 {
			t.Errorf("%s: accept:\n%s", edit.name, out)
		}
		after, code := specdrift(append([]string{"check"}, flags...)...)
		if code != 0 {
			t.Errorf("%s: after fix\n%s\nand accept:\n%s", edit.name, fixed, after)
		}
		byHand := "nothing"
		if strings.Contains(fixed, "read what changed") {
			byHand = "read the text"
		}
		fmt.Fprintf(&table, "| %s | %s | %d | %s | %s |\n", edit.name, strings.Join(idsIn(found), ", "), strings.Count(fixed, "resolved: "), byHand, map[bool]string{true: "clean", false: "drift"}[code == 0])
	}
	if *update {
		if err := os.WriteFile(usualEditsTable, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(usualEditsTable)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(data), table.String()); diff != "" {
		t.Errorf("%s is not what came out; write it again with -update (-file +now):\n%s", usualEditsTable, diff)
	}
}

// idsIn lists the kinds of the findings in a report.
func idsIn(report string) (kinds []string) {
	for line := range strings.Lines(report) {
		if id, ok := strings.CutPrefix(strings.TrimSpace(line), "id "); ok {
			kind, _, _ := strings.Cut(strings.TrimSpace(id), "|")
			kinds = append(kinds, "`"+kind+"`")
		}
	}
	return kinds
}
