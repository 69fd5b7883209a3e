package sectioninit

import "testing"

func TestOneOfAListHasItsName(t *testing.T) {
	for list, want := range map[string]string{
		"Countries": "Country", "Tags": "Tag", "Addresses": "Address", "Boxes": "Box", "Address": "", "Status": "", "Analysis": "", "Media": "", "S": "", "": "",
	} {
		if got := singular(list); got != want {
			t.Errorf("one of %q is called %q, want %q", list, got, want)
		}
	}
}
