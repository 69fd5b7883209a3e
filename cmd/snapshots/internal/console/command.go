package console

import "strings"

// commandWords returns the words of a call as a command line; nil where no command does it.
func commandWords(call Call) []string {
	words := []string{"snapshots"}
	argument := func(name string) { words = append(words, call.Value(name)) }
	flag := func(flag, name string) {
		if v := call.Value(name); v != "" {
			words = append(words, flag, v)
		}
	}
	flags := func(flag, name string) {
		for v := range strings.SplitSeq(call.Value(name), ",") {
			if v = strings.TrimSpace(v); v != "" {
				words = append(words, flag, v)
			}
		}
	}
	switch call.Operation {
	case "get-custom-snapshots":
		words = append(words, "list")
	case "create-snapshot-share-link":
		words = append(words, "share")
		argument("snapshot_id")
		flag("--type", "share_type")
		flags("--relationship-number", "relationship_number")
		flags("--location", "share_location_id")
	case "get-snapshot-push":
		words = append(words, "pushes")
		argument("snapshotId")
		flag("--from", "from")
		flag("--to", "to")
	case "get-latest-snapshot-push":
		words = append(words, "status")
		argument("snapshotId")
		argument("locationId")
	case "search-locations":
		words = append(words, "locations")
		flag("--email", "email")
	default:
		return nil
	}
	flag("--company", "companyId")
	return words
}

// commandLine writes a call as a line of a shell; "" where no command does it.
func commandLine(call Call) string {
	words := commandWords(call)
	for i, word := range words {
		if strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@") != "" || word == "" {
			words[i] = shellQuote(word)
		}
	}
	return strings.Join(words, " ")
}
