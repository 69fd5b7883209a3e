package api

import (
	"net/http"
	"time"

	"github.com/highlevel-go/snapshots/api/rest"
)

// Option sets up a client; see [New].
type Option = rest.Option

// CallOption changes a single call.
type CallOption = rest.CallOption

// The versions of the service that the operations are known to have. A client sends [Version20210728] unless it is told
// otherwise with [WithVersion].
const (
	Version20210728 = "2021-07-28"
	VersionV3       = "v3"
)

// WithToken sends a Private Integration Token of the agency, or an access token that the program renews by itself. Space
// and line ends around it are dropped; an empty token is an error of [New].
func WithToken(token string) Option { return rest.WithToken(token) }

// WithCompany says which agency the calls are about, so that requests may leave their CompanyID empty.
func WithCompany(id string) Option { return rest.WithDefault("companyId", id) }

// WithVersion sends another version of the service than [Version20210728], such as [VersionV3].
func WithVersion(version string) Option { return rest.WithDefault("Version", version) }

// WithBaseURL talks to another address than [DefaultBaseURL], such as a sandbox. It must be https unless it is this
// machine's.
func WithBaseURL(u string) Option { return rest.WithBaseURL(u) }

// WithHTTPClient sends through a client of the program: its transport, cookie jar and timeout. It is copied, never
// changed, and the copy follows no redirects.
func WithHTTPClient(client *http.Client) Option { return rest.WithHTTPClient(client) }

// WithUserAgent names the program to the service, in front of the library's own name.
func WithUserAgent(agent string) Option { return rest.WithUserAgent(agent) }

// WithTimeout bounds one attempt, from sending to the last byte of the answer; 60 seconds unless set, 0 for no bound.
func WithTimeout(d time.Duration) Option { return rest.WithTimeout(d) }
