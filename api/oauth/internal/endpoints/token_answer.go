package endpoints

import (
	"bytes"
	"encoding/json"
	"errors"
)

// TokenAnswer is an answer with a token, as it came: a JSON object.
type TokenAnswer struct{ JSON []byte }

// UnmarshalJSON keeps the text. Whatever is not an object is an answer that cannot be read.
func (a *TokenAnswer) UnmarshalJSON(text []byte) error {
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return errors.New("the answer with a token is not a JSON object")
	}
	a.JSON = bytes.Clone(text)
	return nil
}

var _ json.Unmarshaler = (*TokenAnswer)(nil)
