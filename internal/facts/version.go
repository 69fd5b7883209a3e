package facts

import "regexp"

var (
	// versionName matches the API versions of documents and documentation URLs. Others, such as the 1.0 of a document, are
	// versions of something else.
	versionName   = regexp.MustCompile(`^(?:v\d+|\d{4}-\d{2}-\d{2})$`)
	versionInPath = regexp.MustCompile(`/docs/(v\d+|\d{4}-\d{2}-\d{2})(/|$)`)
)

// VersionHeader is the place of the header with the API version that a caller requests.
var VersionHeader = Param("header", "Version")

// Versions lists the API versions that the source of an operation names: that of its document, otherwise that in its URL,
// otherwise the values of its Version header. It is empty if the source names none.
func (o *Operation) Versions() []string {
	if o.Version != "" {
		return []string{o.Version}
	}
	if version := VersionIn(o.Page); version != "" {
		return []string{version}
	}
	return Texts(o.Value(VersionHeader, Enum))
}

// IsVersion reports whether text has the form of an API version.
func IsVersion(text string) bool { return versionName.MatchString(text) }

// VersionIn returns the API version in the URL of a page, or "".
func VersionIn(address string) string {
	if m := versionInPath.FindStringSubmatch(address); m != nil {
		return m[1]
	}
	return ""
}

// WithoutVersion returns the URL of a documentation page without the API version. It is the same for the pages of two
// versions.
func WithoutVersion(address string) string { return versionInPath.ReplaceAllString(address, "/docs$2") }

// versionOf returns the API version of a document: that of its info, if that names one, otherwise the one its operations
// require.
func versionOf(info string, operations []*Operation) string {
	if versionName.MatchString(info) {
		return info
	}
	for _, op := range operations {
		if values := Texts(op.Value(VersionHeader, Enum)); len(values) == 1 && values[0] == info {
			return info
		}
	}
	return ""
}
