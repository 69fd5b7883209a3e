package pagewriter

import "github.com/highlevel-go/snapshots/internal/docpage/page"

// Theme is a family of versions of the renderer.
type Theme = page.Theme

// The themes, by the first version of each.
const (
	Theme42 = page.Theme42 // a format replaces its type; variants without a title are MOD1, MOD2
	Theme45 = page.Theme45 // string<date-time>; Option 1
	Theme52 = page.Theme52 // also ticked examples of parameters, blank lines in code, tabs over the body, lazy variants
)

// Code is how a scraper writes a block of code.
type Code int

// The ways to write code.
const (
	Backticks Code = iota
	Tildes
	Indented
)

// Dialect is one way in which a renderer and a scraper write a page. The zero value is the dialect of the known pages.
type Dialect struct {
	Name  string
	Theme Theme

	Glued        bool   // no space between a field's name and its type
	Setext       bool   // headings are underlined
	Bullet       string // "" means "-"
	Unescaped    bool   // underscores have no backslash
	BoldExample  bool   // **Example:** `x`
	OneLineJSON  bool
	Code         Code
	LooseMethod  bool // the method on a line of its own, the address on the next
	NoMeta       bool // no front matter
	OtherMeta    bool // front matter of another scraper
	NoSkipLink   bool
	NoLinks      bool // headings without links to themselves
	Buttons      bool // the text of buttons is included
	ThemeOrder   bool // path, query, header, like the theme; the known site has the headers first
	NoBackslash  bool // no hard line breaks inside arrays
	CRLF         bool
	NoPanelTitle bool // no request for feedback above the panel
}

// Dialects are the dialects that the importer must read.
var Dialects = []Dialect{
	{Name: "theme 4.2"},
	{Name: "theme 4.5", Theme: Theme45},
	{Name: "theme 5.2", Theme: Theme52},
	{Name: "glued", Glued: true, OtherMeta: true},
	{Name: "setext, stars", Setext: true, Bullet: "*", NoMeta: true},
	{Name: "plus, unescaped", Bullet: "+", Unescaped: true, NoBackslash: true},
	{Name: "bold examples, one line", BoldExample: true, OneLineJSON: true},
	{Name: "indented code", Code: Indented, NoBackslash: true, NoPanelTitle: true},
	{Name: "tildes, buttons", Code: Tildes, Buttons: true, CRLF: true},
	{Name: "loose method", LooseMethod: true, NoSkipLink: true, ThemeOrder: true},
	{Name: "no identity", NoSkipLink: true, NoLinks: true, OtherMeta: true, Glued: true, Unescaped: true},
	{Name: "theme 5.2, scraped otherwise", Theme: Theme52, Glued: true, Bullet: "*", BoldExample: true, Buttons: true, NoMeta: true},
}
