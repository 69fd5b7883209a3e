package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"

	"github.com/highlevel-go/snapshots/api/rest"

	"example.com/measured/oapi"
	"example.com/measured/ogen"
	"example.com/measured/ours"
)

// client is one of the generated clients. Numbers of orders are returned, so that each measurement is checked.
type client struct {
	decode func(body []byte) (int, error)
	create func() (id string, err error)
	list   func(limit int) (answer, error)
}

// answer is a list of orders as a caller sees it.
type answer struct {
	none  bool   // there is no result
	first *shown // nil when there is no order
	count int    // of the orders
	told  bool   // something says what did not fit
}

type shown struct{ id, status string }

func newOurs(base string, transport *http.Client) client {
	c, err := ours.New(rest.WithBaseURL(base), rest.WithToken("t"), rest.WithBudget(nil), rest.WithHTTPClient(transport))
	if err != nil {
		log.Fatal(err)
	}
	return client{
		decode: func(body []byte) (int, error) {
			var v ours.OrderList
			err := rest.Unmarshal(body, &v)
			return len(v.Orders), err
		},
		create: func() (string, error) {
			v, err := c.CreateOrder(context.Background(), ours.CreateOrderRequest{Name: "x"})
			if err != nil {
				return "", err
			}
			return v.ID, nil
		},
		list: func(limit int) (answer, error) {
			var response rest.Response
			v, err := c.ListOrders(context.Background(), ours.ListOrdersRequest{ShopID: "s", Limit: limit}, rest.CallResponse(&response))
			if err != nil {
				return answer{none: true}, err
			}
			a := answer{count: len(v.Orders), told: len(response.Mismatches) > 0}
			if a.count > 0 {
				a.first = &shown{v.Orders[0].ID, string(v.Orders[0].Status)}
			}
			return a, nil
		},
	}
}

func newOapi(base string, transport *http.Client) client {
	c, err := oapi.NewClientWithResponses(base, oapi.WithHTTPClient(transport), oapi.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer t")
		return nil
	}))
	if err != nil {
		log.Fatal(err)
	}
	return client{
		decode: func(body []byte) (int, error) {
			var v oapi.OrderList
			err := json.Unmarshal(body, &v)
			return len(v.Orders), err
		},
		create: func() (string, error) {
			v, err := c.CreateOrderWithResponse(context.Background(), oapi.NewOrder{Name: "x"})
			if err != nil {
				return "", err
			}
			if v.JSON201 == nil {
				return "", errors.New("no result")
			}
			return v.JSON201.Id, nil
		},
		list: func(limit int) (answer, error) {
			v, err := c.ListOrdersWithResponse(context.Background(), &oapi.ListOrdersParams{ShopId: "s", Limit: &limit})
			if err != nil || v.JSON200 == nil {
				return answer{none: true}, err
			}
			a := answer{count: len(v.JSON200.Orders)}
			if a.count > 0 {
				a.first = &shown{v.JSON200.Orders[0].Id, string(v.JSON200.Orders[0].Status)}
			}
			return a, nil
		},
	}
}

type token struct{}

func (token) Token(context.Context, ogen.OperationName) (ogen.Token, error) {
	return ogen.Token{Token: "t"}, nil
}

func newOgen(base string, transport *http.Client) client {
	c, err := ogen.NewClient(base, token{}, ogen.WithClient(transport))
	if err != nil {
		log.Fatal(err)
	}
	return client{
		decode: func(body []byte) (int, error) {
			var v ogen.OrderList
			err := v.UnmarshalJSON(body)
			return len(v.Orders), err
		},
		create: func() (string, error) {
			v, err := c.CreateOrder(context.Background(), &ogen.NewOrder{Name: "x"})
			if err != nil {
				return "", err
			}
			order, ok := v.(*ogen.Order)
			if !ok {
				return "", errors.New("another result")
			}
			return order.ID, nil
		},
		list: func(limit int) (answer, error) {
			v, err := c.ListOrders(context.Background(), ogen.ListOrdersParams{ShopId: "s", Limit: ogen.NewOptInt(limit)})
			if err != nil {
				return answer{none: true}, err
			}
			list, ok := v.(*ogen.OrderList)
			if !ok {
				return answer{none: true}, nil
			}
			a := answer{count: len(list.Orders)}
			if a.count > 0 {
				a.first = &shown{list.Orders[0].ID, string(list.Orders[0].Status)}
			}
			return a, nil
		},
	}
}
