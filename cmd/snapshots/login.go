package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/highlevel-go/snapshots/api/oauth"
	"github.com/highlevel-go/snapshots/api/rest"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/settings"
	"github.com/highlevel-go/snapshots/cmd/snapshots/internal/tokens"
	"github.com/highlevel-go/snapshots/internal/version"
	"github.com/spf13/cobra"
)

// loginFlags are the flags of auth login.
type loginFlags struct {
	withToken bool
	paste     bool
	store     string
	scopes    []string
	authorize string
	limit     time.Duration
}

func loginCommand(a *app) *cobra.Command {
	var flags loginFlags
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Store a token for a profile: a private integration token, or that of an OAuth app",
		Long: `Store a token for the profile given by --profile.

With --with-token, read a private integration token from standard input, without echo on a terminal.

Otherwise grant access to an OAuth app in a browser. --client-id is the id of the app, HIGHLEVEL_CLIENT_SECRET its secret, and its
redirect URL must be registered. If that is on this machine (http://127.0.0.1:8976/callback), the command waits there; otherwise, or
with --paste, paste the URL that the browser ends up at. The token is then refreshed automatically.`,
		Example: "  snapshots auth login --with-token --company 5DP4iH6HLkQsiKESj6rh < token.txt\n  HIGHLEVEL_CLIENT_SECRET=… snapshots auth login --client-id … --redirect-url http://127.0.0.1:8976/callback",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.logIn(cmd, flags) },
	}
	f := cmd.Flags()
	f.BoolVar(&flags.withToken, "with-token", false, "read a private integration token from standard input")
	f.BoolVar(&flags.paste, "paste", false, "read the URL that the browser ends up at from standard input")
	f.StringVar(&flags.store, "store", "keyring", "where to store the token: keyring or file")
	f.StringSliceVar(&flags.scopes, "scope", []string{"snapshots.readonly", "snapshots.write", "locations.readonly", "locations.write"}, "scopes to request")
	f.StringVar(&flags.authorize, "authorize-url", oauth.DefaultAuthorizeURL, "page where access is granted")
	f.DurationVar(&flags.limit, "limit", 10*time.Minute, "how long to wait for the browser")
	f.StringVar(&a.given.ClientID, "client-id", "", "id of the OAuth app")
	f.StringVar(&a.given.RedirectURL, "redirect-url", "", "redirect URL registered for the app")
	return cmd
}

func (a *app) logIn(cmd *cobra.Command, flags loginFlags) error {
	s, err := a.settings()
	if err != nil {
		return err
	}
	if s.Dir == "" {
		return &usageError{fmt.Errorf("there is no directory for settings: set %s", settings.EnvConfig)}
	}
	var store tokens.SecretStore
	switch flags.store {
	case "keyring":
		store = tokens.Keyring()
	case "file":
		store = tokens.Files(s.Dir)
	default:
		return &usageError{fmt.Errorf("--store: %q is not keyring or file", flags.store)}
	}
	log := a.logInWithApp
	if flags.withToken {
		log = a.logInWithToken
	}
	if err := log(cmd, s, store, flags); err != nil {
		if errors.Is(err, tokens.ErrStore) && flags.store == "keyring" {
			err = fmt.Errorf("%w; --store file keeps it in a file that only you may read", err)
		}
		return err
	}
	for _, other := range tokens.SecretStores(s.Dir) { // otherwise an older login would be found first
		if other != store {
			_, _ = tokens.Remove(other, s.Profile)
		}
	}
	a.say("Logged in. The token of profile %s is in %s.", s.Profile, store)
	if a.getenv(settings.EnvToken) != "" {
		a.say("note: %s is set, and takes precedence over the stored token.", settings.EnvToken)
	}
	return nil
}

func (a *app) logInWithToken(cmd *cobra.Command, s settings.Settings, store tokens.SecretStore, _ loginFlags) error {
	in := a.stdin
	if terminal := terminalOf(in); terminal != nil {
		fmt.Fprint(a.stderr, "Token (it is not shown): ")
		secret, err := readSecret(cmd.Context(), terminal)
		fmt.Fprintln(a.stderr)
		if err != nil {
			return err
		}
		in = strings.NewReader(string(secret))
	}
	token, err := tokens.Read(in)
	if err != nil {
		return &usageError{fmt.Errorf("standard input %w", err)}
	}
	company := s.Company
	if company == "" {
		company = rest.Token{Value: token}.Info().CompanyID
	}
	if company == "" {
		a.say("note: the token does not name its agency; give --company, now or with each command.")
	}
	return tokens.Save(store, s.Profile, tokens.Credential{Token: token, Company: company})
}

func (a *app) logInWithApp(cmd *cobra.Command, s settings.Settings, store tokens.SecretStore, flags loginFlags) error {
	secret := a.getenv(settings.EnvClientSecret)
	if s.ClientID == "" || secret == "" || s.RedirectURL == "" {
		return &usageError{fmt.Errorf("an OAuth login needs --client-id, --redirect-url and the secret of the app in %s; --with-token stores a private integration token", settings.EnvClientSecret)}
	}
	if err := tokens.CheckRedirect(s.RedirectURL); err != nil {
		return &usageError{err}
	}
	if flags.limit <= 0 {
		return &usageError{errors.New("--limit must be more than 0")}
	}
	app := oauth.Config{ClientID: s.ClientID, ClientSecret: secret, RedirectURL: s.RedirectURL, Scopes: flags.scopes,
		AuthorizeAddress: flags.authorize, BaseURL: s.BaseURL, Options: []rest.Option{rest.WithUserAgent("snapshots/" + version.Number())}}
	state := oauth.NewState()
	address, err := app.AuthorizeURL(state)
	if err != nil {
		return &usageError{err}
	}
	var callback *tokens.Callback // nil if the URL is pasted
	if !flags.paste && tokens.IsLoopback(s.RedirectURL) {
		if callback, err = tokens.Listen(s.RedirectURL, state); err != nil {
			return fmt.Errorf("%w; --paste needs no port", err)
		}
		defer callback.Close()
	}
	fmt.Fprintf(a.stderr, "Open this page in a browser, and grant access:\n\n  %s\n\n", address)
	code := ""
	if callback != nil {
		fmt.Fprintf(a.stderr, "Waiting at %s …\n", s.RedirectURL)
		ctx, cancel := context.WithTimeoutCause(cmd.Context(), flags.limit, errors.New("access was not granted in time"))
		defer cancel()
		code, err = callback.Wait(ctx)
	} else {
		fmt.Fprint(a.stderr, "Then paste the address that the browser ends up at: ")
		code, err = a.pastedCode(state)
	}
	if err != nil {
		return err
	}
	token, err := tokens.LogIn(cmd.Context(), store, s.Profile, s.Dir, app, code)
	if err != nil {
		return err
	}
	if info := token.Info(); info.Type != rest.AgencyToken {
		a.say("note: this is a %s; the snapshots operations need an agency's.", info.Type)
	}
	return nil
}

func (a *app) pastedCode(state string) (string, error) {
	line, err := bufio.NewReader(a.stdin).ReadString('\n')
	if err != nil && line == "" {
		return "", &usageError{errors.New("standard input has no URL")}
	}
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil { // the error contains the code
		return "", &usageError{errors.New("that is not an address")}
	}
	return tokens.CodeOf(u.Query(), state)
}
