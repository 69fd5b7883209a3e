// Command measured calls the generated clients, and prints what it found as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
)

func main() {
	service := &service{}
	server := httptest.NewServer(service)
	defer server.Close()
	transport := &http.Client{Transport: &http.Transport{}}
	clients := []client{newOurs(server.URL, transport), newOapi(server.URL, transport), newOgen(server.URL, transport)}
	err := json.NewEncoder(os.Stdout).Encode(struct {
		Calls   []call
		Hostile []hostile
	}{measure(clients), answerHostile(service, clients)})
	if err != nil {
		log.Fatal(err)
	}
}

// service answers every call at once.
type service struct {
	hostile, kind string // the answer to every call, when it is set
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch {
	case s.hostile != "":
		w.Header().Set("Content-Type", s.kind)
		fmt.Fprint(w, s.hostile)
	case r.Method == http.MethodPost:
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, order(1))
	case r.URL.Query().Get("limit") == "10":
		_, _ = w.Write(tenOrders)
	default:
		_, _ = w.Write(thousandOrders)
	}
}
