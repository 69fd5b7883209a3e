package judge

import (
	"encoding/base64"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

var (
	uuid     = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	leap     = regexp.MustCompile(`^(.*T[0-9]{2}:[0-9]{2}:)60(.*)$`)
	hostname = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?$`)
)

// formats are the texts whose sense can be checked. Formats that are not listed mean nothing here, as OpenAPI has it.
var formats = map[string]func(string) bool{
	"date":      func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil },
	"date-time": dateTime,
	"uuid":      uuid.MatchString,
	"email":     email,
	"uri": func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.IsAbs() && !strings.ContainsFunc(s, mustEscape)
	},
	"ipv4":     func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is4() },
	"ipv6":     func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is6() && a.Zone() == "" },
	"hostname": func(s string) bool { return len(s) <= 254 && hostname.MatchString(s) },
	"byte":     base64Text,
}

func dateTime(s string) bool {
	before := leap.ReplaceAllString(s, "${1}59${2}") // a leap second is a moment, although package time knows none
	t, err := time.Parse(time.RFC3339, before)
	if err != nil || before == s {
		return err == nil
	}
	next := t.UTC().Truncate(time.Second).Add(time.Second)
	return next.Day() == 1 && next.Hour() == 0 && next.Minute() == 0 // there is one at the end of a month, or none
}

func email(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == ""
}

func base64Text(s string) bool {
	s = strings.NewReplacer("-", "+", "_", "/").Replace(s)
	_, padded := base64.StdEncoding.DecodeString(s)
	_, bare := base64.RawStdEncoding.DecodeString(s)
	return padded == nil || bare == nil
}

// format judges one text.
func (f *finding) format(s *openapi3.Schema, where, value string) {
	if check := formats[s.Format]; check != nil && mayBe(s, "string") && !check(value) {
		f.add(Format, f.at(s.Origin), where, "%s is no %s", show(value), s.Format)
	}
}
