package api

import (
	"slices"
	"strings"
	"unicode"
)

// failureWords are the words of a final status of a failed push.
var failureWords = map[string]bool{
	"fail": true, "fails": true, "failed": true, "failure": true, "failures": true, "unsuccessful": true,
	"error": true, "errors": true, "errored": true, "exception": true, "fatal": true, "crash": true, "crashed": true, "invalid": true,
	"unable": true, "interrupted": true, "stopped": true, "halted": true,
	"canceled": true, "cancelled": true, "aborted": true, "abandoned": true, "terminated": true, "killed": true,
	"rejected": true, "denied": true, "declined": true, "refused": true,
	"expired": true, "timeout": true, "timedout": true,
}

// PushFailed reports whether a push has failed, judging by the words of its status: "failed", "import_error", "Cancelled",
// "timed out", but not "completed without errors", "0 of 5 failed", "errors: 0" or "failed, retrying". The service does not
// document the statuses of failed pushes.
func PushFailed(s PushStatus) bool {
	words := statusWords(s.Status)
	if slices.Contains(words, "retrying") {
		return false
	}
	denied := false // by a preceding word, such as "no"
	for i, word := range words {
		next := append(words[i+1:], "")[0]
		switch {
		case failureWords[word], (word == "timed" || word == "time") && next == "out":
			if !denied && !deniesAfter(words[i+1:]) {
				return true
			}
			denied = false
		case word == "no" || word == "not" || word == "without" || word == "non" || word == "never" || isZero(word):
			denied = true
		case word == "of" || word == "any" || isDigits(word): // "0 of 5 failed"
		default:
			denied = false
		}
	}
	return false
}

// deniesAfter reports whether the words after a word of failure say that there was no failure: "failed: 0", "error-free".
func deniesAfter(words []string) bool {
	words = append(slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "count" }), "", "")
	return words[0] == "free" || words[0] == ":" && (isZero(words[1]) || words[1] == "none")
}

func isZero(word string) bool {
	return word == "zero" || isDigits(word) && strings.Trim(word, "0") == ""
}

func isDigits(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// statusWords returns the words and numbers of a status, in lower case, and ":" for a colon or an equals sign:
// "importFailed" and "IMPORT_FAILED" are two words.
func statusWords(status string) []string {
	var words []string
	var word []rune
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r):
			return 1
		case r >= '0' && r <= '9':
			return 2
		case r == ':' || r == '=':
			return 3
		}
		return 0
	}
	end := func() {
		if len(word) > 0 && kind(word[0]) != 0 {
			words = append(words, strings.ReplaceAll(strings.ToLower(string(word)), "=", ":"))
		}
		word = word[:0]
	}
	for _, r := range status {
		if n := len(word); n > 0 {
			last := word[n-1]
			switch {
			case kind(r) != kind(last), unicode.IsUpper(r) && unicode.IsLower(last):
				end()
			case unicode.IsLower(r) && n > 1 && unicode.IsUpper(last) && unicode.IsUpper(word[n-2]): // "FAILEDImport"
				word = word[:n-1]
				end()
				word = append(word, last)
			}
		}
		word = append(word, r)
	}
	end()
	return words
}
