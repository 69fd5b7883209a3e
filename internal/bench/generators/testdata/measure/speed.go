package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

var tenOrders, thousandOrders = orders(10), orders(1000)

func order(i int) string {
	return fmt.Sprintf(`{"id":"order-%d","name":"Order of customer %[1]d","status":"paid","total":%[1]d.25,"number":%[1]d,"gift":true,"createdAt":"2026-01-02T03:04:05Z",`+
		`"tags":["new","vip"],"address":{"street":"Main St %[1]d","city":"Springfield","country":"US"},`+
		`"items":[{"sku":"a-%[1]d","quantity":2,"price":10.5},{"sku":"b","quantity":1,"price":3}]}`, i)
}

func orders(n int) []byte {
	list := make([]string, n)
	for i := range list {
		list[i] = order(i)
	}
	return fmt.Appendf(nil, `{"orders":[%s],"total":%d}`, strings.Join(list, ","), n)
}

type call struct {
	Name                     string
	Nanoseconds, Allocations []float64
}

// measure runs each call for all clients in turns, so that a busy machine is as busy for one as for the others.
func measure(clients []client) []call {
	list := func(n int) func(client) error {
		return func(c client) error {
			a, err := c.list(n)
			return check(a.count == n, err)
		}
	}
	var calls []call
	for _, m := range []struct {
		name   string
		rounds int
		run    func(client) error
	}{
		{"decode 1,000 orders", 150, func(c client) error {
			n, err := c.decode(thousandOrders)
			return check(n == 1000, err)
		}},
		{"call createOrder", 2000, func(c client) error {
			id, err := c.create()
			return check(id == "order-1", err)
		}},
		{"call listOrders, 10 orders", 2000, list(10)},
		{"call listOrders, 1,000 orders", 150, list(1000)},
	} {
		times := make([][]float64, len(clients))
		for range m.rounds {
			for _, i := range rand.Perm(len(clients)) {
				begin := time.Now()
				if err := m.run(clients[i]); err != nil {
					log.Fatalf("%s, client %d: %v", m.name, i, err)
				}
				times[i] = append(times[i], float64(time.Since(begin)))
			}
		}
		found := call{Name: m.name}
		for i, c := range clients {
			slices.Sort(times[i])
			found.Nanoseconds = append(found.Nanoseconds, times[i][m.rounds/2])
			found.Allocations = append(found.Allocations, testing.AllocsPerRun(20, func() { _ = m.run(c) }))
		}
		calls = append(calls, found)
	}
	return calls
}

func check(ok bool, err error) error {
	if err == nil && !ok {
		return fmt.Errorf("the answer is another one")
	}
	return err
}
