package console

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/highlevel-go/snapshots/api/sandbox"
)

// written is the same call in every form that the page shows; "" where there is none.
type written struct {
	Go      string `json:"go"`
	Curl    string `json:"curl"`
	Command string `json:"command"`
}

// readCall reads a filled-in form, and makes the request that it sends to the sandbox, by the name that its user has for it. The guard has
// checked the name.
func (c *Console) readCall(w http.ResponseWriter, r *http.Request) (base string, o *operation, values []filled, sent *http.Request, err error) {
	var form call
	if err := readJSON(w, r, &form); err != nil {
		return "", nil, nil, nil, err
	}
	at := slices.IndexFunc(c.operations, func(o operation) bool { return o.ID == form.Operation })
	if at < 0 {
		return "", nil, nil, nil, problem{http.StatusNotFound, errors.New("there is no such operation")}
	}
	base, o = "http://"+strings.ToLower(r.Host), &c.operations[at]
	values = o.values(form)
	sent, err = o.request(base, values)
	return base, o, values, sent, err
}

func (c *Console) writeCall(w http.ResponseWriter, r *http.Request) error {
	base, o, values, sent, err := c.readCall(w, r)
	if err != nil {
		return err
	}
	asGo, err := o.goCall(base, values, sent)
	if err != nil {
		return problem{http.StatusInternalServerError, err}
	}
	return sendJSON(w, written{Go: asGo.program, Curl: curl(sent), Command: commandLine(base, o.ID, values, asGo.refused)})
}

// callHeader tells, in the log, which requests were sent by a form.
const callHeader = "X-Console-Call"

// sendCall sends what a form says, and answers with what the log keeps of it. So the page is given no token, neither that of the request
// nor one in the answer.
func (c *Console) sendCall(w http.ResponseWriter, r *http.Request) error {
	_, _, _, out, err := c.readCall(w, r)
	if err != nil {
		return err
	}
	mark := strconv.FormatInt(c.calls.Add(1), 10)
	out.Header.Set(callHeader, mark)
	out.Header.Set("Authorization", "Bearer "+sandbox.Token)
	out.Header.Set("User-Agent", r.UserAgent())
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(c.ctx, cancel)()
	response, err := c.box.RoundTrip(out.WithContext(ctx))
	if err == nil {
		_ = response.Body.Close()
	}
	extendWriteDeadline(c.ctx, w) // the answer may have been delayed
	for _, logged := range slices.Backward(c.box.Requests()) {
		if logged.RequestHeader.Get(callHeader) == mark {
			return sendJSON(w, c.judge(logged))
		}
	}
	return problem{http.StatusGone, errors.New("the call was sent, but the log does not keep it any more")}
}
