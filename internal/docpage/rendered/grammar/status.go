package grammar

import "regexp"

// StatusCode matches a status in the list of responses.
var StatusCode = regexp.MustCompile(`^(?:[1-5]\d\d|[1-5]XX|default)$`)

// usual are the words that are usual in descriptions of a status.
var usual = []struct {
	code  string
	words *regexp.Regexp
}{
	{"2", regexp.MustCompile(`(?i)success|created|accepted|\bok\b|retrieved|returns?\b|updated|deleted`)},
	{"400", regexp.MustCompile(`(?i)bad request`)},
	{"401", regexp.MustCompile(`(?i)unauthori[sz]ed`)},
	{"402", regexp.MustCompile(`(?i)payment required`)},
	{"403", regexp.MustCompile(`(?i)forbidden`)},
	{"404", regexp.MustCompile(`(?i)not found`)},
	{"409", regexp.MustCompile(`(?i)conflict`)},
	{"415", regexp.MustCompile(`(?i)unsupported media`)},
	{"422", regexp.MustCompile(`(?i)unprocessable`)},
	{"429", regexp.MustCompile(`(?i)too many|rate limit`)},
	{"500", regexp.MustCompile(`(?i)internal (server )?error`)},
	{"503", regexp.MustCompile(`(?i)unavailable`)},
}

// SoundsLikeStatus reports whether the words are usual in the description of a status.
func SoundsLikeStatus(text string) bool { return len(StatusesOf(text)) > 0 }

// StatusesOf returns the statuses for which the words are usual.
func StatusesOf(text string) []string {
	var codes []string
	for _, known := range usual {
		if known.words.MatchString(text) {
			codes = append(codes, known.code)
		}
	}
	return codes
}
