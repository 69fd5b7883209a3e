package goname

import (
	"go/token"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestGoNameReadsLikeGo(t *testing.T) {
	for text, want := range map[string]string{
		"companyId": "CompanyID", "share_location_id": "ShareLocationID", "get-custom-snapshots": "GetCustomSnapshots",
		"HTTPServer": "HTTPServer", "userIDs": "UserIDs", "ids": "IDs", "url": "URL", "coverUrl": "CoverURL", "X-Rate-Limit": "XRateLimit",
		"NO_REPLY": "NoReply", "createSMSTemplate": "CreateSMSTemplate", "type": "Type", "func": "Func", "2fa": "N2fa", "": "Empty",
		"日付": "X日付", ">=": "GreaterEqual", "-": "Minus", "a b.c/d": "ABCD", "élan": "Élan", "`; os.Exit(1)": "OSExit1", "dnd_settings_v2": "DndSettingsV2",
		"oauth": "OAuth", "getId2": "GetID2", "\x00\xff": "Empty", "💥": "Empty",
	} {
		if got := From(text); got != want {
			t.Errorf("goName(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestPluralAndSingular(t *testing.T) {
	for name, want := range map[string]string{
		"ShareType": "ShareTypes", "Status": "Statuses", "Category": "Categories", "Key": "Keys", "Box": "Boxes", "Branch": "Branches",
		"CatLives": "CatLivesValues", "Access": "Accesses",
	} {
		if got := Plural(name); got != want {
			t.Errorf("plural(%s) = %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"CustomFields": "CustomField", "Categories": "Category", "Status": "StatusItem", "Address": "AddressItem", "IDs": "ID", "Boxes": "Box", "Data": "DataItem",
	} {
		if got := Singular(name); got != want {
			t.Errorf("singular(%s) = %s, want %s", name, got, want)
		}
	}
}

func TestAnyTextBecomesAnExportedName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zA-Z0-9_\-. $@/]{0,20}`)).Draw(t, "text")
		if name := From(text); !token.IsIdentifier(name) || !token.IsExported(name) {
			t.Fatalf("goName(%q) = %q, which is not an exported identifier", text, name)
		}
	})
}

func TestScopeNeverHandsOutANameTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, seen := Scope{}, map[string]bool{}
		for _, text := range rapid.SliceOf(rapid.StringMatching(`[ab_\-12]{0,3}`)).Draw(t, "texts") {
			name := s.Claim(From(text), From(text)+"Model")
			if seen[name] || !token.IsIdentifier(name) {
				t.Fatalf("%q for %q was handed out before, or is no identifier", name, text)
			}
			seen[name] = true
		}
	})
}

func FuzzGoName(f *testing.F) {
	for _, s := range []string{"companyId", "", "2", "ſ", "ǅx", "\xff", "ⅷ", "a\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name := From(text)
		if !IsExported(name) || !utf8.ValidString(name) {
			t.Fatalf("goName(%q) = %q", text, name)
		}
	})
}
