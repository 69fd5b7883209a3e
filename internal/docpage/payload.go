package docpage

import "errors"

func hasPayload(data []byte) bool { return false }

func parsePayload(file string, data []byte) (*Page, error) { return nil, errors.New("not yet") }

func parseHTML(file string, data []byte) (*Page, error) { return nil, errors.New("not yet") }
