package redisstore

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/highlevel-go/snapshots/api"
	"github.com/highlevel-go/snapshots/api/internal/leak"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/api/sandbox"
)

// simulation runs the script in a real server, but by the clock of a synctest bubble, so that minutes of a service's
// window take no time. The server is asked by goroutines outside the bubble; one within it that waits for them holds its
// clock, as waiting for anything outside does.
type simulation struct {
	script   *redis.Script
	redis    *redis.Client
	jobs     chan *job
	idle     chan *job
	latency  time.Duration // the longest of one way to Redis
	commands atomic.Int64
}

// job is what a goroutine outside the bubble does.
type job struct {
	run  func()
	done chan struct{}
}

// simulate runs a test in a synctest bubble.
func simulate(t *testing.T, r *server, test func(*testing.T, *simulation)) {
	t.Helper()
	const clock = "redis.call('TIME')"
	if strings.Count(budgetSource, clock) != 1 {
		t.Fatalf("the script does not read the clock by %s, once", clock)
	}
	s := &simulation{
		script:  redis.NewScript(strings.Replace(budgetSource, clock, "{ARGV[#ARGV - 1], ARGV[#ARGV]}", 1)),
		redis:   r.client(t),
		jobs:    make(chan *job),
		idle:    make(chan *job, 256),
		latency: 500 * time.Microsecond,
	}
	for range cap(s.idle) {
		s.idle <- &job{done: make(chan struct{}, 1)}
	}
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for j := range s.jobs {
				j.run()
				j.done <- struct{}{}
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { test(t, s) })
	close(s.jobs)
	workers.Wait()
}

// outside runs a function outside the bubble, which may ask Redis.
func (s *simulation) outside(run func()) {
	j := <-s.idle
	j.run = run
	s.jobs <- j
	<-j.done
	s.idle <- j
}

// client is one process's client of the simulated server.
func (s *simulation) client(t *testing.T) *redis.Client {
	c := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1"}) // never dialled, and no name to look up
	c.AddHook(s)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func (s *simulation) DialHook(next redis.DialHook) redis.DialHook {
	return func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed }
}

func (s *simulation) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (s *simulation) ProcessHook(redis.ProcessHook) redis.ProcessHook {
	return func(_ context.Context, cmd redis.Cmder) error {
		s.commands.Add(1)
		time.Sleep(rand.N(s.latency))
		now := time.Now().UnixMicro()
		args := cmd.Args() // evalsha, its hash, the number of keys, keys and arguments
		keys := make([]string, args[2].(int))
		for i := range keys {
			keys[i] = args[3+i].(string)
		}
		args = append(args[3+len(keys):len(args):len(args)], now/1e6, now%1e6)
		var reply any
		var err error
		s.outside(func() { reply, err = s.script.Run(context.Background(), s.redis, keys, args...).Result() })
		time.Sleep(rand.N(s.latency))
		cmd.(*redis.Cmd).SetVal(reply)
		cmd.SetErr(err)
		return err
	}
}

// service is a sandbox at some distance.
type service struct {
	*sandbox.Sandbox
	least, most time.Duration // of one way
}

func (s *service) RoundTrip(r *http.Request) (*http.Response, error) {
	trip := func() { time.Sleep(s.least + rand.N(s.most-s.least+1)) }
	trip()
	defer trip()
	return s.Sandbox.RoundTrip(r)
}

// spend makes requests from 16 goroutines in each of four processes, and returns how long they took, and how many of
// them were refused.
func (s *simulation) spend(t *testing.T, requests int, at *service, o BudgetOptions) (took time.Duration, refused int64) {
	t.Helper()
	begin := time.Now()
	var left, no atomic.Int64
	left.Store(int64(requests))
	var all sync.WaitGroup
	for range 4 {
		client, err := at.Client(api.WithHTTPClient(&http.Client{Transport: at}), api.WithTimeout(0),
			api.WithBudget(Budget(s.client(t), o)), api.WithRetry(api.Retry{Attempts: 10}),
			api.WithHooks(api.Hooks{AttemptEnd: func(_ context.Context, a rest.Attempt) {
				if a.Status == http.StatusTooManyRequests {
					no.Add(1)
				}
			}}))
		if err != nil {
			t.Fatal(err)
		}
		for range 16 {
			all.Go(func() {
				for left.Add(-1) >= 0 {
					if _, err := client.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
						t.Errorf("a call failed: %v", err)
					}
				}
			})
		}
	}
	all.Wait()
	return time.Since(begin), no.Load()
}

var distances = map[string][2]time.Duration{
	"next door":   {500 * time.Microsecond, time.Millisecond},
	"20 to 60 ms": {10 * time.Millisecond, 30 * time.Millisecond},
	"to 120 ms":   {0, 60 * time.Millisecond},
}

// The least time for 1,000 requests at 100 in 10 seconds is 90 seconds: the last hundred can begin then.
func TestSharedBudgetIsAsFastAsTheServiceAllowsWithoutARefusal(t *testing.T) {
	leak.Check(t)
	if testing.Short() {
		t.Skip("the simulated service takes many seconds")
	}
	const minimum = 90 * time.Second
	for i, name := range slices.Sorted(maps.Keys(distances)) {
		for k, sliding := range []bool{false, true} {
			if !chosen(i == 0 && k == 0, i%2 == k) {
				continue
			}
			distance := distances[name]
			t.Run(fmt.Sprintf("%s/sliding=%v", name, sliding), func(t *testing.T) {
				t.Parallel()
				simulate(t, startRedis(t), func(t *testing.T, s *simulation) {
					time.Sleep(rand.N(10 * time.Second)) // somewhere in the service's window
					at := &service{sandbox.New(sandbox.WithRateLimit(100, 10*time.Second, sliding)), distance[0], distance[1]}
					took, refused := s.spend(t, 1000, at, BudgetOptions{})
					t.Logf("took %v, %.4f of the minimum, %d refused, %d commands", took, float64(took)/float64(minimum), refused, s.commands.Load())
					if refused != 0 {
						t.Errorf("%d requests were refused, want none", refused)
					}
					if took > minimum*102/100 {
						t.Errorf("took %v, want at most 1.02 times %v", took, minimum)
					}
				})
			})
		}
	}
}

var nightly = os.Getenv("PROVE") == "nightly"

// chosen reports whether a case is simulated: all are with PROVE=nightly, some of each kind with PROVE=full, one otherwise.
func chosen(first, oneOfAKind bool) bool {
	return first || nightly || oneOfAKind && os.Getenv("PROVE") == "full"
}

// A spender who asks nobody takes three tenths of the budget, in one way or another.
func TestSharedBudgetLeavesRoomToAnUncoordinatedSpender(t *testing.T) {
	leak.Check(t)
	if testing.Short() {
		t.Skip("the simulated service takes many seconds")
	}
	const third = time.Second / 3
	spenders := map[string]func() (requests int, pause time.Duration){
		"evenly":       func() (int, time.Duration) { return 1, third },
		"by chance":    func() (int, time.Duration) { return 1, time.Duration(rand.ExpFloat64() * float64(third)) },
		"in bursts":    func() (int, time.Duration) { return 15, 15 * third },
		"all together": func() (int, time.Duration) { return 30, 30 * third },
	}
	for i, how := range slices.Sorted(maps.Keys(spenders)) {
		for j, name := range slices.Sorted(maps.Keys(distances)) {
			for k, sliding := range []bool{false, true} {
				if !chosen(i == 1 && j == 1 && k == 1, i%len(distances) == j && i%2 == k) {
					continue
				}
				spend, distance := spenders[how], distances[name]
				t.Run(fmt.Sprintf("%s/%s/sliding=%v", how, name, sliding), func(t *testing.T) {
					t.Parallel()
					simulate(t, startRedis(t), func(t *testing.T, s *simulation) {
						time.Sleep(rand.N(10 * time.Second))
						at := &service{sandbox.New(sandbox.WithRateLimit(100, 10*time.Second, sliding)), distance[0], distance[1]}
						stranger, err := at.Sandbox.Client(api.WithBudget(nil), api.WithRetry(api.Retry{Attempts: 1}))
						if err != nil {
							t.Fatal(err)
						}
						ctx, stop := context.WithCancel(t.Context())
						var other sync.WaitGroup
						theirs := 0
						other.Go(func() {
							for ctx.Err() == nil {
								requests, pause := spend()
								for range requests {
									if _, err := stranger.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
										theirs++
									}
								}
								time.Sleep(pause)
							}
						})
						took, refused := s.spend(t, 1000, at, BudgetOptions{})
						stop()
						other.Wait()
						t.Logf("took %v; refused: %d of ours, %d of theirs; %d commands", took, refused, theirs, s.commands.Load())
						if refused > 10 {
							t.Errorf("%d of 1,000 were refused, want at most 1 %%", refused)
						}
						// 70 of 100 are ours: 1,000 take 140 s and more.
						if took > 200*time.Second {
							t.Errorf("took %v: the processes starve", took)
						}
					})
				})
			}
		}
	}
}

// A neighbour who spends two requests in a second of a hundred in ten gets them, when a fifth is left to others.
func TestShareLeavesAPoliteNeighbourItsRequests(t *testing.T) {
	leak.Check(t)
	if testing.Short() {
		t.Skip("the simulated service takes many seconds")
	}
	for _, sliding := range []bool{true, false} {
		if !chosen(sliding, sliding) {
			continue
		}
		t.Run(fmt.Sprintf("sliding=%v", sliding), func(t *testing.T) {
			t.Parallel()
			simulate(t, startRedis(t), func(t *testing.T, s *simulation) {
				time.Sleep(rand.N(10 * time.Second))
				at := &service{sandbox.New(sandbox.WithRateLimit(100, 10*time.Second, sliding)), 10 * time.Millisecond, 30 * time.Millisecond}
				neighbour, err := at.Sandbox.Client(api.WithBudget(nil), api.WithRetry(api.Retry{Attempts: 1}))
				if err != nil {
					t.Fatal(err)
				}
				ctx, stop := context.WithCancel(t.Context())
				var other sync.WaitGroup
				theirs, of := 0, 0
				other.Go(func() {
					for ; ctx.Err() == nil; of++ {
						if _, err := neighbour.Snapshots(t.Context(), api.SnapshotsRequest{}); err != nil {
							theirs++
						}
						time.Sleep(time.Second / 2)
					}
				})
				took, refused := s.spend(t, 1000, at, BudgetOptions{Share: 0.8})
				stop()
				other.Wait()
				t.Logf("took %v; refused: %d of ours, %d of the neighbour's %d", took, refused, theirs, of)
				if theirs*50 >= of {
					t.Errorf("the neighbour was refused %d of %d requests, want less than 2 %%", theirs, of)
				}
				// 80 of 100 are ours at most: 1,000 take 120 s and more.
				if took > 160*time.Second {
					t.Errorf("took %v: the processes starve", took)
				}
			})
		})
	}
}
