module github.com/highlevel-go/snapshots/api

go 1.26
